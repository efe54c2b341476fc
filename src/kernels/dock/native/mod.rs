//! Bodies of the docking kernels for the host's processor: the text of shaders/lib and shaders/dock in Rust, one file
//! for each, over as many lanes as its vectors have.

pub mod breed;
pub mod census;
pub mod champion_poses;
pub mod random;
pub mod search_state;

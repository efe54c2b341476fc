//! Bodies of the docking kernels for the host's processor: the text of shaders/lib and shaders/dock in Rust, one file
//! for each, over as many lanes as its vectors have.

pub mod affinity_maps;
mod bond_shapes;
pub mod champion_poses;
pub mod field_maps;
mod lattice_nodes;
pub mod long_range_potential;
mod map_points;
pub mod random;
mod slot_sums;
mod tiles;
mod wells;

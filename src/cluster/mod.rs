//! Work dealt in parts that survive a kill: each part is written under a temporary name and renamed when whole.

mod parameters;
mod parts;
mod whole_file;

pub use parameters::{Parameters, fingerprint};
pub use parts::{Part, Parts};
pub use whole_file::write_whole;

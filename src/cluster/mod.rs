//! Work dealt in parts that survive a kill: each part is written under a temporary name and renamed when whole.

mod parameters;
mod parts;
mod progress;

pub use parameters::{Parameters, fingerprint, hash64};
pub use parts::{Part, Parts};
pub use progress::Progress;

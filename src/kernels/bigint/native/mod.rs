//! Bodies of the big-integer kernels for the host's processor, one file for each, as many numbers at a time as its
//! vectors have lanes.

pub mod add;
pub mod compare;
pub mod operands;

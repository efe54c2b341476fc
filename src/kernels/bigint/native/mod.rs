//! Bodies of the big-integer kernels for the host's processor, one file for each, as many numbers at a time as its
//! vectors have lanes.

pub mod add;
pub mod carry;
pub mod columns;
pub mod compare;
pub mod divide;
pub mod extreme;
pub mod gcd;
mod limbs;
pub mod montgomery;
pub mod multiply;
pub mod operands;
pub mod polynomial;
mod polynomial_inputs;
pub mod power;
mod reduction;
mod residues;
mod results;
mod rooms;
mod scalars;

//! Numbers in vector registers: one body of plain formulas, compiled for several instruction sets, chosen at run time.
//!
//! A body is written over [`Real`] where it is a formula, and over [`Lanes`] of any [`Instructions`] where it reads
//! memory. [`levels`] lists what this machine can run, and [`Level::run`] runs a [`Body`] there.

mod elementary;
mod indices;
mod instructions;
mod level;
mod operators;
mod real;
mod vector;
mod whole;
#[cfg(target_arch = "x86_64")]
mod x86;

pub use indices::Indices;
pub use instructions::Instructions;
pub use level::{Body, Level, levels};
pub use real::Real;
pub use vector::{Lanes, Mask};
pub use whole::{Planar, Whole};

#[cfg(test)]
mod tests;

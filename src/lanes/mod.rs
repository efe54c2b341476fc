//! Numbers in vector registers: one body of plain formulas, compiled for several instruction sets, chosen at run time.
//!
//! A body is written over [`Real`] where it is a formula, over [`Reads`] where it reads memory, too, and over [`Lanes`]
//! of any [`Instructions`] where its control flow is that of vectors. [`levels`] lists what this machine can run, and
//! [`Level::run`] runs a [`Body`] there. Run with [`Tracked`] numbers, the same formulas say how far f32 may be off.

mod elementary;
mod indices;
mod instructions;
mod level;
mod limbs;
mod operators;
mod reads;
mod real;
mod tracked;
mod vector;
mod whole;
mod words;
#[cfg(target_arch = "x86_64")]
mod x86;

pub use indices::Indices;
pub use instructions::Instructions;
pub use level::{Body, Level, levels};
pub use limbs::Limbs;
pub use reads::Reads;
pub use real::Real;
pub use tracked::{Tape, Tracked};
pub use vector::{Lanes, Mask};
pub use whole::{Planar, Whole};
pub use words::Words;

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tracked::tests::{Draws, Formula, in_bounds};

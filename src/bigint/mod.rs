//! Arithmetic on arrays of integers: elementwise with broadcasting, reductions, expressions, and the routes they take.
//!
//! Conventions: `//` and `%` round towards minus infinity, as Python's; residues of the modular operations lie in
//! `0..|m|`; gcd(0, 0) = 0, lcm(0, x) = 0; without numbers the sum is 0, the product 1, the gcd 0 and the lcm 1.

pub mod device;
mod elementwise;
pub mod eval;
pub mod expression;
mod failure;
mod galois;
mod limits;
mod magnitude;
mod operation;
mod parts;
pub mod polynomial;
pub mod reduction;
mod refusal;
mod route;
mod scalar;

pub use crate::integers::{Array, Integer, View};
pub use failure::Failure;
pub use operation::Operation;
pub use parts::{Answer, Part};
pub use refusal::{Blame, Refusal};
pub use route::{Engine, Kernels, Route, Statistics};

#[cfg(test)]
mod reduction_tests;
#[cfg(test)]
mod route_tests;
#[cfg(test)]
mod tests;

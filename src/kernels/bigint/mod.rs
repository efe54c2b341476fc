//! Kernels of big-integer arithmetic: arrays of numbers of equally many words, limb-major.
//!
//! Word k of number i stands at [k x numbers + i], least significant word first, so that neighbouring invocations and
//! lanes touch neighbouring words. Magnitudes have no sign; where signs matter they are words beside them, 0 or 1.

pub mod add;
pub mod carry;
pub mod columns;
pub mod compare;
pub mod divide;
pub mod extreme;
pub mod gcd;
pub mod limb_text;
pub mod montgomery;
pub mod multiply;
pub mod native;
pub mod numbers;
pub mod operands;
pub mod polynomial;
pub mod polynomial_samples;
pub mod power;
pub mod sample_pairs;
pub mod samples;
pub mod schoolbook;
pub mod steps;

#[cfg(test)]
mod any_length_tests;

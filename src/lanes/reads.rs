//! Numbers by which memory is read: the lanes of a vector at many places, a single number at one.

use super::indices::Indices;
use super::instructions::Instructions;
use super::real::Real;
use super::vector::Lanes;
use std::ops::{Add, Mul};

/// A number that becomes a place in memory, and of whose kind is what is read there.
pub trait Reads: Real {
    /// Whole numbers of 32 bits without a sign, as many as this number stands for.
    type Indices: Copy
        + Add<Output = Self::Indices>
        + Add<u32, Output = Self::Indices>
        + Mul<u32, Output = Self::Indices>;

    /// Without what stands behind the point; for numbers from 0 to 2^31 - 1.
    fn to_indices(self) -> Self::Indices;

    /// Whole numbers as reals of the same kind as this one; for numbers below 2^31.
    fn whole(self, numbers: Self::Indices) -> Self;

    /// The two half-precision numbers of the words at these places, lower bits first; beyond the last word, those of
    /// the last word, and 0 where there are none.
    fn halves(self, words: &[u32], at: Self::Indices) -> (Self, Self);
}

impl<S: Instructions> Reads for Lanes<S> {
    type Indices = Indices<S>;

    #[inline(always)]
    fn to_indices(self) -> Indices<S> {
        self.to_indices()
    }

    #[inline(always)]
    fn whole(self, numbers: Indices<S>) -> Self {
        numbers.to_reals()
    }

    #[inline(always)]
    fn halves(self, words: &[u32], at: Indices<S>) -> (Self, Self) {
        at.gather(words).halves()
    }
}

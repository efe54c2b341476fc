//! Whole numbers in lanes: where to read in memory, and what was read.

use super::instructions::Instructions;
use super::vector::Lanes;
use fearless_simd::prelude::*;

/// Whole numbers of 32 bits without a sign, one a lane.
#[derive(Clone, Copy)]
pub struct Indices<S: Instructions>(pub(super) S::u32s);

impl<S: Instructions> Indices<S> {
    /// The same number in all lanes.
    #[inline(always)]
    pub fn splat(simd: S, value: u32) -> Self {
        Indices(S::u32s::splat(simd, value))
    }

    /// A number for each lane.
    #[inline(always)]
    pub fn from_fn(simd: S, number: impl FnMut(usize) -> u32) -> Self {
        Indices(S::u32s::from_fn(simd, number))
    }

    /// The lanes in order.
    #[inline(always)]
    pub fn as_slice(&self) -> &[u32] {
        self.0.as_slice()
    }

    /// The same numbers as reals; for numbers below 2^31.
    #[inline(always)]
    pub fn to_reals(self) -> Lanes<S> {
        let signed: S::i32s = self.0.bitcast();
        Lanes(signed.to_float())
    }

    /// The words at these places; beyond the last one, the last one, and 0 where there are none.
    #[inline(always)]
    pub fn gather(self, words: &[u32]) -> Self {
        Indices(self.0.token().gather(words, self.0))
    }

    /// The two half-precision numbers of each word, lower bits first; finite ones, which they stand for exactly.
    #[inline(always)]
    pub fn halves(self) -> (Lanes<S>, Lanes<S>) {
        let (low, high) = self.0.token().halves(self.0);
        (Lanes(low), Lanes(high))
    }
}

//! Words of big numbers in lanes: 32 bits without a sign, one number a lane, sums that wrap around.

use super::instructions::Instructions;
use super::vector::Mask;
use fearless_simd::prelude::*;
use std::ops::{Add, BitAnd, BitOr, BitXor, Sub};

/// The same word of as many numbers as there are lanes.
#[derive(Clone, Copy)]
pub struct Words<S: Instructions>(pub(super) S::u32s);

impl<S: Instructions> Words<S> {
    /// How many lanes there are.
    pub const COUNT: usize = S::u32s::LEN;

    /// The same word in all lanes.
    #[inline(always)]
    pub fn splat(simd: S, word: u32) -> Self {
        Words(S::u32s::splat(simd, word))
    }

    /// The first words of a slice; 0 in lanes for which it has none.
    #[inline(always)]
    pub fn load(simd: S, words: &[u32]) -> Self {
        match words.get(..Self::COUNT) {
            Some(words) => Words(S::u32s::from_slice(simd, words)),
            None => Words(S::u32s::from_fn(simd, |lane| {
                words.get(lane).copied().unwrap_or(0)
            })),
        }
    }

    /// Writes the lanes to the front of a slice, as many as it has room for.
    #[inline(always)]
    pub fn store(self, words: &mut [u32]) {
        match words.get_mut(..Self::COUNT) {
            Some(words) => self.0.store_slice(words),
            None => {
                let lanes = self.0.as_slice();
                for (word, lane) in words.iter_mut().zip(lanes) {
                    *word = *lane;
                }
            }
        }
    }

    /// Whether it is less than the other.
    #[inline(always)]
    pub fn less(self, other: Self) -> Mask<S> {
        Mask(self.0.simd_lt(other.0))
    }

    /// Whether it is the other.
    #[inline(always)]
    pub fn equal(self, other: Self) -> Mask<S> {
        Mask(self.0.simd_eq(other.0))
    }

    /// `yes` where the mask is set, else `no`.
    #[inline(always)]
    pub fn select(mask: Mask<S>, yes: Self, no: Self) -> Self {
        Words(mask.0.select(yes.0, no.0))
    }

    /// The sum of the two and of a carry of 0 or 1, and the carry out of it.
    #[inline(always)]
    pub fn add_carry(self, other: Self, carry: Self) -> (Self, Self) {
        let simd = self.0.token();
        let [none, one] = [0, 1].map(
            #[inline(always)]
            |word| Self::splat(simd, word),
        );
        let partial = self + other;
        let sum = partial + carry;
        let first = Self::select(partial.less(self), one, none);
        // Both cannot happen: a sum that has wrapped around is not all ones.
        (sum, Self::select(sum.less(partial), one, first))
    }
}

macro_rules! operator {
    ($name:ident, $method:ident, $sign:tt) => {
        impl<S: Instructions> $name for Words<S> {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                Words(self.0 $sign other.0)
            }
        }
    };
}

operator!(Add, add, +);
operator!(Sub, sub, -);
operator!(BitAnd, bitand, &);
operator!(BitOr, bitor, |);
operator!(BitXor, bitxor, ^);

//! Limbs of big numbers in lanes of 64 bits, and their products: the radix is the instruction set's own.

use super::instructions::Instructions;
use super::words::Words;
use fearless_simd::prelude::*;
use std::ops::{Add, BitAnd, BitOr, Shl, Shr, Sub};

/// 64 bits of each of as many numbers as there are lanes, half as many as of words: a limb of [`Limbs::BITS`] bits with
/// room for sums above it, or two words.
#[derive(Clone, Copy)]
pub struct Limbs<S: Instructions>(S::u64s);

impl<S: Instructions> Limbs<S> {
    /// How many lanes there are.
    pub const COUNT: usize = S::u64s::LEN;
    /// Bits of a limb that products are made of.
    pub const BITS: u32 = S::LIMB_BITS;
    /// The lowest bits, as many as a limb has.
    pub const MASK: u64 = (1 << S::LIMB_BITS) - 1;
    /// Rows of products that may be added twice before the carries of sums must go on.
    pub const TERMS: usize = S::LIMB_TERMS;

    /// The same bits in all lanes.
    #[inline(always)]
    pub fn splat(simd: S, bits: u64) -> Self {
        Limbs(S::u64s::splat(simd, bits))
    }

    /// Two words of each number: the first half of the lanes, and the second.
    #[inline(always)]
    pub fn from_words(low: Words<S>, high: Words<S>) -> [Self; 2] {
        let (first, second) = (low.0.zip_low(high.0), low.0.zip_high(high.0));
        [Limbs(first.bitcast()), Limbs(second.bitcast())]
    }

    /// The lower words and the upper ones: [`Limbs::from_words`] undone.
    #[inline(always)]
    pub fn to_words([first, second]: [Self; 2]) -> [Words<S>; 2] {
        let (first, second): (S::u32s, S::u32s) = (first.0.bitcast(), second.0.bitcast());
        [
            Words(first.unzip_low(second)),
            Words(first.unzip_high(second)),
        ]
    }

    /// This and the lower half of a product of limbs; where a limb is short enough to keep it whole, all of it.
    #[inline(always)]
    pub fn add_low(self, a: Self, b: Self) -> Self {
        Limbs(self.0.token().add_low_product(self.0, a.0, b.0))
    }

    /// This and the upper half of a product of limbs, which belongs to the next limb; nothing where [`Limbs::add_low`]
    /// kept it whole.
    #[inline(always)]
    pub fn add_high(self, a: Self, b: Self) -> Self {
        Limbs(self.0.token().add_high_product(self.0, a.0, b.0))
    }

    /// `yes` where `one` is less than `other`, else `no`.
    #[inline(always)]
    pub fn select_less(one: Self, other: Self, yes: Self, no: Self) -> Self {
        Limbs(one.0.simd_lt(other.0).select(yes.0, no.0))
    }

    /// `yes` where `one` is `other`, else `no`.
    #[inline(always)]
    pub fn select_equal(one: Self, other: Self, yes: Self, no: Self) -> Self {
        Limbs(one.0.simd_eq(other.0).select(yes.0, no.0))
    }
}

macro_rules! operator {
    ($name:ident, $method:ident, $sign:tt) => {
        impl<S: Instructions> $name for Limbs<S> {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                Limbs(self.0 $sign other.0)
            }
        }
    };
}

operator!(Add, add, +);
operator!(Sub, sub, -);
operator!(BitOr, bitor, |);

impl<S: Instructions> BitAnd<u64> for Limbs<S> {
    type Output = Self;
    #[inline(always)]
    fn bitand(self, mask: u64) -> Self {
        Limbs(self.0 & mask)
    }
}

impl<S: Instructions> Shl<u32> for Limbs<S> {
    type Output = Self;
    #[inline(always)]
    fn shl(self, bits: u32) -> Self {
        Limbs(self.0 << bits)
    }
}

impl<S: Instructions> Shr<u32> for Limbs<S> {
    type Output = Self;
    #[inline(always)]
    fn shr(self, bits: u32) -> Self {
        Limbs(self.0 >> bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::{Body, levels};

    /// The limbs' product, its halves put together again, and its operands by way of words.
    struct Product([u64; 2]);

    impl Body for Product {
        type Output = u128;
        #[inline(always)]
        fn run<S: Instructions>(self, simd: S) -> u128 {
            let [a, b] = self.0.map(|bits| {
                let limb = Limbs::<S>::splat(simd, bits & Limbs::<S>::MASK);
                let [low, high] = Limbs::to_words([limb, limb]);
                Limbs::from_words(low, high)[1]
            });
            let none = Limbs::<S>::splat(simd, 0);
            let last = |limbs: Limbs<S>| u128::from(limbs.0.as_slice()[Limbs::<S>::COUNT - 1]);
            last(none.add_low(a, b)) + (last(none.add_high(a, b)) << Limbs::<S>::BITS)
        }
    }

    #[test]
    fn products_of_limbs_are_whole_at_every_level() {
        let bits = [0, 1, u64::MAX, 0x0123_4567_89ab_cdef, 1 << 27, 1 << 51];
        for (a, b) in bits.iter().flat_map(|a| bits.map(|b| (*a, b))) {
            for level in levels() {
                let bits = if level.name() == "avx512" { 52 } else { 28 };
                let cut = |number: u64| u128::from(number & ((1 << bits) - 1));
                assert_eq!(
                    level.run(Product([a, b])),
                    cut(a) * cut(b),
                    "{}",
                    level.name()
                );
            }
        }
    }
}

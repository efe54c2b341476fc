//! What `fearless_simd` leaves out and kernels need: reads at many places, halves, reciprocals of full precision, and
//! products of limbs.

use fearless_simd::prelude::*;

/// An instruction set with all that the kernels ask for; the defaults are made of portable operations.
pub trait Instructions: Simd {
    /// Bits of the limbs that products of big numbers are made of.
    const LIMB_BITS: u32 = 28;
    /// Rows of products of limbs that may be added twice before sums of 64 bits must be carried on.
    const LIMB_TERMS: usize = 120;

    /// `sum` and the product of limbs `a` and `b`, of which only the lower half belongs here where limbs are long.
    #[inline(always)]
    fn add_low_product(self, sum: Self::u64s, a: Self::u64s, b: Self::u64s) -> Self::u64s {
        sum + a * b
    }

    /// `sum` and what [`Instructions::add_low_product`] left out of the product, in units of the next limb.
    #[inline(always)]
    fn add_high_product(self, sum: Self::u64s, _a: Self::u64s, _b: Self::u64s) -> Self::u64s {
        sum
    }

    /// 1 / x to two roundings, for magnitudes from 2^-125 to 2^125.
    #[inline(always)]
    fn inverse(self, x: Self::f32s) -> Self::f32s {
        Self::f32s::splat(self, 1.0) / x
    }

    /// 1 / sqrt(x) to two roundings, for x from 2^-125 to 2^127.
    #[inline(always)]
    fn inverse_sqrt(self, x: Self::f32s) -> Self::f32s {
        Self::f32s::splat(self, 1.0) / x.sqrt()
    }

    /// The nearest whole number; of two, the even one.
    #[inline(always)]
    fn round(self, x: Self::f32s) -> Self::f32s {
        x.round_ties_even()
    }

    /// The words at these places; beyond the last one, the last one, and 0 where there are none. Of more than 2^31 - 1
    /// words it may take one at that place for the last.
    #[inline(always)]
    fn gather(self, words: &[u32], at: Self::u32s) -> Self::u32s {
        let Some(last) = words.len().checked_sub(1) else {
            return Self::u32s::splat(self, 0);
        };
        let at = at.as_slice();
        Self::u32s::from_fn(self, |lane| words[(at[lane] as usize).min(last)])
    }

    /// The two half-precision numbers of each word, lower bits first; finite ones, which they stand for exactly.
    #[inline(always)]
    fn halves(self, words: Self::u32s) -> (Self::f32s, Self::f32s) {
        (upper_half(self, words << 16), upper_half(self, words))
    }
}

/// The half in the upper bits of a word: its exponent and fraction moved into their places, with copies of the sign
/// before them that are masked out, and the difference of the two formats' biases, 112, made good by a product, which
/// also brings subnormal numbers to their form.
#[inline(always)]
fn upper_half<S: Instructions>(simd: S, words: S::u32s) -> S::f32s {
    const BIASES: f32 = f32::from_bits((112 + 127) << 23);
    let moved: S::u32s = (words.bitcast::<S::i32s>() >> 3).bitcast();
    let biased: S::f32s = (moved & 0x8fff_e000).bitcast();
    biased * S::f32s::splat(simd, BIASES)
}

#[cfg(target_arch = "aarch64")]
impl Instructions for fearless_simd::aarch64::Neon {}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
impl Instructions for fearless_simd::Fallback {}

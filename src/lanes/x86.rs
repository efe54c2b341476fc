//! The instruction sets of x86: estimates of reciprocals made good by a step of Newton's, reads at many places, products
//! of limbs.

use super::instructions::Instructions;
use fearless_simd::prelude::*;
use fearless_simd::x86::{Avx2, Avx512, Sse2};
use fearless_simd::{f32x4, f32x8, f32x16, u32x8, u32x16, u64x2, u64x4, u64x8};
use std::arch::x86_64::*;

/// y + y e / 2 with e = 1 - x y^2: the estimate y of 1 / sqrt(x) after one step.
#[inline(always)]
fn refine_inverse_sqrt<S: Simd>(x: S::f32s, y: S::f32s) -> S::f32s {
    let simd = y.token();
    let error = (-(x * y)).mul_add(y, S::f32s::splat(simd, 1.0));
    (y * 0.5).mul_add(error, y)
}

/// y + y e with e = 1 - x y: the estimate y of 1 / x after one step.
#[inline(always)]
fn refine_inverse<S: Simd>(x: S::f32s, y: S::f32s) -> S::f32s {
    let simd = y.token();
    let error = (-x).mul_add(y, S::f32s::splat(simd, 1.0));
    y.mul_add(error, y)
}

/// y + y (e / 2 + 3 e^2 / 8): for an estimate of 11 bits, of which a step of Newton's leaves an error of 4 roundings.
#[inline(always)]
fn refine_rough_inverse_sqrt<S: Simd>(x: S::f32s, y: S::f32s) -> S::f32s {
    let constant = |k: f32| S::f32s::splat(y.token(), k);
    let error = (-(x * y)).mul_add(y, constant(1.0));
    let correction = error.mul_add(constant(0.375), constant(0.5));
    (y * error).mul_add(correction, y)
}

/// y + y (e + e^2): for an estimate of 11 bits.
#[inline(always)]
fn refine_rough_inverse<S: Simd>(x: S::f32s, y: S::f32s) -> S::f32s {
    let error = (-x).mul_add(y, S::f32s::splat(y.token(), 1.0));
    (y * error).mul_add(error + 1.0, y)
}

/// These places, or that of the last word where they lie beyond it: all are of words, and none is negative as an i32,
/// which gathers take them for. `None` where there are no words.
#[inline(always)]
fn within<S: Simd>(words: &[u32], at: S::u32s) -> Option<S::u32s> {
    let last = words.len().min(i32::MAX as usize).checked_sub(1)?;
    Some(at.min(S::u32s::splat(at.token(), last as u32)))
}

impl Instructions for Avx512 {
    // What the multipliers of floats do: `fearless_simd` asks for this extension (IFMA) wherever it finds AVX-512.
    const LIMB_BITS: u32 = 52;
    const LIMB_TERMS: usize = 1000;

    #[inline(always)]
    fn add_low_product(self, sum: u64x8<Self>, a: u64x8<Self>, b: u64x8<Self>) -> u64x8<Self> {
        fearless_simd::kernel!(
            #[inline(always)]
            fn add(
                simd: Avx512,
                sum: u64x8<Avx512>,
                a: u64x8<Avx512>,
                b: u64x8<Avx512>,
            ) -> u64x8<Avx512> {
                _mm512_madd52lo_epu64(sum.into(), a.into(), b.into()).simd_into(simd)
            }
        );
        add(self, sum, a, b)
    }

    #[inline(always)]
    fn add_high_product(self, sum: u64x8<Self>, a: u64x8<Self>, b: u64x8<Self>) -> u64x8<Self> {
        fearless_simd::kernel!(
            #[inline(always)]
            fn add(
                simd: Avx512,
                sum: u64x8<Avx512>,
                a: u64x8<Avx512>,
                b: u64x8<Avx512>,
            ) -> u64x8<Avx512> {
                _mm512_madd52hi_epu64(sum.into(), a.into(), b.into()).simd_into(simd)
            }
        );
        add(self, sum, a, b)
    }

    #[inline(always)]
    fn inverse(self, x: f32x16<Self>) -> f32x16<Self> {
        refine_inverse::<Self>(x, x.approximate_recip())
    }

    #[inline(always)]
    fn inverse_sqrt(self, x: f32x16<Self>) -> f32x16<Self> {
        fearless_simd::kernel!(
            #[inline(always)]
            fn estimate(simd: Avx512, x: f32x16<Avx512>) -> f32x16<Avx512> {
                _mm512_rsqrt14_ps(x.into()).simd_into(simd)
            }
        );
        refine_inverse_sqrt::<Self>(x, estimate(self, x))
    }

    #[inline(always)]
    fn gather(self, words: &[u32], at: u32x16<Self>) -> u32x16<Self> {
        fearless_simd::kernel!(
            #[inline(always)]
            fn gather(simd: Avx512, words: &[u32], at: u32x16<Avx512>) -> u32x16<Avx512> {
                let Some(at) = within::<Avx512>(words, at) else {
                    return u32x16::splat(simd, 0);
                };
                #[expect(unsafe_code, reason = "the instruction reads through a pointer")]
                // SAFETY: `within` leaves places of words alone, not negative as an i32.
                let found =
                    unsafe { _mm512_i32gather_epi32::<4>(at.into(), words.as_ptr().cast()) };
                found.simd_into(simd)
            }
        );
        gather(self, words, at)
    }
}

impl Instructions for Avx2 {
    #[inline(always)]
    fn add_low_product(self, sum: u64x4<Self>, a: u64x4<Self>, b: u64x4<Self>) -> u64x4<Self> {
        fearless_simd::kernel!(
            #[inline(always)]
            fn product(simd: Avx2, a: u64x4<Avx2>, b: u64x4<Avx2>) -> u64x4<Avx2> {
                _mm256_mul_epu32(a.into(), b.into()).simd_into(simd)
            }
        );
        sum + product(self, a, b)
    }

    #[inline(always)]
    fn inverse(self, x: f32x8<Self>) -> f32x8<Self> {
        refine_rough_inverse::<Self>(x, x.approximate_recip())
    }

    #[inline(always)]
    fn inverse_sqrt(self, x: f32x8<Self>) -> f32x8<Self> {
        fearless_simd::kernel!(
            #[inline(always)]
            fn estimate(simd: Avx2, x: f32x8<Avx2>) -> f32x8<Avx2> {
                _mm256_rsqrt_ps(x.into()).simd_into(simd)
            }
        );
        refine_rough_inverse_sqrt::<Self>(x, estimate(self, x))
    }

    #[inline(always)]
    fn gather(self, words: &[u32], at: u32x8<Self>) -> u32x8<Self> {
        fearless_simd::kernel!(
            #[inline(always)]
            fn gather(simd: Avx2, words: &[u32], at: u32x8<Avx2>) -> u32x8<Avx2> {
                let Some(at) = within::<Avx2>(words, at) else {
                    return u32x8::splat(simd, 0);
                };
                #[expect(unsafe_code, reason = "the instruction reads through a pointer")]
                // SAFETY: `within` leaves places of words alone, not negative as an i32.
                let found =
                    unsafe { _mm256_i32gather_epi32::<4>(words.as_ptr().cast(), at.into()) };
                found.simd_into(simd)
            }
        );
        gather(self, words, at)
    }
}

impl Instructions for Sse2 {
    #[inline(always)]
    fn add_low_product(self, sum: u64x2<Self>, a: u64x2<Self>, b: u64x2<Self>) -> u64x2<Self> {
        fearless_simd::kernel!(
            #[inline(always)]
            fn product(simd: Sse2, a: u64x2<Sse2>, b: u64x2<Sse2>) -> u64x2<Sse2> {
                _mm_mul_epu32(a.into(), b.into()).simd_into(simd)
            }
        );
        sum + product(self, a, b)
    }

    /// There is no such instruction before SSE4.1, and the function of the standard library is slow.
    #[inline(always)]
    fn round(self, x: f32x4<Self>) -> f32x4<Self> {
        let whole = f32x4::splat(self, 8_388_608.0);
        let shift = whole.copysign(x);
        x.abs().simd_lt(whole).select((x + shift) - shift, x)
    }
}

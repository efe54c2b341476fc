//! Powers of two, sine and cosine of lanes, by polynomials.

use super::instructions::Instructions;
use super::real::Real;
use super::vector::{Lanes, bits, from_bits};
use fearless_simd::prelude::*;
use std::f32::consts::{FRAC_2_PI, LN_2};

/// 1.5 x 2^23: what is added to it is rounded to a whole number, which then stands in the sum's lowest bits.
const TO_WHOLE: f32 = 12_582_912.0;

/// (2^r - 1) / r for |r| <= 1/2, by interpolation at Chebyshev's points; right to 0.16 roundings of 2^r.
const EXP2: [f32; 6] = [
    LN_2,
    0.240_226_5,
    0.055_503_57,
    0.009_618_083,
    0.001_339_086_3,
    0.000_154_531_63,
];

/// 2^x for x up to 127; what is below -125 counts as -125.
#[inline(always)]
pub(super) fn exp2<S: Instructions>(x: Lanes<S>) -> Lanes<S> {
    let x = x.max(x.like(-125.0));
    let shifted = x + TO_WHOLE;
    let r = x - (shifted - TO_WHOLE);
    let [rest @ .., last] = EXP2;
    let slope = rest.iter().rev();
    let slope = slope.fold(x.like(last), |sum, &k| sum.mul_add(r, x.like(k)));
    let fraction = slope.mul_add(r, x.like(1.0));
    // The whole part goes into the exponent; the bits above it in `shifted` are pushed out.
    from_bits(bits(fraction) + (bits(shifted) << 23))
}

/// Pi / 2 in two parts; the first has few bits, so that its multiples are exact.
const HALF_PI: [f32; 2] = [1.570_312_5, 0.000_483_826_8];

/// (sine, cosine) of an angle in radian: minimax polynomials in the square of what is left of the angle, at most pi / 4,
/// beside the nearest quarter turn. The same as `shaders/lib/sine_cosine.wgsl`.
#[inline(always)]
pub(super) fn sine_cosine<S: Instructions>(angle: Lanes<S>) -> (Lanes<S>, Lanes<S>) {
    let constant = |k: f32| angle.like(k);
    let shifted = (angle * FRAC_2_PI) + TO_WHOLE;
    let quarters = shifted - TO_WHOLE;
    let x = (-quarters).mul_add(constant(HALF_PI[0]), angle);
    let x = (-quarters).mul_add(constant(HALF_PI[1]), x);
    let square = x * x;
    let sine = square.mul_add(constant(-0.000_195_166_56), constant(0.008_332_174));
    let sine = square.mul_add(sine, constant(-0.166_666_55));
    let sine = (x * square).mul_add(sine, x);
    let cosine = square.mul_add(constant(0.000_024_463_166), constant(-0.001_388_765));
    let cosine = square.mul_add(cosine, constant(0.041_666_655));
    let cosine = square.mul_add(cosine, constant(-0.5));
    let cosine = square.mul_add(cosine, constant(1.0));
    let quarter = bits(shifted);
    let is_odd = (quarter << 31).bitcast::<S::i32s>().simd_lt(0);
    // The sign of sine and cosine by the quarter: its second bit, and that of the next quarter.
    let sine_sign = (quarter & 2) << 30;
    let cosine_sign = ((quarter + 1) & 2) << 30;
    let turned = [
        is_odd.select(cosine.0, sine.0),
        is_odd.select(sine.0, cosine.0),
    ];
    let [sine, cosine] = turned.map(|v| bits(Lanes::<S>(v)));
    (from_bits(sine ^ sine_sign), from_bits(cosine ^ cosine_sign))
}

//! The number that formulas are written over: a vector's lanes, or a single number that knows its rounding error.

use std::ops::{Add, AddAssign, BitAnd, BitOr, Div, Mul, Neg, Not, Sub, SubAssign};

/// A real number, or as many as one register holds, each going its own way by masks.
pub trait Real:
    Copy
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Add<f32, Output = Self>
    + Sub<f32, Output = Self>
    + Mul<f32, Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
{
    /// Which of the numbers a condition holds for.
    type Mask: Copy
        + BitAnd<Output = Self::Mask>
        + BitOr<Output = Self::Mask>
        + Not<Output = Self::Mask>;

    /// A constant of the same kind as this number.
    fn like(self, constant: f32) -> Self;

    /// `self * factor + addend`, rounded once where the machine can.
    fn mul_add(self, factor: Self, addend: Self) -> Self;

    /// The lesser of two numbers; which one, where either is not a number, depends on the machine.
    fn min(self, other: Self) -> Self;

    /// The greater of two numbers; which one, where either is not a number, depends on the machine.
    fn max(self, other: Self) -> Self;

    /// The magnitude.
    fn abs(self) -> Self;

    /// The square root.
    fn sqrt(self) -> Self;

    /// 1 / x to two roundings, for magnitudes from 2^-125 to 2^125.
    fn inverse(self) -> Self;

    /// 1 / sqrt(x) to two roundings, for x from 2^-125 to 2^127.
    fn inverse_sqrt(self) -> Self;

    /// The nearest whole number; of two, the even one.
    fn round(self) -> Self;

    /// 2^x to two roundings, for x up to 127; below -125 it is no more than 2^-125.
    fn exp2(self) -> Self;

    /// Sine and cosine of an angle in radian, right to two roundings of 1 up to some hundred turns.
    fn sine_cosine(self) -> (Self, Self);

    /// Whether it is less than the other.
    fn less(self, other: Self) -> Self::Mask;

    /// `yes` where the mask is set, else `no`.
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self;

    /// Between two bounds.
    #[inline(always)]
    fn clamp(self, low: Self, high: Self) -> Self {
        self.max(low).min(high)
    }
}

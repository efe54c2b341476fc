//! The operations of tracked numbers: of each its value, its derivatives, and what is rounded.

use super::Tracked;
use crate::lanes::{Reads, Real};
use half::f16;
use std::f64::consts::LN_2;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

impl Add for Tracked<'_> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let sum = self.value + other.value;
        self.after(sum, [(self, 1.0), (other, 1.0)], sum)
    }
}

impl Sub for Tracked<'_> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        let difference = self.value - other.value;
        self.after(difference, [(self, 1.0), (other, -1.0)], difference)
    }
}

impl Mul for Tracked<'_> {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let product = self.value * other.value;
        let from = [(self, other.value), (other, self.value)];
        self.after(product, from, product)
    }
}

impl Div for Tracked<'_> {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let quotient = self.value / other.value;
        let from = [(self, 1.0 / other.value), (other, -quotient / other.value)];
        self.after(quotient, from, quotient)
    }
}

/// Operators with a constant.
macro_rules! with_constant {
    ($($operator:ident $method:ident),*) => {$(
        impl $operator<f32> for Tracked<'_> {
            type Output = Self;
            fn $method(self, constant: f32) -> Self {
                self.$method(self.like(constant))
            }
        }
    )*};
}

with_constant!(Add add, Sub sub, Mul mul);

impl Neg for Tracked<'_> {
    type Output = Self;
    fn neg(self) -> Self {
        self.mapped(-self.value, -1.0, 0.0)
    }
}

impl AddAssign for Tracked<'_> {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Tracked<'_> {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Real for Tracked<'_> {
    type Mask = bool;

    /// A constant with more than half of its bits in use was rounded when it was written down.
    fn like(self, constant: f32) -> Self {
        let is_short = constant.to_bits() & 0xfff == 0;
        match is_short {
            true => self.tape.exact(constant.into()),
            false => self.tape.rounded(constant.into()),
        }
    }

    /// The product is rounded, or it is not.
    fn mul_add(self, factor: Self, addend: Self) -> Self {
        let product = self.value * factor.value;
        let sum = product + addend.value;
        let from = [(self, factor.value), (factor, self.value), (addend, 1.0)];
        self.after(sum, from, product.abs() + sum.abs())
    }

    fn min(self, other: Self) -> Self {
        Self::select(self.value < other.value, self, other)
    }

    fn max(self, other: Self) -> Self {
        Self::select(self.value > other.value, self, other)
    }

    fn abs(self) -> Self {
        Self::select(self.value < 0.0, -self, self)
    }

    fn sqrt(self) -> Self {
        let root = self.value.sqrt();
        // The root of 0 is 0, and has no derivative.
        let derivative = if root == 0.0 { 0.0 } else { 0.5 / root };
        self.mapped(root, derivative, root)
    }

    fn inverse(self) -> Self {
        let inverse = 1.0 / self.value;
        self.mapped(inverse, -inverse * inverse, 2.0 * inverse)
    }

    fn inverse_sqrt(self) -> Self {
        let inverse = 1.0 / self.value.sqrt();
        self.mapped(inverse, -0.5 * inverse / self.value, 2.0 * inverse)
    }

    fn round(self) -> Self {
        self.tape.exact(self.value.round_ties_even())
    }

    fn exp2(self) -> Self {
        let power = self.value.exp2();
        self.mapped(power, LN_2 * power, 2.0 * power)
    }

    fn sine_cosine(self) -> (Self, Self) {
        let (sine, cosine) = self.value.sin_cos();
        let of_sine = self.mapped(sine, cosine, 2.0);
        (of_sine, self.mapped(cosine, -sine, 2.0))
    }

    fn less(self, other: Self) -> bool {
        self.value < other.value
    }

    fn select(mask: bool, yes: Self, no: Self) -> Self {
        if mask { yes } else { no }
    }
}

impl Reads for Tracked<'_> {
    type Indices = u32;

    fn to_indices(self) -> u32 {
        self.value as u32
    }

    fn whole(self, number: u32) -> Self {
        self.tape.exact(number.into())
    }

    fn halves(self, words: &[u32], at: u32) -> (Self, Self) {
        let word = words.get(at as usize).or(words.last());
        let word = word.copied().unwrap_or(0);
        let half = |bits: u32| self.tape.exact(f16::from_bits(bits as u16).to_f64());
        (half(word), half(word >> 16))
    }
}

//! The operators and functions of a number, lane by lane.

use super::elementary;
use super::instructions::Instructions;
use super::real::Real;
use super::vector::{Lanes, Mask};
use fearless_simd::prelude::*;
use std::ops::{Add, AddAssign, BitAnd, BitOr, Div, Mul, Neg, Not, Sub, SubAssign};

/// Operators of two vectors: of lanes, or of masks.
macro_rules! of_two {
    ($vector:ident: $($operator:ident $method:ident),*) => {$(
        impl<S: Instructions> $operator for $vector<S> {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                $vector(self.0.$method(other.0))
            }
        }
    )*};
}

/// Operators of lanes and a constant.
macro_rules! with_constant {
    ($($operator:ident $method:ident),*) => {$(
        impl<S: Instructions> $operator<f32> for Lanes<S> {
            type Output = Self;
            #[inline(always)]
            fn $method(self, constant: f32) -> Self {
                Lanes(self.0.$method(constant))
            }
        }
    )*};
}

of_two!(Lanes: Add add, Sub sub, Mul mul, Div div);
of_two!(Mask: BitAnd bitand, BitOr bitor);
with_constant!(Add add, Sub sub, Mul mul);

impl<S: Instructions> Neg for Lanes<S> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Lanes(-self.0)
    }
}

impl<S: Instructions> Not for Mask<S> {
    type Output = Self;
    #[inline(always)]
    fn not(self) -> Self {
        Mask(!self.0)
    }
}

impl<S: Instructions> AddAssign for Lanes<S> {
    #[inline(always)]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl<S: Instructions> SubAssign for Lanes<S> {
    #[inline(always)]
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl<S: Instructions> Real for Lanes<S> {
    type Mask = Mask<S>;

    #[inline(always)]
    fn like(self, constant: f32) -> Self {
        Lanes::splat(self.0.token(), constant)
    }

    #[inline(always)]
    fn mul_add(self, factor: Self, addend: Self) -> Self {
        Lanes(self.0.mul_add(factor.0, addend.0))
    }

    #[inline(always)]
    fn min(self, other: Self) -> Self {
        Lanes(self.0.min(other.0))
    }

    #[inline(always)]
    fn max(self, other: Self) -> Self {
        Lanes(self.0.max(other.0))
    }

    #[inline(always)]
    fn abs(self) -> Self {
        Lanes(self.0.abs())
    }

    #[inline(always)]
    fn sqrt(self) -> Self {
        Lanes(self.0.sqrt())
    }

    #[inline(always)]
    fn inverse(self) -> Self {
        Lanes(self.0.token().inverse(self.0))
    }

    #[inline(always)]
    fn inverse_sqrt(self) -> Self {
        Lanes(self.0.token().inverse_sqrt(self.0))
    }

    #[inline(always)]
    fn round(self) -> Self {
        Lanes(self.0.token().round(self.0))
    }

    #[inline(always)]
    fn exp2(self) -> Self {
        elementary::exp2(self)
    }

    #[inline(always)]
    fn sine_cosine(self) -> (Self, Self) {
        elementary::sine_cosine(self)
    }

    #[inline(always)]
    fn less(self, other: Self) -> Mask<S> {
        Mask(self.0.simd_lt(other.0))
    }

    #[inline(always)]
    fn select(mask: Mask<S>, yes: Self, no: Self) -> Self {
        Lanes(mask.0.select(yes.0, no.0))
    }
}

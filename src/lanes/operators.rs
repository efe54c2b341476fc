//! The operators of lanes, masks, whole numbers and points, and the functions of reals, lane by lane.

use super::elementary;
use super::indices::Indices;
use super::instructions::Instructions;
use super::real::Real;
use super::vector::{Lanes, Mask};
use super::whole::{Planar, Whole};
use fearless_simd::prelude::*;
use std::ops::{Add, AddAssign, BitAnd, BitOr, Div, Mul, Neg, Not, Shr, Sub, SubAssign};

/// Operators of two vectors of a kind.
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

/// Operators of a vector and a constant.
macro_rules! with_constant {
    ($vector:ident $constant:ident: $($operator:ident $method:ident),*) => {$(
        impl<S: Instructions> $operator<$constant> for $vector<S> {
            type Output = Self;
            #[inline(always)]
            fn $method(self, constant: $constant) -> Self {
                $vector(self.0.$method(constant))
            }
        }
    )*};
}

of_two!(Lanes: Add add, Sub sub, Mul mul, Div div);
of_two!(Mask: BitAnd bitand, BitOr bitor);
of_two!(Indices: Add add);
of_two!(Planar: Sub sub);
with_constant!(Lanes f32: Add add, Sub sub, Mul mul);
with_constant!(Indices u32: Add add, Mul mul);
with_constant!(Whole i32: Add add);
with_constant!(Whole u32: Shr shr);

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

//! Vectors of three numbers, as WGSL has them.

use crate::lanes::Real;
use std::ops::{Add, AddAssign, Mul, Sub, SubAssign};

/// A place or a direction.
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the sentence above names the fields")]
pub struct Vector<R> {
    pub x: R,
    pub y: R,
    pub z: R,
}

impl<R: Real> Vector<R> {
    /// The same vector in every lane that `like` has.
    #[inline(always)]
    pub fn like(like: R, [x, y, z]: [f32; 3]) -> Self {
        Self::new([x, y, z].map(|k| like.like(k)))
    }

    /// From its components.
    #[inline(always)]
    pub fn new([x, y, z]: [R; 3]) -> Self {
        Vector { x, y, z }
    }

    /// Its components.
    #[inline(always)]
    pub fn to_array(self) -> [R; 3] {
        [self.x, self.y, self.z]
    }

    /// Scalar product.
    #[inline(always)]
    pub fn dot(self, other: Self) -> R {
        let sum = self.z * other.z;
        self.x.mul_add(other.x, self.y.mul_add(other.y, sum))
    }

    /// Vector product.
    #[inline(always)]
    pub fn cross(self, other: Self) -> Self {
        let difference = |a: R, b: R, c: R, d: R| a.mul_add(b, -(c * d));
        Vector {
            x: difference(self.y, other.z, self.z, other.y),
            y: difference(self.z, other.x, self.x, other.z),
            z: difference(self.x, other.y, self.y, other.x),
        }
    }

    /// `self * factor + addend`.
    #[inline(always)]
    pub fn mul_add(self, factor: R, addend: Self) -> Self {
        Vector {
            x: self.x.mul_add(factor, addend.x),
            y: self.y.mul_add(factor, addend.y),
            z: self.z.mul_add(factor, addend.z),
        }
    }
}

impl<R: Real> Add for Vector<R> {
    type Output = Self;
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Self::new([self.x + other.x, self.y + other.y, self.z + other.z])
    }
}

impl<R: Real> Sub for Vector<R> {
    type Output = Self;
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        Self::new([self.x - other.x, self.y - other.y, self.z - other.z])
    }
}

impl<R: Real> Mul<R> for Vector<R> {
    type Output = Self;
    #[inline(always)]
    fn mul(self, factor: R) -> Self {
        Self::new([self.x * factor, self.y * factor, self.z * factor])
    }
}

impl<R: Real> AddAssign for Vector<R> {
    #[inline(always)]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl<R: Real> SubAssign for Vector<R> {
    #[inline(always)]
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

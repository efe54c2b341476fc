//! Unit quaternions (vector, then real part) as rotations.

use super::vector::Vector;
use crate::lanes::Real;

/// A rotation.
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the sentence above names the fields")]
pub struct Quaternion<R> {
    pub v: Vector<R>,
    pub w: R,
}

impl<R: Real> Quaternion<R> {
    /// A vector turned by it.
    #[inline(always)]
    pub fn rotate(self, v: Vector<R>) -> Vector<R> {
        let half = self.v.cross(v);
        let t = half + half;
        t.mul_add(self.w, v) + self.v.cross(t)
    }

    /// The rotation `first` followed by this one.
    #[inline(always)]
    pub fn compose(self, first: Self) -> Self {
        let v = self.v.mul_add(first.w, self.v.cross(first.v));
        Quaternion {
            v: first.v.mul_add(self.w, v),
            w: self.w * first.w - self.v.dot(first.v),
        }
    }

    /// The rotation by an angle (radian) about a unit axis.
    #[inline(always)]
    pub fn about_axis(axis: Vector<R>, angle: R) -> Self {
        let (sine, cosine) = (angle * 0.5).sine_cosine();
        Quaternion {
            v: axis * sine,
            w: cosine,
        }
    }

    /// The rotation whose axis is `v` and whose angle (radian) is its length.
    #[inline(always)]
    pub fn from_rotation_vector(v: Vector<R>) -> Self {
        let angle = v.dot(v).sqrt();
        // sin(a/2)/a tends to 1/2: below this angle the series is exact in f32.
        let small = angle.like(1e-4);
        let (sine, cosine) = (angle * 0.5).sine_cosine();
        let scale = sine / angle.max(small);
        let scale = R::select(angle.less(small), angle.like(0.5), scale);
        let turn = Quaternion {
            v: v * scale,
            w: cosine,
        };
        turn.normalize()
    }

    /// The same rotation by a quaternion of length 1.
    #[inline(always)]
    pub fn normalize(self) -> Self {
        let scale = self.w.mul_add(self.w, self.v.dot(self.v)).inverse_sqrt();
        Quaternion {
            v: self.v * scale,
            w: self.w * scale,
        }
    }
}

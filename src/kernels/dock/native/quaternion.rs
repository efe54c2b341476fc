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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::{Body, Instructions, Lanes, levels};
    use glam::{DQuat, DVec3};

    /// A vector turned by one rotation vector, then by another.
    struct Turned([[f32; 3]; 3]);

    impl Body for Turned {
        type Output = [f32; 3];
        #[inline(always)]
        fn run<S: Instructions>(self, simd: S) -> [f32; 3] {
            let zero = Lanes::splat(simd, 0.0);
            let [first, second, v] = self.0.map(|v| Vector::like(zero, v));
            let [first, second] = [first, second].map(Quaternion::from_rotation_vector);
            let turned = second.compose(first).rotate(v);
            turned.to_array().map(|x| x.as_slice()[0])
        }
    }

    #[test]
    fn rotations_follow_each_other() {
        let vectors = [
            [0.3, -1.1, 2.0],
            [1e-5, 2e-5, -3e-6],
            [0.0; 3],
            [-2.5, 0.7, 0.1],
        ];
        let v = [1.5, -0.25, 3.0];
        let exact = |v: [f32; 3]| DVec3::from(v.map(f64::from));
        for level in levels() {
            for (first, second) in vectors.iter().zip(vectors.iter().rev()) {
                let [a, b] = [first, second].map(|v| DQuat::from_scaled_axis(exact(*v)));
                let found = exact(level.run(Turned([*first, *second, v])));
                let want = b * (a * exact(v));
                assert!(
                    found.distance(want) < 2e-6,
                    "{first:?}, {second:?}: {found}"
                );
            }
        }
    }
}

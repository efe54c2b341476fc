//! Whole numbers with a sign in lanes: exact where reals of 24 bits are not.

use super::instructions::Instructions;
use super::vector::{Lanes, Mask};
use fearless_simd::prelude::*;

/// Whole numbers of 32 bits with a sign, one a lane; `>>` halves them so many times, downwards.
#[derive(Clone, Copy)]
pub struct Whole<S: Instructions>(pub(super) S::i32s);

impl<S: Instructions> Whole<S> {
    /// The same number in all lanes.
    #[inline(always)]
    pub fn splat(simd: S, value: i32) -> Self {
        Whole(S::i32s::splat(simd, value))
    }

    /// Reals without what stands behind the point; for magnitudes below 2^31.
    #[inline(always)]
    pub fn truncated(reals: Lanes<S>) -> Self {
        Whole(reals.0.to_int())
    }

    /// The nearest reals.
    #[inline(always)]
    pub fn to_reals(self) -> Lanes<S> {
        Lanes(self.0.to_float())
    }

    /// Whether it is at most the bound.
    #[inline(always)]
    pub fn at_most(self, bound: i32) -> Mask<S> {
        Mask(self.0.simd_le(bound))
    }

    /// Whether it is less than the other.
    #[inline(always)]
    pub fn less(self, other: Self) -> Mask<S> {
        Mask(self.0.simd_lt(other.0))
    }

    /// Whether it is the other.
    #[inline(always)]
    pub fn equal(self, other: Self) -> Mask<S> {
        Mask(self.0.simd_eq(other.0))
    }

    /// `yes` where the mask is set, else `no`.
    #[inline(always)]
    pub fn select(mask: Mask<S>, yes: Self, no: Self) -> Self {
        Whole(mask.0.select(yes.0, no.0))
    }
}

/// Points of a plane, one a lane: two whole numbers of 16 bits, which wrap around.
#[derive(Clone, Copy)]
pub struct Planar<S: Instructions>(pub(super) S::i16s);

impl<S: Instructions> Planar<S> {
    /// The same point in all lanes; of each number the lower 16 bits.
    #[inline(always)]
    pub fn splat(simd: S, point: [i32; 2]) -> Self {
        Planar(S::u32s::splat(simd, packed(point)).bitcast())
    }

    /// A point for each lane; of each number the lower 16 bits.
    #[inline(always)]
    pub fn from_fn(simd: S, mut point: impl FnMut(usize) -> [i32; 2]) -> Self {
        Planar(S::u32s::from_fn(simd, |lane| packed(point(lane))).bitcast())
    }

    /// Squared distance from the origin, exact.
    #[inline(always)]
    pub fn squared(self) -> Whole<S> {
        Whole(self.0.pairwise_dot_product(self.0))
    }
}

#[inline(always)]
fn packed([x, y]: [i32; 2]) -> u32 {
    (x as u32 & 0xffff) | (y as u32) << 16
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::{Body, levels};

    /// Runs every operation on these numbers of all lanes.
    struct Operations {
        one: i32,
        other: i32,
    }

    impl Body for Operations {
        type Output = (Vec<f32>, Vec<bool>);
        #[inline(always)]
        fn run<S: Instructions>(self, simd: S) -> Self::Output {
            let [one, other] = [self.one, self.other].map(|value| Whole::splat(simd, value));
            let ways =
                Planar::splat(simd, [self.one, 7]) - Planar::from_fn(simd, |_| [self.other, 4]);
            let lesser = Whole::select(one.less(other), one, other);
            let sum = (one + self.other).to_reals();
            let truncated = Whole::truncated(one.to_reals() + 0.75).to_reals();
            let reals = [
                (one >> 2).to_reals(),
                ways.squared().to_reals(),
                lesser.to_reals(),
                sum,
                truncated,
            ];
            let masks = [one.at_most(self.other), one.less(other), one.equal(other)];
            let last = Lanes::<S>::COUNT - 1;
            (
                reals.map(|reals| reals.as_slice()[last]).to_vec(),
                masks.map(|mask| mask.is_set(last)).to_vec(),
            )
        }
    }

    #[test]
    fn whole_numbers_are_exact_at_every_level() {
        // The last pair wraps around 16 bits; its difference does not.
        for (one, other) in [(9, 5), (-9, 5), (5, 5), (40_000, 30_000)] {
            let way = i64::from(one - other);
            let least = one.min(other);
            let cut = (one as f32 + 0.75).trunc();
            let reals = [
                (one >> 2) as f32,
                (way * way + 9) as f32,
                least as f32,
                (one + other) as f32,
                cut,
            ];
            for level in levels() {
                let found = level.run(Operations { one, other });
                let masks = vec![one <= other, one < other, one == other];
                assert_eq!(
                    found,
                    (reals.to_vec(), masks),
                    "{} {one} {other}",
                    level.name()
                );
            }
        }
    }
}

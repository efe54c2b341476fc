//! As many single-precision numbers as a register holds, and conditions on them.

use super::indices::Indices;
use super::instructions::Instructions;
use fearless_simd::prelude::*;

/// Numbers of 32 bits, one a lane.
#[derive(Clone, Copy)]
pub struct Lanes<S: Instructions>(pub(super) S::f32s);

/// A condition in every lane.
#[derive(Clone, Copy)]
pub struct Mask<S: Instructions>(pub(super) S::mask32s);

impl<S: Instructions> Lanes<S> {
    /// How many lanes there are.
    pub const COUNT: usize = S::f32s::LEN;

    /// The same number in all lanes.
    #[inline(always)]
    pub fn splat(simd: S, value: f32) -> Self {
        Lanes(S::f32s::splat(simd, value))
    }

    /// The first numbers of a slice; 0 in lanes for which it has none.
    #[inline(always)]
    pub fn load(simd: S, numbers: &[f32]) -> Self {
        match numbers.get(..Self::COUNT) {
            Some(numbers) => Lanes(S::f32s::from_slice(simd, numbers)),
            None => Self::from_fn(simd, |lane| numbers.get(lane).copied().unwrap_or(0.0)),
        }
    }

    /// A number for each lane.
    #[inline(always)]
    pub fn from_fn(simd: S, number: impl FnMut(usize) -> f32) -> Self {
        Lanes(S::f32s::from_fn(simd, number))
    }

    /// Writes the lanes to the front of a slice, as many as it has room for.
    #[inline(always)]
    pub fn store(self, numbers: &mut [f32]) {
        match numbers.get_mut(..Self::COUNT) {
            Some(numbers) => self.0.store_slice(numbers),
            None => {
                let lanes = self.0.as_slice();
                let room = numbers.iter_mut().zip(lanes);
                room.for_each(|(number, lane)| *number = *lane);
            }
        }
    }

    /// The lanes in order.
    #[inline(always)]
    pub fn as_slice(&self) -> &[f32] {
        self.0.as_slice()
    }

    /// Without what stands behind the point; for numbers from 0 to 2^31 - 1.
    #[inline(always)]
    pub fn to_indices(self) -> Indices<S> {
        let whole: S::i32s = self.0.to_int();
        Indices(whole.bitcast())
    }
}

impl<S: Instructions> Mask<S> {
    /// Whether it is set in any lane.
    #[inline(always)]
    pub fn any(self) -> bool {
        self.0.any_true()
    }

    /// Whether it is set in this lane; false where there is no such lane.
    #[inline(always)]
    pub fn is_set(self, lane: usize) -> bool {
        self.0.to_bitmask().checked_shr(lane as u32).unwrap_or(0) & 1 == 1
    }
}

/// The lanes as their bits.
#[inline(always)]
pub(super) fn bits<S: Instructions>(lanes: Lanes<S>) -> S::u32s {
    lanes.0.bitcast()
}

/// The lanes that have these bits.
#[inline(always)]
pub(super) fn from_bits<S: Instructions>(bits: S::u32s) -> Lanes<S> {
    Lanes(bits.bitcast())
}

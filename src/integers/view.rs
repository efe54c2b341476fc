//! A run of an array's numbers, lent without copying.

use super::{Array, Integer};
use std::ops::Range;

/// Numbers `start..end` of an array. It is as cheap to copy as two indices and goes to any thread.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    array: &'a Array,
    start: usize,
    end: usize,
}

impl<'a> View<'a> {
    pub(super) fn new(array: &'a Array, range: Range<usize>) -> View<'a> {
        View {
            array,
            start: range.start,
            end: range.end,
        }
    }

    /// How many numbers there are.
    pub fn len(&self) -> usize {
        self.end - self.start
    }

    /// Whether there is no number.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Number `at` of this view, which must be below [`View::len`].
    ///
    /// # Panics
    /// For another index, as that of a slice does: callers count up to a length, and no index comes from a file or an option.
    pub fn get(&self, at: usize) -> Integer<'a> {
        assert!(at < self.len(), "number {at} of {}", self.len());
        self.array.get(self.start + at)
    }

    /// Numbers `range` of this view, which must lie within it.
    ///
    /// # Panics
    /// For another range, as that of a slice does; ranges that a user asks for are checked by the room that takes them.
    pub fn slice(&self, range: Range<usize>) -> View<'a> {
        assert!(
            range.start <= range.end && range.end <= self.len(),
            "{range:?} of {}",
            self.len()
        );
        View::new(self.array, self.start + range.start..self.start + range.end)
    }

    /// All numbers, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Integer<'a>> + Clone + use<'a> {
        let view = *self;
        (0..view.len()).map(move |at| view.array.get(view.start + at))
    }

    /// The limbs of all numbers of this view, one behind the other: what an upload copies.
    pub fn limbs(&self) -> &'a [u32] {
        let offsets = self.offsets();
        &self.array.limbs()[offsets[0] as usize..offsets[self.len()] as usize]
    }

    /// One offset more than numbers. They count from the array's first limb: take the first off to count from this
    /// view's.
    pub fn offsets(&self) -> &'a [u64] {
        &self.array.offsets()[self.start..=self.end]
    }

    /// A bit for each of the 64 numbers from `at` on, which must be below [`View::len`]: 1 where it is below zero, 0 beyond
    /// the last.
    pub fn sign_word(&self, at: usize) -> u64 {
        let signs = self.array.signs();
        let (word, bit) = ((self.start + at) / 64, (self.start + at) % 64);
        let next = if bit == 0 { None } else { signs.get(word + 1) };
        let above = next.map_or(0, |next| next << (64 - bit));
        let all = signs[word] >> bit | above;
        let beyond = 64 - (self.len() - at).min(64);
        all << beyond >> beyond
    }

    /// Whether any number is below zero.
    pub fn any_negative(&self) -> bool {
        let mut starts = (0..self.len()).step_by(64);
        starts.any(|at| self.sign_word(at) != 0)
    }

    /// Limbs of the longest number; 0 where there are none.
    pub fn longest(&self) -> usize {
        let lengths = self.offsets().windows(2).map(|pair| pair[1] - pair[0]);
        lengths.max().unwrap_or(0) as usize
    }

    /// An array of its own with these numbers.
    pub fn to_array(&self) -> Array {
        let mut array = Array::with_capacity(self.len(), self.limbs().len());
        array.extend(*self);
        array
    }
}

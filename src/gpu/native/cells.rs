//! Words that all threads of a dispatch may read and write.

use bytemuck::Pod;
use std::sync::atomic::{AtomicU32, Ordering};

/// A `var<storage, read_write>`: words of 32 bits that any group may change. What two groups write to the same word in
/// one dispatch comes in no order, except through [`Cells::word`].
#[derive(Clone, Copy)]
pub struct Cells<'a> {
    words: &'a [AtomicU32],
}

impl<'a> Cells<'a> {
    pub(super) fn new(words: &'a [AtomicU32]) -> Self {
        Cells { words }
    }

    /// How many elements of this type it holds.
    pub fn count<T: Pod>(&self) -> usize {
        self.words.len() / (size_of::<T>() / 4)
    }

    /// The element at this place.
    #[inline(always)]
    pub fn load<T: Pod>(&self, at: usize) -> T {
        let count = size_of::<T>() / 4;
        let words = &self.words[at * count..(at + 1) * count];
        let mut value = T::zeroed();
        let bytes = bytemuck::bytes_of_mut(&mut value).chunks_exact_mut(4);
        for (bytes, word) in bytes.zip(words) {
            bytes.copy_from_slice(&word.load(Ordering::Relaxed).to_ne_bytes());
        }
        value
    }

    /// Overwrites the element at this place.
    #[inline(always)]
    pub fn store<T: Pod>(&self, at: usize, value: T) {
        let count = size_of::<T>() / 4;
        let words = &self.words[at * count..(at + 1) * count];
        for (bytes, word) in bytemuck::bytes_of(&value).chunks_exact(4).zip(words) {
            let value = bytes.first_chunk().copied().unwrap_or_default();
            word.store(u32::from_ne_bytes(value), Ordering::Relaxed);
        }
    }

    /// One word, for what groups count together.
    #[inline(always)]
    pub fn word(&self, at: usize) -> &'a AtomicU32 {
        &self.words[at]
    }
}

//! Strips of buffers of rows: each group of numbers alone writes its columns, with whole vectors.

use std::marker::PhantomData;
use std::ops::Range;
use std::sync::atomic::AtomicU32;

/// Columns of a `var<storage, read_write>` of rows of equal length, which one piece of a dispatch alone may touch.
pub struct Strip<'a> {
    words: &'a [AtomicU32],
    row_words: usize,
    columns: Range<usize>,
    /// Exclusive: neither copied nor shared.
    alone: PhantomData<&'a mut u32>,
}

impl<'a> Strip<'a> {
    /// # Safety
    /// As long as it lives, nothing else may read or write these columns of these words.
    #[expect(
        unsafe_code,
        reason = "who makes strips keeps them apart: the words are shared"
    )]
    pub(super) unsafe fn new(
        words: &'a [AtomicU32],
        row_words: usize,
        columns: Range<usize>,
    ) -> Self {
        Strip {
            words,
            row_words,
            columns,
            alone: PhantomData,
        }
    }

    /// Its words of a row; none where the buffer has no such row.
    #[inline(always)]
    pub fn row(&mut self, row: usize) -> &mut [u32] {
        self.words_of(row)
    }

    /// Its words of each of these rows.
    pub fn into_rows(self, rows: Range<usize>) -> Vec<&'a mut [u32]> {
        rows.map(|row| self.words_of(row)).collect()
    }

    /// Of each row at most one slice may be in use.
    #[inline(always)]
    fn words_of(&self, row: usize) -> &'a mut [u32] {
        let start = row * self.row_words + self.columns.start;
        let Some(words) = self.words.get(start..start + self.columns.len()) else {
            return &mut [];
        };
        let first = words.as_ptr().cast_mut().cast::<u32>();
        #[expect(unsafe_code, reason = "vectors cannot be stored to atomics")]
        // SAFETY: `AtomicU32` has the size, alignment and bits of `u32` and may be changed behind a shared reference; by
        // the contract of `new` nothing else touches these words. Of the two that call this, one borrows the strip as
        // long as the slice lives, and the other takes it and asks for each row once.
        unsafe {
            std::slice::from_raw_parts_mut(first, words.len())
        }
    }
}

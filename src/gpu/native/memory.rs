//! Words that kernels share: read-only for one dispatch, or written by all its threads, never both.

use rayon::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};

/// Words that one thread copies at a time: smaller ones are not worth a second thread.
const PIECE: usize = 1 << 16;

/// Bytes of a cache line, where a buffer begins: a vector of as many that lies across two of them costs as two.
const LINE: usize = 64;

/// Memory of a buffer, in words of 32 bits.
pub(in crate::gpu) struct Memory {
    /// Number of the processor whose queue guards it.
    pub(super) owner: u64,
    /// Words before the first line, the buffer's, and those that fill its last line.
    all: Box<[AtomicU32]>,
    first: usize,
}

impl Memory {
    /// Zero bits for this processor; `None` where the system has no room.
    pub(super) fn zeroed(owner: u64, bytes: u64) -> Option<Self> {
        let count = usize::try_from(bytes.div_ceil(4)).ok()?;
        // The system hands out zeros when a page is first touched, which the threads of a kernel do side by side.
        let room = count.checked_add(LINE / 4)?;
        let all: Box<[AtomicU32]> = bytemuck::allocation::try_zeroed_slice_box(room).ok()?;
        let first = all.as_ptr().align_offset(LINE).min(LINE / 4);
        Some(Memory { owner, all, first })
    }

    /// Overwrites whole words from the word `at`. The caller knows that they are there.
    pub(super) fn write(&self, at: usize, bytes: &[u8]) {
        let words = &self.words(at + bytes.len() / 4)[at..];
        let pieces = bytes.par_chunks(4 * PIECE).zip(words.par_chunks(PIECE));
        pieces.for_each(|(bytes, words)| {
            for (bytes, word) in bytes.chunks_exact(4).zip(words) {
                let value = bytes.first_chunk().copied().unwrap_or_default();
                word.store(u32::from_ne_bytes(value), Ordering::Relaxed);
            }
        });
    }

    /// A copy of `count` words from the word `at`.
    pub(super) fn copied(&self, at: usize, count: usize) -> Vec<u32> {
        let words = self.words(at + count)[at..].par_iter();
        let copied = words.with_min_len(PIECE);
        copied.map(|word| word.load(Ordering::Relaxed)).collect()
    }

    /// The first `count` words, to be written by any thread.
    pub(super) fn words(&self, count: usize) -> &[AtomicU32] {
        &self.all[self.first..self.first + count]
    }

    /// The first `count` words, read as plain memory.
    ///
    /// # Safety
    /// Nothing may write to this memory as long as the slice is in use.
    #[expect(
        unsafe_code,
        reason = "vectors cannot be loaded from atomics, and kernels read whole slices"
    )]
    pub(super) unsafe fn plain(&self, count: usize) -> &[u32] {
        let words = self.words(count);
        // SAFETY: `AtomicU32` has the size, alignment and bits of `u32`, and by this function's contract nothing writes.
        unsafe { std::slice::from_raw_parts(words.as_ptr().cast(), words.len()) }
    }
}

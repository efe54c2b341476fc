//! A source that is read by a thread of its own, one chunk ahead of who asks.

use super::{CHUNK_LIMBS, CHUNK_NUMBERS, Source};
use crate::Result;
use crate::integers::Array;
use std::sync::mpsc::{Receiver, sync_channel};

/// Numbers that a thread has read, or is reading.
pub struct Ahead {
    chunks: Receiver<Result<Array>>,
    /// The chunk at hand, and how many of its numbers were given out.
    chunk: Array,
    given: usize,
}

impl Ahead {
    /// Begins to read; the thread ends with the source, or when this is dropped.
    pub fn new(mut source: Box<dyn Source>) -> Ahead {
        let (sender, chunks) = sync_channel(1);
        std::thread::spawn(move || {
            loop {
                let chunk = source.next(CHUNK_NUMBERS, CHUNK_LIMBS);
                let ended = chunk.as_ref().map_or(true, Array::is_empty);
                if sender.send(chunk).is_err() || ended {
                    return;
                }
            }
        });
        Ahead {
            chunks,
            chunk: Array::new(),
            given: 0,
        }
    }

    /// The source's only number, if it has no other one; to be asked for before all else.
    ///
    /// # Errors
    /// Those of reading.
    pub fn only_number(&mut self) -> Result<Option<Array>> {
        self.chunk = self.received()?;
        if self.chunk.len() != 1 {
            return Ok(None);
        }
        let second = self.received()?;
        if second.is_empty() {
            return Ok(Some(std::mem::take(&mut self.chunk)));
        }
        self.chunk.extend(second.view());
        Ok(None)
    }

    /// The next chunk; a thread that has ended has nothing more to send.
    fn received(&mut self) -> Result<Array> {
        self.chunks.recv().unwrap_or_else(|_| Ok(Array::new()))
    }
}

impl Source for Ahead {
    fn next(&mut self, numbers: usize, limbs: usize) -> Result<Array> {
        if self.given == self.chunk.len() {
            (self.chunk, self.given) = (self.received()?, 0);
        }
        Ok(self.chunk.taken(&mut self.given, numbers, limbs))
    }
}

//! All numbers of a `.tbi` file in chunks, each of one block.

use super::Reader;
use crate::Result;
use crate::formats::integers::Source;
use crate::integers::Array;

impl Reader {
    /// All numbers of the file, in chunks.
    pub fn into_source(self) -> Chunks {
        Chunks {
            reader: self,
            next: 0,
            block: Array::new(),
            given: 0,
        }
    }
}

/// The numbers of a file in chunks; it keeps one block.
#[derive(Debug)]
pub struct Chunks {
    reader: Reader,
    next: usize,
    block: Array,
    /// Numbers of the block that were given out.
    given: usize,
}

impl Source for Chunks {
    fn next(&mut self, numbers: usize, limbs: usize) -> Result<Array> {
        if self.given == self.block.len() && self.next < self.reader.blocks() {
            (self.block, self.given) = (self.reader.block(self.next)?, 0);
            self.next += 1;
        }
        Ok(self.block.taken(&mut self.given, numbers, limbs))
    }
}

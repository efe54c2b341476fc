//! All numbers of a `.tbi` file in chunks, which blocks need not fit.

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
        let mut chunk = Array::new();
        while chunk.len() < numbers && (chunk.is_empty() || chunk.limbs().len() < limbs) {
            if self.given == self.block.len() {
                if self.next == self.reader.blocks() {
                    break;
                }
                (self.block, self.given) = (self.reader.block(self.next)?, 0);
                self.next += 1;
            }
            let rest = self.block.slice(self.given..self.block.len());
            let base = rest.offsets()[0];
            let room = limbs.saturating_sub(chunk.limbs().len()) as u64;
            let fitting = rest.offsets()[1..].partition_point(|end| end - base <= room);
            let taken = fitting.max(1).min(numbers - chunk.len());
            chunk.extend(rest.slice(0..taken));
            self.given += taken;
        }
        Ok(chunk)
    }
}

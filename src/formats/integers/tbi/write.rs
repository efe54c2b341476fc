//! Writes a `.tbi` file block by block; the header is filled in at the end.

use super::blocks;
use super::{HEADER, Header, checksum};
use crate::formats::integers::{CHUNK_LIMBS, CHUNK_NUMBERS, Sink};
use crate::integers::{Array, View};
use std::io::{self, Seek, SeekFrom, Write};

/// Writes numbers in memory for one block, and 48 bytes for each block that was written.
pub struct Writer<W> {
    output: W,
    waiting: Array,
    position: u64,
    header: Header,
    index: Vec<u8>,
}

impl<W: Write + Seek> Writer<W> {
    /// A file that begins where `output` stands now, which must be its head.
    ///
    /// # Errors
    /// Those of writing.
    pub fn new(mut output: W) -> io::Result<Writer<W>> {
        output.write_all(&[0; HEADER as usize])?;
        Ok(Writer {
            output,
            waiting: Array::new(),
            position: HEADER,
            header: Header::default(),
            index: Vec::new(),
        })
    }

    fn write_block(&mut self, numbers: View) -> io::Result<()> {
        let entry = blocks::write(numbers, self.position, &mut self.output)?;
        self.position += entry.bytes().unwrap_or(0);
        self.header.numbers += entry.numbers;
        self.header.limbs += entry.limbs;
        self.header.blocks += 1;
        self.index.extend(entry.to_bytes());
        Ok(())
    }

    fn write_waiting(&mut self) -> io::Result<()> {
        let numbers = std::mem::take(&mut self.waiting);
        self.write_block(numbers.view())
    }
}

impl<W: Write + Seek> Sink for Writer<W> {
    fn push(&mut self, mut numbers: View) -> io::Result<()> {
        // Blocks depend on the numbers alone, not on the chunks in which they come.
        while !numbers.is_empty() {
            let room = CHUNK_LIMBS.saturating_sub(self.waiting.limbs().len()) as u64;
            let base = numbers.offsets()[0];
            let fitting = numbers.offsets()[1..].partition_point(|end| end - base <= room);
            let taken = fitting.min(CHUNK_NUMBERS - self.waiting.len());
            // What is larger than a block has one of its own.
            let taken = if self.waiting.is_empty() {
                taken.max(1)
            } else {
                taken
            };
            let block = numbers.slice(0..taken);
            numbers = numbers.slice(taken..numbers.len());
            // What is a block by itself is written from where it lies.
            if self.waiting.is_empty() && (taken == CHUNK_NUMBERS || !numbers.is_empty()) {
                self.write_block(block)?;
                continue;
            }
            self.waiting.extend(block);
            if !numbers.is_empty() || self.waiting.len() == CHUNK_NUMBERS {
                self.write_waiting()?;
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        if !self.waiting.is_empty() {
            self.write_waiting()?;
        }
        self.header.index = self.position;
        self.header.index_checksum = checksum(&self.index);
        self.output.write_all(&self.index)?;
        self.output.seek(SeekFrom::Start(0))?;
        self.output.write_all(&self.header.bytes())?;
        self.output.flush()
    }
}

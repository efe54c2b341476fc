//! Writes integers as rows of u8 limbs. A row is as wide as the largest number, so that all are kept until the end.

use super::MAGIC;
use super::header::Header;
use crate::formats::integers::Sink;
use crate::integers::{Array, View};
use std::io::{self, Write};

/// Bytes of a limb as written: of dtype u8.
const LIMB: usize = 8;

/// NumPy lets the data begin at a multiple of this.
const ALIGNMENT: usize = 64;

/// Collects numbers and writes them at the end.
pub struct Writer<W> {
    output: W,
    numbers: Array,
}

impl<W: Write> Writer<W> {
    /// A file to `output`.
    pub fn new(output: W) -> Writer<W> {
        Writer {
            output,
            numbers: Array::new(),
        }
    }
}

impl<W: Write> Sink for Writer<W> {
    fn push(&mut self, numbers: View) -> io::Result<()> {
        if let Some(at) = numbers.iter().position(|number| number.negative) {
            let at = self.numbers.len() + at;
            return Err(io::Error::other(format!(
                "number {at} is negative, and limbs of .npy are unsigned: use .tbi"
            )));
        }
        self.numbers.extend(numbers);
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        let numbers = self.numbers.view();
        let limbs = (numbers.longest() * 4).div_ceil(LIMB).max(1);
        let header = Header {
            numbers: numbers.len() as u64,
            limbs: limbs as u64,
            bytes: LIMB as u64,
        };
        let mut text = header.text();
        let unpadded = MAGIC.len() + 4 + text.len() + 1;
        text.push_str(&" ".repeat(unpadded.next_multiple_of(ALIGNMENT) - unpadded));
        text.push('\n');
        self.output.write_all(MAGIC)?;
        self.output.write_all(&[1, 0])?;
        self.output.write_all(&(text.len() as u16).to_le_bytes())?;
        self.output.write_all(text.as_bytes())?;
        let mut row = Vec::with_capacity(limbs * LIMB);
        for number in numbers.iter() {
            row.clear();
            row.extend(number.limbs.iter().flat_map(|limb| limb.to_le_bytes()));
            row.resize(limbs * LIMB, 0);
            self.output.write_all(&row)?;
        }
        self.output.flush()
    }
}

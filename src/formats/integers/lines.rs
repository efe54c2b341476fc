//! One integer a line: decimal or hexadecimal, with or without a sign. Empty lines, and those that begin with `#`, are
//! passed over.

use super::{Format, Sink, Source};
use crate::integers::{Array, View, push_text, write_decimal, write_hexadecimal};
use crate::{Error, Result};
use rayon::prelude::*;
use std::io::{self, BufRead, Read, Write};
use std::path::Path;

/// Bytes that a line may have: 1 GiB, 3.5 Gbit in decimal. What has none for so long is no file of lines.
const LONGEST_LINE: u64 = 1 << 30;

/// Characters of a limb: 32 bits have 9.63 decimal digits, so that a chunk never has more limbs than asked for by much.
const CHARACTERS_A_LIMB: usize = 8;

/// Lines that a thread reads at a time.
const PIECE: usize = 256;

/// Reads lines of any stream with memory for one chunk.
pub struct LineReader<R> {
    input: R,
    name: String,
    /// Lines read so far.
    line: usize,
}

impl<R: BufRead + Send> LineReader<R> {
    /// Lines of `input`, which messages call `name`.
    pub fn new(input: R, name: impl Into<String>) -> LineReader<R> {
        LineReader {
            input,
            name: name.into(),
            line: 0,
        }
    }

    /// Appends the next line that holds something; false at the end.
    fn next_line(&mut self, chunk: &mut Lines) -> Result<bool> {
        loop {
            let start = chunk.text.len();
            let mut limited = (&mut self.input).take(LONGEST_LINE);
            let read = limited
                .read_until(b'\n', &mut chunk.text)
                .map_err(Error::at(Path::new(&self.name)))?;
            self.line += 1;
            if read as u64 == LONGEST_LINE {
                return Err(self.wrong(
                    self.line,
                    format!("the line has more than {LONGEST_LINE} bytes"),
                ));
            }
            let text = chunk.text[start..].trim_ascii();
            if !text.is_empty() && text[0] != b'#' {
                chunk.ends.push((self.line, chunk.text.len()));
                return Ok(true);
            }
            chunk.text.truncate(start);
            if read == 0 {
                return Ok(false);
            }
        }
    }

    fn wrong(&self, line: usize, what: String) -> Error {
        Error::Parse {
            file: self.name.clone(),
            line,
            what,
        }
    }
}

/// Lines as they stand in the file.
#[derive(Default)]
struct Lines {
    text: Vec<u8>,
    /// Of each line: its number, from 1, and where it ends in `text`.
    ends: Vec<(usize, usize)>,
}

impl Lines {
    /// The numbers of lines `range`.
    fn numbers(
        &self,
        range: std::ops::Range<usize>,
    ) -> std::result::Result<Array, (usize, String)> {
        let mut array = Array::new();
        for at in range {
            let start = if at == 0 { 0 } else { self.ends[at - 1].1 };
            let (line, end) = self.ends[at];
            let text = std::str::from_utf8(&self.text[start..end]);
            let text = text.map_err(|_| (line, "bytes that are no text".to_owned()))?;
            push_text(&mut array, text).map_err(|what| (line, what))?;
        }
        Ok(array)
    }
}

impl<R: BufRead + Send> Source for LineReader<R> {
    fn next(&mut self, numbers: usize, limbs: usize) -> Result<Array> {
        let bytes = limbs.saturating_mul(CHARACTERS_A_LIMB);
        let mut lines = Lines::default();
        while lines.ends.len() < numbers
            && lines.text.len() < bytes
            && self.next_line(&mut lines)?
        {}
        let starts: Vec<usize> = (0..lines.ends.len()).step_by(PIECE).collect();
        let read = |start: &usize| lines.numbers(*start..lines.ends.len().min(start + PIECE));
        let parts: Vec<_> = starts.par_iter().map(read).collect();
        let mut chunk = Array::new();
        for part in parts {
            chunk.extend(part.map_err(|(line, what)| self.wrong(line, what))?.view());
        }
        Ok(chunk)
    }
}

/// Writes one number a line.
pub struct LineWriter<W> {
    output: W,
    hexadecimal: bool,
}

impl<W: Write> LineWriter<W> {
    /// Lines to `output`: hexadecimal for [`Format::Hexadecimal`], else decimal.
    pub fn new(output: W, format: Format) -> LineWriter<W> {
        LineWriter {
            output,
            hexadecimal: format == Format::Hexadecimal,
        }
    }
}

fn text(numbers: View, hexadecimal: bool) -> String {
    let mut text = String::new();
    for number in numbers.iter() {
        // Writing to a String cannot fail.
        let _ = match hexadecimal {
            true => write_hexadecimal(number, &mut text),
            false => write_decimal(number, &mut text),
        };
        text.push('\n');
    }
    text
}

impl<W: Write> Sink for LineWriter<W> {
    fn push(&mut self, numbers: View) -> io::Result<()> {
        let starts: Vec<usize> = (0..numbers.len()).step_by(PIECE).collect();
        let hexadecimal = self.hexadecimal;
        let write = |start: &usize| {
            text(
                numbers.slice(*start..numbers.len().min(start + PIECE)),
                hexadecimal,
            )
        };
        let parts: Vec<String> = starts.par_iter().map(write).collect();
        parts
            .iter()
            .try_for_each(|part| self.output.write_all(part.as_bytes()))
    }

    fn finish(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

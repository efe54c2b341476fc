//! Reads rows of limbs as integers.

use super::MAGIC;
use super::header::Header;
use crate::formats::integers::Source;
use crate::integers::Array;
use crate::{Error, Result};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

/// Bytes that a header may have: that of NumPy fits into 128.
const LONGEST_HEADER: usize = 1 << 16;

/// Reads a file row by row.
#[derive(Debug)]
pub struct Reader {
    file: BufReader<File>,
    name: String,
    /// Bytes of a row.
    row: usize,
    /// Rows that are still to come.
    rows: u64,
}

impl Reader {
    /// Reads the header of a file, which messages call `name`, from its first byte on.
    ///
    /// # Errors
    /// [`Error::Parse`] where the header is wrong, or the file has fewer or more bytes than it says.
    pub fn new(file: File, name: impl Into<String>) -> Result<Reader> {
        let name = name.into();
        let length = file.metadata().map_err(Error::at(&name))?.len();
        let mut reader = Reader {
            file: BufReader::new(file),
            name,
            row: 0,
            rows: 0,
        };
        let (header, end) = reader.header()?;
        let size = header
            .row()
            .and_then(|row| header.numbers.checked_mul(row as u64)?.checked_add(end));
        if size != Some(length) {
            let size = size.map_or("beyond counting".into(), |size| size.to_string());
            return Err(reader.wrong(format!(
                "the header says {size} bytes, the file has {length}"
            )));
        }
        reader.row = header.row().unwrap_or(0);
        reader.rows = header.numbers;
        Ok(reader)
    }

    /// The header, and where it ends.
    fn header(&mut self) -> Result<(Header, u64)> {
        let start = self.bytes(MAGIC.len() + 2)?;
        if !start.starts_with(MAGIC) {
            return Err(self.wrong("not a .npy file: its first bytes are others".into()));
        }
        let version = start[MAGIC.len()];
        let width = match version {
            1 => 2,
            2 | 3 => 4,
            _ => return Err(self.wrong(format!("version {version} of .npy; 1, 2 and 3 are read"))),
        };
        let length = self.bytes(width)?;
        let length = length
            .iter()
            .rev()
            .fold(0, |length, byte| length << 8 | usize::from(*byte));
        if length > LONGEST_HEADER {
            return Err(self.wrong(format!("a header of {length} bytes")));
        }
        let text = self.bytes(length)?;
        let header =
            Header::parse(&String::from_utf8_lossy(&text)).map_err(|what| self.wrong(what))?;
        Ok((header, (start.len() + width + length) as u64))
    }

    fn bytes(&mut self, count: usize) -> Result<Vec<u8>> {
        let mut bytes = vec![0; count];
        self.file
            .read_exact(&mut bytes)
            .map_err(Error::at(Path::new(&self.name)))?;
        Ok(bytes)
    }

    fn wrong(&self, what: String) -> Error {
        Error::Parse {
            file: self.name.clone(),
            line: 0,
            what,
        }
    }
}

impl Source for Reader {
    fn next(&mut self, numbers: usize, limbs: usize) -> Result<Array> {
        let fitting = (limbs / self.row.div_ceil(4).max(1)).max(1);
        let rows = self.rows.min(numbers.min(fitting) as u64) as usize;
        self.rows -= rows as u64;
        let bytes = self.bytes(rows * self.row)?;
        let mut chunk = Array::with_capacity(rows, bytes.len().div_ceil(4));
        for row in 0..rows {
            let row = &bytes[row * self.row..(row + 1) * self.row];
            let limb = |bytes: &[u8]| {
                bytes
                    .iter()
                    .rev()
                    .fold(0, |limb, byte| limb << 8 | u32::from(*byte))
            };
            chunk.push_with(|limbs| {
                limbs.extend(row.chunks(4).map(limb));
                false
            });
        }
        Ok(chunk)
    }
}

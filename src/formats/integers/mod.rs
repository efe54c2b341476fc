//! Files of integers: lines of text, `.tbi`, and NumPy's `.npy` with unsigned limbs; read and written in chunks.

mod ahead;
mod lines;
pub mod npy;
pub mod tbi;

use crate::integers::{Array, View};
use crate::whole_file::write_whole;
use crate::{Error, Result};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::path::Path;

pub use ahead::Ahead;
pub use lines::{LineReader, LineWriter};

/// Limbs of a chunk when nothing else is asked for: 16 MiB.
pub const CHUNK_LIMBS: usize = 1 << 22;

/// Numbers of a chunk when nothing else is asked for.
pub const CHUNK_NUMBERS: usize = 1 << 16;

/// How integers are written in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A decimal number a line.
    Decimal,
    /// A hexadecimal number with `0x` a line.
    Hexadecimal,
    /// The binary file of [`tbi`].
    Tbi,
    /// NumPy's array of unsigned limbs, [`npy`].
    Npy,
}

impl Format {
    /// The format that a name's ending means: `.tbi`, `.npy`, `.hex`, and decimal lines for all others.
    pub fn of(path: &Path) -> Format {
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("tbi") => Format::Tbi,
            Some("npy") => Format::Npy,
            Some("hex") => Format::Hexadecimal,
            _ => Format::Decimal,
        }
    }
}

/// Numbers that come in chunks.
pub trait Source: Send {
    /// The next numbers: at most as many as asked for, at least one, and so many that they have that many limbs at most
    /// or by a little more; none at the end.
    ///
    /// # Errors
    /// [`Error::Parse`] with the line or the part of the file that is wrong, [`Error::File`].
    fn next(&mut self, numbers: usize, limbs: usize) -> Result<Array>;
}

/// Where chunks of numbers go.
pub trait Sink {
    /// Writes the next numbers.
    ///
    /// # Errors
    /// Those of writing, and numbers that the format cannot hold.
    fn push(&mut self, numbers: View) -> io::Result<()>;

    /// Writes what comes last; nothing may be pushed then.
    ///
    /// # Errors
    /// Those of writing.
    fn finish(&mut self) -> io::Result<()>;
}

/// Opens a file of any of the formats, which its first bytes and its name tell.
///
/// # Errors
/// [`Error::File`]; [`Error::Parse`] for a binary file whose head is wrong.
pub fn open(path: &Path) -> Result<Box<dyn Source>> {
    let mut file = File::open(path).map_err(Error::at(path))?;
    let name = path.display().to_string();
    // A pipe cannot be read twice: it holds lines.
    if !file.metadata().map_err(Error::at(path))?.is_file() {
        return Ok(Box::new(LineReader::new(BufReader::new(file), name)));
    }
    let mut head = Vec::new();
    let read = (&mut file)
        .take(tbi::MAGIC.len() as u64)
        .read_to_end(&mut head);
    read.and_then(|_| file.rewind()).map_err(Error::at(path))?;
    // A name that promises a binary file is held to it: an empty file is no text then.
    let format = Format::of(path);
    Ok(if head == tbi::MAGIC || format == Format::Tbi {
        Box::new(tbi::Reader::open(path)?.into_source())
    } else if head.starts_with(npy::MAGIC) || format == Format::Npy {
        Box::new(npy::Reader::new(file, name)?)
    } else {
        Box::new(LineReader::new(BufReader::new(file), name))
    })
}

/// Writes a file through `fill`, whole or not at all.
///
/// # Errors
/// Those of `fill`, and [`Error::File`] with `path`.
pub fn write<E: From<Error>>(
    path: &Path,
    format: Format,
    fill: impl FnOnce(&mut dyn Sink) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let mut filled = Ok(());
    let written = write_whole(path, |file| {
        let mut sink: Box<dyn Sink + '_> = match format {
            Format::Decimal | Format::Hexadecimal => Box::new(LineWriter::new(file, format)),
            Format::Tbi => Box::new(tbi::Writer::new(file)?),
            Format::Npy => Box::new(npy::Writer::new(file)),
        };
        filled = fill(&mut *sink);
        match &filled {
            Ok(()) => sink.finish(),
            Err(_) => Err(io::Error::other("left unfinished")),
        }
    });
    filled.and(written.map_err(E::from))
}

#[cfg(test)]
mod tests;

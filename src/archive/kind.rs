//! What a file is where its name does not say it: told by its first bytes.

use super::Format;
use std::io::{self, Cursor, Read};

/// What a file holds, its compression undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A tar archive.
    Archive,
    /// Ligand records.
    Records(Format),
}

/// Bytes that are looked at.
const LOOKED_AT: u64 = 64 * 1024;
/// Where a tar header has its mark, and the mark.
const TAR_MARK: (usize, &[u8]) = (257, b"ustar");

/// Looks at the beginning of a stream; the reader that comes back gives it all.
pub fn look<'a>(mut reader: Box<dyn Read + 'a>) -> io::Result<(Option<Kind>, Box<dyn Read + 'a>)> {
    let mut start = Vec::new();
    reader.by_ref().take(LOOKED_AT).read_to_end(&mut start)?;
    let (at, mark) = TAR_MARK;
    let kind = match start.get(at..at + mark.len()) {
        Some(found) if found == mark => Some(Kind::Archive),
        _ => Format::of_content(&start).map(Kind::Records),
    };
    Ok((kind, Box::new(Cursor::new(start).chain(reader))))
}

//! Members packed into pieces of an archive: pieces one behind the other, and an end, are an archive.
//!
//! Gzip and zstd allow this of their streams as tar does of its entries, so that parts need no second compression.

use flate2::Compression as Level;
use flate2::write::GzEncoder;
use std::io::{self, Write};

/// Two empty records end a tar (POSIX.1-2001, pax).
const END: [u8; 1024] = [0; 1024];

/// How an archive is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// Not at all.
    None,
    /// Gzip.
    Gzip,
    /// Zstandard.
    Zstd,
}

impl Compression {
    /// That of an archive with this name.
    pub fn of_name(name: &str) -> Compression {
        let lower = name.to_ascii_lowercase();
        match () {
            () if lower.ends_with(".zst") || lower.ends_with(".tzst") => Compression::Zstd,
            () if lower.ends_with(".gz") || lower.ends_with(".tgz") => Compression::Gzip,
            () => Compression::None,
        }
    }

    fn compress(self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Compression::None => Ok(bytes.to_vec()),
            Compression::Zstd => zstd::encode_all(bytes, zstd::DEFAULT_COMPRESSION_LEVEL),
            Compression::Gzip => {
                let mut encoder = GzEncoder::new(Vec::new(), Level::default());
                encoder.write_all(bytes)?;
                encoder.finish()
            }
        }
    }
}

/// Members (path, text) as a piece of an archive; the same members give the same bytes.
///
/// # Errors
/// Those of the compression, and of a path that no tar can hold.
pub fn piece<'a>(
    members: impl Iterator<Item = (&'a str, &'a str)>,
    compression: Compression,
) -> io::Result<Vec<u8>> {
    let mut builder = tar::Builder::new(Vec::new());
    for (path, text) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, path, text.as_bytes())?;
    }
    let mut bytes = builder.into_inner()?;
    bytes.truncate(bytes.len() - END.len());
    compression.compress(&bytes)
}

/// What stands behind the last piece.
///
/// # Errors
/// Those of the compression.
pub fn end(compression: Compression) -> io::Result<Vec<u8>> {
    compression.compress(&END)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn pieces_and_an_end_are_an_archive() {
        for compression in [Compression::None, Compression::Gzip, Compression::Zstd] {
            let members = [
                ("a/x.pdbqt", "one"),
                ("a/y.pdbqt", "two"),
                ("b.pdbqt", "three"),
            ];
            let mut bytes = piece(members[..2].iter().copied(), compression).unwrap();
            bytes.extend(piece(members[2..].iter().copied(), compression).unwrap());
            bytes.extend(end(compression).unwrap());
            let plain: Box<dyn Read> = match compression {
                Compression::None => Box::new(&bytes[..]),
                Compression::Gzip => Box::new(flate2::read::MultiGzDecoder::new(&bytes[..])),
                Compression::Zstd => Box::new(zstd::Decoder::new(&bytes[..]).unwrap()),
            };
            let mut archive = tar::Archive::new(plain);
            let mut read = Vec::new();
            for entry in archive.entries().unwrap() {
                let mut entry = entry.unwrap();
                let path = entry.path().unwrap().display().to_string();
                let mut text = String::new();
                entry.read_to_string(&mut text).unwrap();
                read.push((path, text));
            }
            let read: Vec<(&str, &str)> =
                read.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
            assert_eq!(read, members);
        }
    }
}

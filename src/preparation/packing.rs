//! Members packed into pieces of an archive: pieces one behind the other, and an end, are an archive.
//!
//! Gzip and zstd allow this of their streams as tar does of its entries, so that parts need no second compression.

use super::stages::{Stage, Stages};
use libdeflater::{CompressionLvl, Compressor};
use rayon::iter::ParallelIterator;
use rayon::slice::ParallelSlice;
use std::io;

/// Two empty records end a tar (POSIX.1-2001, pax).
const END: [u8; 1024] = [0; 1024];

/// libdeflate's: archives as small as those of zlib's level 6, which Python and gzip take, in two thirds of the time.
const GZIP_LEVEL: i32 = 5;

/// Members that are compressed together: enough that streams lose nothing by beginning anew, few enough for all cores.
const MEMBERS_OF_A_STREAM: usize = 125;

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

    fn compress(self, bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        match self {
            Compression::None => Ok(bytes),
            Compression::Zstd => zstd::encode_all(&bytes[..], zstd::DEFAULT_COMPRESSION_LEVEL),
            Compression::Gzip => gzip(&bytes),
        }
    }
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut compressor = Compressor::new(CompressionLvl::new(GZIP_LEVEL).unwrap_or_default());
    let mut compressed = vec![0; compressor.gzip_compress_bound(bytes.len())];
    let length = compressor
        .gzip_compress(bytes, &mut compressed)
        .map_err(io::Error::other)?;
    compressed.truncate(length);
    Ok(compressed)
}

/// Members (path, text) as a piece of an archive, compressed on all cores; the same members give the same bytes.
///
/// # Errors
/// Those of the compression, and of a path that no tar can hold.
pub fn piece(
    members: &[(String, String)],
    compression: Compression,
    stages: &Stages,
) -> io::Result<Vec<u8>> {
    let stream = |members: &[_]| compression.compress(entries(members)?);
    let streams = members
        .par_chunks(MEMBERS_OF_A_STREAM)
        .map(|members| stages.time(Stage::Compression, || stream(members)));
    let streams: Vec<Vec<u8>> = streams.collect::<io::Result<_>>()?;
    Ok(streams.concat())
}

/// Members as the entries of a tar, without its end.
fn entries(members: &[(String, String)]) -> io::Result<Vec<u8>> {
    let mut builder = tar::Builder::new(Vec::new());
    for (path, text) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, path, text.as_bytes())?;
    }
    let mut bytes = builder.into_inner()?;
    bytes.truncate(bytes.len() - END.len());
    Ok(bytes)
}

/// What stands behind the last piece.
///
/// # Errors
/// Those of the compression.
pub fn end(compression: Compression) -> io::Result<Vec<u8>> {
    compression.compress(END.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn pieces_and_an_end_are_an_archive() {
        for compression in [Compression::None, Compression::Gzip, Compression::Zstd] {
            let stages = Stages::default();
            let text = |number: usize| format!("text {number}");
            let members = (0..2 * MEMBERS_OF_A_STREAM + 1).map(|n| (format!("a/{n}"), text(n)));
            let members: Vec<(String, String)> = members.collect();
            let mut bytes = piece(&members[..2], compression, &stages).unwrap();
            bytes.extend(piece(&members[2..], compression, &stages).unwrap());
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
            assert_eq!(read, members);
        }
    }
}

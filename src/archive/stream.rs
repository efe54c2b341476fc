//! Bytes of one file: its compression undone, what was read of it counted.

use super::format::ends_with;
use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufReader, Cursor, ErrorKind, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Bytes that are asked of a file, and of a decoder, at a time.
const READ_AHEAD: usize = 64 * 1024;

const GZIP: [u8; 2] = [0x1f, 0x8b];
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// Opens nothing, only decodes: gzip (several members too) and zstd by the name's ending or the first bytes, else
/// as it is, without a buffer: a member of an archive is read from that of the archive.
///
/// What decoding takes is added to `spent`, in nanoseconds.
pub fn decoded<'a>(
    name: &str,
    mut reader: impl Read + 'a,
    spent: &'a AtomicU64,
) -> io::Result<Box<dyn Read + 'a>> {
    let mut start = Vec::with_capacity(ZSTD.len());
    reader
        .by_ref()
        .take(ZSTD.len() as u64)
        .read_to_end(&mut start)?;
    let named = |endings: [&str; 2]| endings.iter().any(|ending| ends_with(name, ending));
    let gzip = start.starts_with(&GZIP) || named([".gz", ".tgz"]);
    let zstd = start.starts_with(&ZSTD) || named([".zst", ".tzst"]);
    let whole = Cursor::new(start).chain(reader);
    if gzip {
        let decoder = MultiGzDecoder::new(read_ahead(whole));
        Ok(Box::new(read_ahead(Timed { decoder, spent })))
    } else if zstd {
        let decoder = zstd::Decoder::with_buffer(read_ahead(whole))?;
        Ok(Box::new(read_ahead(Timed { decoder, spent })))
    } else {
        Ok(Box::new(whole))
    }
}

/// Reads in large pieces: a decoder that is asked for a line at a time takes twice as long.
pub fn read_ahead<R: Read>(reader: R) -> BufReader<R> {
    BufReader::with_capacity(READ_AHEAD, reader)
}

/// A decoder whose time is counted.
struct Timed<'a, R> {
    decoder: R,
    spent: &'a AtomicU64,
}

impl<R: Read> Read for Timed<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let start = Instant::now();
        let read = self.decoder.read(buffer);
        let nanoseconds = start.elapsed().as_nanos() as u64;
        self.spent.fetch_add(nanoseconds, Ordering::Relaxed);
        read
    }
}

/// A file that adds what is read of it to a shared count.
pub struct Counted<'a, R> {
    /// The open file.
    pub file: R,
    /// Bytes read of all files of the library.
    pub read: &'a AtomicU64,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(buffer)?;
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// A reader that must give exactly `left` more bytes: a tar member cut short ends like a whole one otherwise.
pub struct Exact<R> {
    /// The member.
    pub inner: R,
    /// Bytes that its header promises and that have not come yet.
    pub left: u64,
}

impl<R: Read> Read for Exact<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        if n == 0 && !buffer.is_empty() && self.left > 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        self.left = self.left.saturating_sub(n as u64);
        Ok(n)
    }
}

/// One phrase on a failed read, in words a user can act on.
pub fn explain(error: &io::Error) -> String {
    let text = error.to_string();
    // The tar reader words this itself, without a kind of its own.
    match error.kind() == ErrorKind::UnexpectedEof || text.contains("unexpected EOF") {
        true => "the data end too early (truncated)".into(),
        false => format!("cannot be read: {text}"),
    }
}

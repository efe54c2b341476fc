//! Bytes of one file: its compression undone, what was read of it counted.

use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes a decoder asks the operating system for at a time.
const READ_AHEAD: usize = 64 * 1024;

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// Opens nothing, only decodes: gzip (several members too) and zstd by the name's ending or the first bytes, else
/// as it is.
pub fn decoded<'a>(name: &str, reader: impl Read + 'a) -> io::Result<Box<dyn Read + 'a>> {
    let lower = name.to_ascii_lowercase();
    let mut reader = BufReader::with_capacity(READ_AHEAD, reader);
    let start = reader.fill_buf()?;
    let (gzip, zstd) = (start.starts_with(GZIP), start.starts_with(ZSTD));
    if gzip || lower.ends_with(".gz") || lower.ends_with(".tgz") {
        Ok(Box::new(flate2::bufread::MultiGzDecoder::new(reader)))
    } else if zstd || lower.ends_with(".zst") || lower.ends_with(".tzst") {
        Ok(Box::new(zstd::Decoder::with_buffer(reader)?))
    } else {
        Ok(Box::new(reader))
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

//! Line ends of any kind made LF while a stream is read: CR LF of one system, CR of another.

use std::io::{self, Read};

/// A reader whose CR LF and lone CR come out as LF, so that lines are counted alike wherever a file was written.
pub struct LineEnds<R> {
    inner: R,
    /// The byte before was a CR, already given out as LF.
    after_cr: bool,
}

impl<R: Read> LineEnds<R> {
    /// Reads through `inner`.
    pub fn new(inner: R) -> Self {
        LineEnds {
            inner,
            after_cr: false,
        }
    }
}

impl<R> LineEnds<R> {
    /// Makes line ends one, moving what stays to the front; says how much that is.
    fn mend(&mut self, bytes: &mut [u8]) -> usize {
        let mut kept = 0;
        for at in 0..bytes.len() {
            let byte = bytes[at];
            let second_of_pair = self.after_cr && byte == b'\n';
            self.after_cr = byte == b'\r';
            if !second_of_pair {
                bytes[kept] = if byte == b'\r' { b'\n' } else { byte };
                kept += 1;
            }
        }
        kept
    }
}

impl<R: Read> Read for LineEnds<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let got = self.inner.read(buffer)?;
            let kept = match self.after_cr || memchr::memchr(b'\r', &buffer[..got]).is_some() {
                true => self.mend(&mut buffer[..got]),
                false => got,
            };
            // Nothing kept of something read is not the end of the stream.
            if kept > 0 || got == 0 {
                return Ok(kept);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time, so that pairs are split between reads.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let end = buffer.len().min(1);
            self.0.read(&mut buffer[..end])
        }
    }

    #[test]
    fn all_line_ends_become_one() {
        let bytes = b"a\r\nb\rc\n\r\n\n\rd\r";
        let mut whole = String::new();
        LineEnds::new(&bytes[..])
            .read_to_string(&mut whole)
            .unwrap();
        assert_eq!(whole, "a\nb\nc\n\n\n\nd\n");
        let mut slow = String::new();
        LineEnds::new(Slow(bytes))
            .read_to_string(&mut slow)
            .unwrap();
        assert_eq!(slow, whole);
    }
}

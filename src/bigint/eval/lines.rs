//! Whole lines of a stream, as many as have come.

use std::io::{self, ErrorKind, Read};

/// Bytes asked for at a time.
const BLOCK: usize = 1 << 20;

/// Bytes that a line may have, 1 GiB: a stream without lines must not take all memory.
const LONGEST: usize = 1 << 30;

/// Reads a stream and gives out what it has of whole lines.
pub struct Lines<R> {
    input: R,
    /// What was read; lines up to `given` have been given out.
    buffer: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> Lines<R> {
    /// Lines of `input`.
    pub fn new(input: R) -> Lines<R> {
        Lines {
            input,
            buffer: Vec::new(),
            given: 0,
            ended: false,
        }
    }

    /// One line or more, without the last line's end; none at the end of the stream. It reads only while it has no
    /// whole line, so that it never waits with one in hand.
    ///
    /// # Errors
    /// Those of reading, and [`ErrorKind::InvalidData`] for a line that is too long.
    pub fn next_chunk(&mut self) -> io::Result<Option<&[u8]>> {
        self.buffer.drain(..self.given);
        self.given = 0;
        let mut searched = 0;
        while !self.ended {
            self.read_block()?;
            if let Some(end) = self.buffer[searched..]
                .iter()
                .rposition(|byte| *byte == b'\n')
            {
                self.given = searched + end + 1;
                return Ok(Some(&self.buffer[..self.given - 1]));
            }
            searched = self.buffer.len();
            if searched > LONGEST {
                let what = format!("standard input: a line has more than {LONGEST} bytes");
                return Err(io::Error::new(ErrorKind::InvalidData, what));
            }
        }
        self.given = self.buffer.len();
        Ok((self.given > 0).then_some(&self.buffer[..]))
    }

    fn read_block(&mut self) -> io::Result<()> {
        let start = self.buffer.len();
        self.buffer.resize(start + BLOCK, 0);
        let read = loop {
            match self.input.read(&mut self.buffer[start..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.buffer.truncate(start + *read.as_ref().unwrap_or(&0));
        self.ended = read? == 0;
        Ok(())
    }
}

//! Cuts a stream into ligand records, one in memory at a time.

use super::line_ends::LineEnds;
use super::stream::explain;
use super::{Format, Text};
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::ops::ControlFlow;

/// A single record larger than this is no ligand: the memory of a screen stays bounded.
const LARGEST_RECORD: usize = 16 << 20;

/// Most records are shorter: room that need not grow.
const USUAL_RECORD: usize = 8 << 10;

/// One record: its number, from 1, where the stream holds several, and its text or what is wrong.
pub type Record = (Option<usize>, Result<Text, String>);

/// Calls `visit` for each record of the stream. PDBQT without MODEL records and SDF without `$$$$` are one record.
pub fn split(
    format: Format,
    reader: impl Read,
    visit: &mut dyn FnMut(Record) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut reader = BufReader::new(LineEnds::new(reader));
    let mut cutter = Cutter::new(format, visit);
    loop {
        let start = cutter.text.len();
        match read_line(&mut reader, &mut cutter.text) {
            Ok(()) if cutter.text.len() == start => break,
            Ok(()) => cutter.line(start)?,
            Err(error) => return cutter.fail(explain(&error)),
        }
        if cutter.text.len() > LARGEST_RECORD {
            return cutter.fail(format!(
                "larger than {} MiB, not a ligand",
                LARGEST_RECORD >> 20
            ));
        }
    }
    cutter.finish()
}

/// Adds a line to the text, or what there is of one that makes it too long.
fn read_line(reader: &mut impl BufRead, text: &mut Vec<u8>) -> io::Result<()> {
    loop {
        let available = match reader.fill_buf() {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            available => available?,
        };
        let end = memchr::memchr(b'\n', available);
        let used = end.map_or(available.len(), |at| at + 1);
        text.extend_from_slice(&available[..used]);
        reader.consume(used);
        if end.is_some() || used == 0 || text.len() > LARGEST_RECORD {
            return Ok(());
        }
    }
}

/// The record being gathered, and the one before it: only the second record tells that there are several.
struct Cutter<'a> {
    format: Format,
    text: Vec<u8>,
    first_line: usize,
    line: usize,
    /// The record holds something: a record that follows ends it.
    begun: bool,
    waiting: Option<Result<Text, String>>,
    cut: usize,
    visit: &'a mut dyn FnMut(Record) -> ControlFlow<()>,
}

impl<'a> Cutter<'a> {
    fn new(format: Format, visit: &'a mut dyn FnMut(Record) -> ControlFlow<()>) -> Self {
        Cutter {
            format,
            text: Vec::with_capacity(USUAL_RECORD),
            first_line: 1,
            line: 0,
            begun: false,
            waiting: None,
            cut: 0,
            visit,
        }
    }

    /// Looks at the line that begins at `start` and has just been read.
    fn line(&mut self, start: usize) -> ControlFlow<()> {
        self.line += 1;
        let line = &self.text[start..];
        match self.format {
            Format::Pdbqt if line.starts_with(b"MODEL") => self.bound(start, self.begun)?,
            Format::Pdbqt if line.starts_with(b"ENDMDL") => self.bound(start, true)?,
            Format::Pdbqt => self.begun |= line.starts_with(b"ATOM") || line.starts_with(b"HETATM"),
            Format::Sdf if line.starts_with(b"$$$$") => self.bound(start, true)?,
            Format::Sdf => {}
            Format::Mol2 if line.starts_with(b"@<TRIPOS>MOLECULE") => self.begin(start)?,
            Format::Mol2 => {}
            Format::Smiles => {
                let empty = line.trim_ascii().is_empty() || line.starts_with(b"#");
                self.bound(self.text.len(), !empty)?;
            }
        }
        ControlFlow::Continue(())
    }

    /// Ends a record at this byte and drops the rest; `whole` says that there is one.
    fn bound(&mut self, end: usize, whole: bool) -> ControlFlow<()> {
        self.text.truncate(end);
        if whole {
            self.cut()?;
        }
        self.restart();
        ControlFlow::Continue(())
    }

    /// Ends the record before the line at `start`, if one has begun; the line is the first of the next.
    fn begin(&mut self, start: usize) -> ControlFlow<()> {
        if std::mem::replace(&mut self.begun, true) {
            let line = self.text.split_off(start);
            self.cut()?;
            self.text = line;
            self.first_line = self.line;
        }
        ControlFlow::Continue(())
    }

    fn restart(&mut self) {
        self.text.clear();
        self.first_line = self.line + 1;
        self.begun = false;
    }

    fn cut(&mut self) -> ControlFlow<()> {
        self.push(Ok(Text {
            format: self.format,
            content: decode(&self.text),
            first_line: self.first_line,
        }))
    }

    fn push(&mut self, text: Result<Text, String>) -> ControlFlow<()> {
        self.cut += 1;
        match self.waiting.replace(text) {
            Some(before) => (self.visit)((Some(self.cut - 1), before)),
            None => ControlFlow::Continue(()),
        }
    }

    /// Ends with a record that says what went wrong.
    fn fail(mut self, what: String) -> ControlFlow<()> {
        self.push(Err(what))?;
        self.flush()
    }

    fn finish(mut self) -> ControlFlow<()> {
        if !self.text.trim_ascii().is_empty() {
            self.cut()?;
        } else if self.cut == 0 {
            self.push(Err("the file is empty".into()))?;
        }
        self.flush()
    }

    fn flush(&mut self) -> ControlFlow<()> {
        let model = (self.cut > 1).then_some(self.cut);
        match self.waiting.take() {
            Some(last) => (self.visit)((model, last)),
            None => ControlFlow::Continue(()),
        }
    }
}

/// Text in UTF-8, or in Latin-1 where it is not that: titles of old files are.
fn decode(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_string(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

#[cfg(test)]
#[path = "records_tests.rs"]
mod tests;

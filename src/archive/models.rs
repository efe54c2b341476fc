//! Cuts a PDBQT stream at its MODEL records, one record in memory at a time.

use super::Text;
use super::stream::explain;
use std::io::{BufRead, BufReader, Read};
use std::ops::ControlFlow;

/// A single record larger than this is no ligand: the memory of a screen stays bounded.
const LARGEST_RECORD: usize = 16 << 20;

/// One record: its model number where the stream holds several, and its text or what is wrong.
pub type Record = (Option<usize>, Result<Text, String>);

/// Calls `visit` for each record of the stream; a stream without MODEL records is one record.
pub fn split(
    reader: impl Read,
    visit: &mut dyn FnMut(Record) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut reader = BufReader::new(reader);
    let mut cutter = Cutter::new(visit);
    loop {
        let start = cutter.text.len();
        let room = (LARGEST_RECORD + 1 - start) as u64;
        match reader
            .by_ref()
            .take(room)
            .read_until(b'\n', &mut cutter.text)
        {
            Ok(0) => break,
            Ok(_) => cutter.line(start)?,
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

/// The record being gathered, and the one before it: only the second record tells that there are several.
struct Cutter<'a> {
    text: Vec<u8>,
    first_line: usize,
    line: usize,
    has_atoms: bool,
    waiting: Option<Result<Text, String>>,
    cut: usize,
    visit: &'a mut dyn FnMut(Record) -> ControlFlow<()>,
}

impl<'a> Cutter<'a> {
    fn new(visit: &'a mut dyn FnMut(Record) -> ControlFlow<()>) -> Self {
        Cutter {
            text: Vec::new(),
            first_line: 1,
            line: 0,
            has_atoms: false,
            waiting: None,
            cut: 0,
            visit,
        }
    }

    /// Looks at the line that begins at `start` and has just been read.
    fn line(&mut self, start: usize) -> ControlFlow<()> {
        self.line += 1;
        let record = &self.text[start..];
        if record.starts_with(b"MODEL") {
            self.text.truncate(start);
            if self.has_atoms {
                self.cut()?;
            }
            self.restart();
        } else if record.starts_with(b"ENDMDL") {
            self.text.truncate(start);
            self.cut()?;
            self.restart();
        } else if record.starts_with(b"ATOM") || record.starts_with(b"HETATM") {
            self.has_atoms = true;
        }
        ControlFlow::Continue(())
    }

    fn restart(&mut self) {
        self.text.clear();
        self.first_line = self.line + 1;
        self.has_atoms = false;
    }

    fn cut(&mut self) -> ControlFlow<()> {
        let content = String::from_utf8_lossy(&self.text).into_owned();
        self.push(Ok(Text {
            content,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> Vec<Record> {
        let mut all = Vec::new();
        let _ = split(text.as_bytes(), &mut |record| {
            all.push(record);
            ControlFlow::Continue(())
        });
        all
    }

    fn text(content: &str, first_line: usize) -> Result<Text, String> {
        Ok(Text {
            content: content.into(),
            first_line,
        })
    }

    #[test]
    fn one_record_without_models() {
        assert_eq!(
            records("ROOT\nATOM 1\n"),
            [(None, text("ROOT\nATOM 1\n", 1))]
        );
        assert_eq!(
            records("MODEL 1\nATOM 1\nENDMDL\n\n"),
            [(None, text("ATOM 1\n", 2))]
        );
    }

    #[test]
    fn several_models_are_numbered_and_keep_their_lines() {
        let all = records("REMARK x\nMODEL 1\nATOM 1\nENDMDL\nMODEL 2\nATOM 2\nMODEL 3\nATOM 3\n");
        let want = [
            (Some(1), text("ATOM 1\n", 3)),
            (Some(2), text("ATOM 2\n", 6)),
            (Some(3), text("ATOM 3\n", 8)),
        ];
        assert_eq!(all, want);
    }

    #[test]
    fn nothing_and_too_much_are_said() {
        assert_eq!(records(""), [(None, Err("the file is empty".to_string()))]);
        let huge = "x".repeat(LARGEST_RECORD + 10);
        assert!(
            records(&huge)[0]
                .1
                .as_ref()
                .unwrap_err()
                .starts_with("larger than 16 MiB")
        );
    }

    #[test]
    fn a_visitor_can_stop() {
        let mut seen = 0;
        let stopped = split(
            "MODEL\nENDMDL\nMODEL\nENDMDL\nMODEL\nENDMDL\n".as_bytes(),
            &mut |_| {
                seen += 1;
                ControlFlow::Break(())
            },
        );
        assert!(stopped.is_break() && seen == 1);
    }
}

//! Cuts a stream into ligand records, one in memory at a time.

use super::line_ends::LineEnds;
use super::stream::explain;
use super::{Format, Text};
use std::io::{BufRead, BufReader, Read};
use std::ops::ControlFlow;

/// A single record larger than this is no ligand: the memory of a screen stays bounded.
const LARGEST_RECORD: usize = 16 << 20;

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
            text: Vec::new(),
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
mod tests {
    use super::*;

    fn records(text: &str) -> Vec<Record> {
        records_of(Format::Pdbqt, text.as_bytes())
    }

    fn records_of(format: Format, text: &[u8]) -> Vec<Record> {
        let mut all = Vec::new();
        let _ = split(format, text, &mut |record| {
            all.push(record);
            ControlFlow::Continue(())
        });
        all
    }

    fn text(content: &str, first_line: usize) -> Result<Text, String> {
        text_of(Format::Pdbqt, content, first_line)
    }

    fn text_of(format: Format, content: &str, first_line: usize) -> Result<Text, String> {
        Ok(Text {
            format,
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
    fn sdf_is_cut_at_dollars_and_needs_none_at_its_end() {
        let sdf = |text: &str| records_of(Format::Sdf, text.as_bytes());
        let text = |content, line| text_of(Format::Sdf, content, line);
        let want = [(Some(1), text("a\n\n", 1)), (Some(2), text("b\n", 4))];
        for end in ["", "$$$$", "$$$$\n", "$$$$\n\n\n"] {
            assert_eq!(sdf(&format!("a\n\n$$$$\nb\n{end}")), want);
            assert_eq!(sdf(&format!("a\r\n\r\n$$$$\rb\n{end}")), want);
        }
        assert_eq!(sdf("a\nb"), [(None, text("a\nb", 1))]);
        assert_eq!(sdf("\n\n"), [(None, Err("the file is empty".into()))]);
    }

    #[test]
    fn mol2_begins_at_its_molecule_section() {
        let text = "# x\n@<TRIPOS>MOLECULE\na\n@<TRIPOS>ATOM\n\n@<TRIPOS>MOLECULE\nb\n";
        let (first, second) = text.split_at(text.rfind("@<TRIPOS>MOLECULE").unwrap());
        let want = [
            (Some(1), text_of(Format::Mol2, first, 1)),
            (Some(2), text_of(Format::Mol2, second, 6)),
        ];
        assert_eq!(records_of(Format::Mol2, text.as_bytes()), want);
    }

    #[test]
    fn a_smiles_is_a_line() {
        let got = records_of(Format::Smiles, b"# x\nCCO ethanol\n\nC");
        let text = |content, line| text_of(Format::Smiles, content, line);
        assert_eq!(
            got,
            [(Some(1), text("CCO ethanol\n", 2)), (Some(2), text("C", 4))]
        );
    }

    #[test]
    fn latin_1_is_understood() {
        let got = records_of(Format::Smiles, b"CCO \xe4thanol\n");
        assert_eq!(got, [(None, text_of(Format::Smiles, "CCO äthanol\n", 1))]);
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
            Format::Pdbqt,
            "MODEL\nENDMDL\nMODEL\nENDMDL\nMODEL\nENDMDL\n".as_bytes(),
            &mut |_| {
                seen += 1;
                ControlFlow::Break(())
            },
        );
        assert!(stopped.is_break() && seen == 1);
    }
}

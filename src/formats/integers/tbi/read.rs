//! Reads a `.tbi` file: the index when it is opened, then the blocks that are asked for.

use super::blocks::{Entry, Sections};
use super::{ENTRY, HEADER, Header, checksum};
use crate::integers::Array;
use crate::{Error, Result};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// An open file, its header and index checked.
#[derive(Debug)]
pub struct Reader {
    file: File,
    path: PathBuf,
    header: Header,
    index: Vec<Entry>,
}

impl Reader {
    /// Opens a file and reads its index.
    ///
    /// # Errors
    /// [`Error::File`]; [`Error::Parse`] where header or index are damaged, or bytes are missing.
    pub fn open(path: &Path) -> Result<Reader> {
        let file = File::open(path).map_err(Error::at(path))?;
        let length = file.metadata().map_err(Error::at(path))?.len();
        let mut reader = Reader {
            file,
            path: path.to_owned(),
            header: Header::default(),
            index: Vec::new(),
        };
        if length < HEADER {
            return Err(reader.wrong(format!(
                "the file ends within its header: {length} of {HEADER} bytes"
            )));
        }
        let header = reader.bytes(0, HEADER)?;
        reader.header = Header::read(&header).map_err(|what| reader.wrong(what))?;
        reader.read_index(length)?;
        Ok(reader)
    }

    fn read_index(&mut self, length: u64) -> Result<()> {
        let Header {
            blocks,
            index,
            index_checksum,
            ..
        } = self.header;
        let end = blocks
            .checked_mul(ENTRY)
            .and_then(|bytes| bytes.checked_add(index));
        match end {
            Some(end) if end < length => {
                return Err(self.wrong(format!("{} bytes behind the index", length - end)));
            }
            Some(end) if end == length => {}
            _ => {
                let expected = end.map_or(String::new(), |end| format!(" of {end}"));
                return Err(self.wrong(format!("the file is cut short: {length}{expected} bytes")));
            }
        }
        let bytes = self.bytes(index, length - index)?;
        if checksum(&bytes) != index_checksum {
            return Err(self.wrong("the index is damaged: its checksum is another"));
        }
        self.index = Entry::read_all(&bytes);
        match self.flaw() {
            Some(flaw) => Err(self.wrong(flaw)),
            None => Ok(()),
        }
    }

    /// What is wrong with an index whose checksum is right: another program wrote it so.
    fn flaw(&self) -> Option<&'static str> {
        let mut totals = Some([HEADER, 0, 0]);
        for entry in &self.index {
            if totals.is_none_or(|[position, ..]| position != entry.position) || entry.numbers == 0
            {
                return Some("the blocks of the index do not follow each other");
            }
            totals = totals.and_then(|[position, numbers, limbs]| {
                let position = position.checked_add(entry.bytes()?)?;
                Some([
                    position,
                    numbers.checked_add(entry.numbers)?,
                    limbs.checked_add(entry.limbs)?,
                ])
            });
        }
        let expected = [self.header.index, self.header.numbers, self.header.limbs];
        (totals != Some(expected)).then_some("the index and the header contradict each other")
    }

    fn wrong(&self, what: impl Into<String>) -> Error {
        Error::Parse {
            file: self.path.display().to_string(),
            line: 0,
            what: what.into(),
        }
    }

    fn bytes(&mut self, position: u64, count: u64) -> Result<Vec<u8>> {
        let mut bytes = vec![0; count as usize];
        let sought = self.file.seek(SeekFrom::Start(position));
        sought
            .and_then(|_| self.file.read_exact(&mut bytes))
            .map_err(Error::at(&self.path))?;
        Ok(bytes)
    }

    /// How many numbers the file holds.
    pub fn numbers(&self) -> u64 {
        self.header.numbers
    }

    /// How many limbs its numbers have in all.
    pub fn limbs(&self) -> u64 {
        self.header.limbs
    }

    /// How many blocks it has.
    pub fn blocks(&self) -> usize {
        self.index.len()
    }

    /// The numbers of block `at`, which must be below [`Reader::blocks`], checked.
    ///
    /// # Errors
    /// [`Error::Parse`] with the section that is damaged; [`Error::File`].
    pub fn block(&mut self, at: usize) -> Result<Array> {
        let entry = self.index[at];
        let sought = self.file.seek(SeekFrom::Start(entry.position));
        let sections = sought
            .and_then(|_| Sections::read(&entry, &mut self.file))
            .map_err(Error::at(&self.path))?;
        sections.array(&entry, at).map_err(|what| self.wrong(what))
    }

    /// Numbers `range` of the file; only the blocks that hold them are read.
    ///
    /// # Errors
    /// [`Error::Usage`] where the file has fewer numbers; those of [`Reader::block`].
    pub fn slice(&mut self, range: Range<u64>) -> Result<Array> {
        if range.start > range.end || range.end > self.numbers() {
            let (path, numbers) = (self.path.display(), self.numbers());
            return Err(Error::Usage(format!(
                "{path} has {numbers} numbers: {range:?} is not among them"
            )));
        }
        let mut slice = Array::new();
        let mut first = 0;
        for at in 0..self.blocks() {
            let next = first + self.index[at].numbers;
            let (start, end) = (range.start.max(first), range.end.min(next));
            if start < end {
                slice.extend(
                    self.block(at)?
                        .slice((start - first) as usize..(end - first) as usize),
                );
            }
            first = next;
        }
        Ok(slice)
    }
}

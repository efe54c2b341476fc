//! Files of integers read side by side in chunks; one that holds a single number is repeated.

use crate::formats::integers::{Ahead, CHUNK_LIMBS, CHUNK_NUMBERS, LineReader, Source, open};
use crate::integers::Array;
use crate::{Error, Result};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

/// Files that are read side by side.
pub struct Inputs {
    files: Vec<Input>,
    /// Numbers read so far of those that are not repeated.
    count: u64,
    ended: bool,
}

/// A file, and its number where it holds a single one, which is repeated.
struct Input {
    source: Ahead,
    name: String,
    single: Option<Array>,
}

/// Opens a file, or the lines of standard input for `-`.
///
/// # Errors
/// Those of [`open`].
pub fn source(path: &Path) -> Result<Box<dyn Source>> {
    match path.to_str() {
        Some("-") => Ok(Box::new(LineReader::new(
            BufReader::new(io::stdin()),
            "standard input",
        ))),
        _ => open(path),
    }
}

impl Input {
    fn open(path: &Path) -> Result<Input> {
        let mut source = Ahead::new(source(path)?);
        Ok(Input {
            single: source.only_number()?,
            source,
            name: path.display().to_string(),
        })
    }

    fn is_repeated(&self) -> bool {
        self.single.is_some()
    }

    fn next(&mut self, numbers: usize, limbs: usize) -> Result<Array> {
        match &self.single {
            Some(number) => Ok(number.clone()),
            None => self.source.next(numbers, limbs),
        }
    }
}

impl Inputs {
    /// Opens files, of which there is at least one.
    ///
    /// # Errors
    /// Those of opening them, and of reading their first numbers.
    pub fn open(paths: &[PathBuf]) -> Result<Inputs> {
        let files = paths
            .iter()
            .map(|path| Input::open(path))
            .collect::<Result<Vec<Input>>>()?;
        Ok(Inputs {
            files,
            count: 0,
            ended: false,
        })
    }

    /// Index of the next chunk's first element.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The next numbers of every file, equally many but for those that are repeated; none at the end.
    ///
    /// # Errors
    /// Those of reading, and [`Error::Usage`] where one file ends before another.
    pub fn next(&mut self) -> Result<Option<Vec<Array>>> {
        if self.ended {
            return Ok(None);
        }
        let leader = self.files.iter().position(|file| !file.is_repeated());
        self.ended = leader.is_none();
        let leader = leader.unwrap_or(0);
        let chunk = self.files[leader].next(CHUNK_NUMBERS, CHUNK_LIMBS)?;
        let length = chunk.len();
        // At the leader's end the others must have nothing more.
        let wanted = length.max(1);
        let mut chunk = Some(chunk);
        let mut chunks = Vec::new();
        for at in 0..self.files.len() {
            let next = match chunk.take_if(|_| at == leader) {
                Some(chunk) => chunk,
                None => self.all_of(at, wanted)?,
            };
            if next.len() != length && !self.files[at].is_repeated() {
                return Err(self.uneven(leader, length, at, next.len()));
            }
            chunks.push(next);
        }
        self.count += length as u64;
        Ok((length > 0).then_some(chunks))
    }

    /// So many numbers of a file, or what is left of it.
    fn all_of(&mut self, at: usize, wanted: usize) -> Result<Array> {
        let mut all = self.files[at].next(wanted, usize::MAX)?;
        while all.len() < wanted && !self.files[at].is_repeated() {
            let more = self.files[at].next(wanted - all.len(), usize::MAX)?;
            if more.is_empty() {
                break;
            }
            all.extend(more.view());
        }
        Ok(all)
    }

    fn uneven(&self, leader: usize, length: usize, other: usize, others: usize) -> Error {
        let (short, long, ends) = if others < length {
            (other, leader, others)
        } else {
            (leader, other, length)
        };
        let [short, long] = [short, long].map(|at| &self.files[at].name);
        let ends = self.count + ends as u64;
        Error::Usage(format!(
            "{short} ends after {ends} numbers, {long} goes on: files must have equally many, or one that is repeated"
        ))
    }
}

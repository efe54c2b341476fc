//! Parts: which pieces of a run's work are done, and their outputs.

use crate::whole_file::{UNFINISHED, write_whole_as};
use crate::{Error, Result};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process;
use std::time::SystemTime;

/// A piece of work: so many items from this one on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Part {
    /// Number of its first item, from 0.
    pub first: u64,
    /// Number of items, at least 1.
    pub count: u64,
}

impl Part {
    /// Number of the first item behind it.
    pub fn end(&self) -> u64 {
        self.first + self.count
    }
}

/// The folder of parts of one run. One process holds it; other ranks of that run may write in it.
pub struct Parts {
    folder: PathBuf,
    marker: &'static str,
    /// Tells what this process writes from what an orphan of a killed run may still be writing.
    writer: String,
    _lock: Option<File>,
}

impl Parts {
    /// Makes or opens the folder, locks it, and sweeps away what a killed process left unfinished.
    /// A part is done when its file with the ending `marker` exists.
    ///
    /// # Errors
    /// `Error::File` where the folder cannot be made or written, `Error::Usage` where another process holds it.
    pub fn open(folder: &Path, marker: &'static str) -> Result<Parts> {
        fs::create_dir_all(folder).map_err(Error::at(folder))?;
        let lock = lock(folder)?;
        for path in entries(folder)? {
            if path.to_string_lossy().ends_with(UNFINISHED) {
                fs::remove_file(&path).map_err(Error::at(&path))?;
            }
        }
        Ok(Parts {
            _lock: Some(lock),
            ..Parts::join(folder, marker)
        })
    }

    /// The folder that rank 0 of this run holds.
    pub fn join(folder: &Path, marker: &'static str) -> Parts {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let nanoseconds = now.map_or(0, |now| now.as_nanos());
        Parts {
            folder: folder.to_path_buf(),
            marker,
            writer: format!("{:x}-{nanoseconds:x}", process::id()),
            _lock: None,
        }
    }

    /// All parts that are done, by their first item.
    ///
    /// # Errors
    /// `Error::File` where the folder cannot be listed; `Error::Usage` where two parts overlap.
    pub fn finished(&self) -> Result<Vec<Part>> {
        let paths = entries(&self.folder)?;
        let mut parts: Vec<Part> = paths.iter().filter_map(|path| self.parse(path)).collect();
        parts.sort();
        match parts.windows(2).find(|pair| pair[0].end() > pair[1].first) {
            Some(pair) => Err(Error::Usage(format!(
                "{} and {} hold the same items; remove one of them",
                self.file(pair[0], self.marker).display(),
                self.file(pair[1], self.marker).display()
            ))),
            None => Ok(parts),
        }
    }

    /// Path of a part's output with this ending.
    pub fn file(&self, part: Part, ending: &str) -> PathBuf {
        self.folder
            .join(format!("part-{:010}-{}.{ending}", part.first, part.count))
    }

    /// Writes a part's outputs (ending, bytes); the one with the marker comes last, for it makes the part done.
    ///
    /// # Errors
    /// `Error::File`; the part is then not done.
    pub fn store(&self, part: Part, outputs: &[(&str, &[u8])]) -> Result<()> {
        let (markers, others): (Vec<_>, Vec<_>) = outputs
            .iter()
            .partition(|(ending, _)| *ending == self.marker);
        others
            .into_iter()
            .chain(markers)
            .try_for_each(|(ending, bytes)| {
                let path = self.file(part, ending);
                let temporary = format!("{ending}.{}{UNFINISHED}", self.writer);
                write_whole_as(&path, &self.file(part, &temporary), |writer| {
                    writer.write_all(bytes)
                })
            })
    }

    /// The part that this path marks as done.
    fn parse(&self, path: &Path) -> Option<Part> {
        let name = path.file_name()?.to_str()?;
        let numbers = name
            .strip_prefix("part-")?
            .strip_suffix(self.marker)?
            .strip_suffix('.')?;
        let (first, count) = numbers.split_once('-')?;
        Some(Part {
            first: first.parse().ok()?,
            count: count.parse().ok()?,
        })
    }
}

/// The lock belongs to the open file, so the system drops it however the process ends.
fn lock(folder: &Path) -> Result<File> {
    let path = folder.join(".lock");
    let file = File::create(&path).map_err(Error::at(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Usage(format!(
            "{}: another process is writing here; wait for it or choose another folder",
            folder.display()
        ))),
        // Some network file systems know no locks; a run without one is better than none.
        Err(TryLockError::Error(_)) => Ok(file),
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
        .map_err(Error::at(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(first: u64, count: u64) -> Part {
        Part { first, count }
    }

    #[test]
    fn a_part_is_done_when_its_marker_exists() {
        let folder = tempfile::tempdir().unwrap();
        let parts = Parts::open(folder.path(), "csv").unwrap();
        parts
            .store(part(7, 3), &[("csv", b"rows"), ("pdbqt", b"poses")])
            .unwrap();
        parts.store(part(0, 7), &[("csv", b"rows")]).unwrap();
        fs::write(parts.file(part(10, 1), "pdbqt"), b"no table yet").unwrap();
        assert_eq!(parts.finished().unwrap(), [part(0, 7), part(7, 3)]);
    }

    #[test]
    fn leftovers_are_swept_and_a_second_writer_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("part-0000000000-4.csv.partial"), b"half").unwrap();
        let parts = Parts::open(folder.path(), "csv").unwrap();
        assert!(parts.finished().unwrap().is_empty());
        assert!(!folder.path().join("part-0000000000-4.csv.partial").exists());
        let refused = Parts::open(folder.path(), "csv").err().unwrap().to_string();
        assert!(refused.contains("another process"), "{refused}");
    }

    #[test]
    fn overlapping_parts_are_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let parts = Parts::open(folder.path(), "csv").unwrap();
        parts.store(part(0, 7), &[("csv", b"")]).unwrap();
        parts.store(part(6, 1), &[("csv", b"")]).unwrap();
        assert!(
            parts
                .finished()
                .unwrap_err()
                .to_string()
                .contains("the same items")
        );
    }
}

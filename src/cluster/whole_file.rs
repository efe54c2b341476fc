//! Files that appear under their name only when they are whole.

use crate::{Error, Result};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Ending of names that a file bears while it is being written.
pub(super) const UNFINISHED: &str = ".partial";

/// Writes a file through `fill` under a temporary name in the same folder, then renames it to `path`.
///
/// # Errors
/// `Error::File` with `path`, and nothing under that name, where the disk is full or the folder cannot be written.
pub fn write_whole(
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> Result<()> {
    let temporary = temporary_name(path);
    write_and_rename(&temporary, path, fill).map_err(|error| {
        // Best effort: the first error is the one worth telling.
        let _ = fs::remove_file(&temporary);
        Error::at(path)(error)
    })
}

fn write_and_rename(
    temporary: &Path,
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> io::Result<()> {
    let mut writer = BufWriter::new(File::create(temporary)?);
    fill(&mut writer)?;
    writer.flush()?;
    // A rename may reach the disk before the data; a power cut must not leave a whole name on half a file.
    writer.get_ref().sync_all()?;
    fs::rename(temporary, path)
}

fn temporary_name(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(UNFINISHED);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_leaves_the_old_file_and_no_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.csv");
        write_whole(&path, |w| w.write_all(b"old")).unwrap();
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        let error = write_whole(&path, |w| w.write_all(b"ne").and(Err(full()))).unwrap_err();
        assert!(error.to_string().contains("table.csv"), "{error}");
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    }
}

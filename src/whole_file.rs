//! Files that appear under their name only when they are whole.

use crate::{Error, Result};
use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

/// Ending of names that a file bears while it is being written.
pub const UNFINISHED: &str = ".partial";

/// Writes a file through `fill` under a temporary name in the same folder, then renames it to `path`.
/// What is there and is no ordinary file (a pipe, a device) is written to as it is.
///
/// # Errors
/// [`Error::File`] with `path`, and nothing under that name, where the disk is full or the folder cannot be written.
pub fn write_whole(
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> Result<()> {
    if fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        return write(path, fill).map(drop).map_err(Error::at(path));
    }
    write_whole_as(path, &temporary_name(path), fill)
}

/// As [`write_whole`], under a temporary name in the same folder that the caller chooses: where several processes may
/// write the same file, each must have its own.
///
/// # Errors
/// Those of [`write_whole`].
pub fn write_whole_as(
    path: &Path,
    temporary: &Path,
    fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> Result<()> {
    write_and_rename(temporary, path, fill).map_err(|error| {
        // Best effort: the first error is the one worth telling.
        let _ = fs::remove_file(temporary);
        Error::at(path)(error)
    })
}

fn write_and_rename(
    temporary: &Path,
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> io::Result<()> {
    // A rename may reach the disk before the data; a power cut must not leave a whole name on half a file.
    write(temporary, fill)?.sync_all()?;
    fs::rename(temporary, path)
}

fn write(
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> io::Result<File> {
    let mut writer = BufWriter::new(File::create(path)?);
    fill(&mut writer)?;
    writer.into_inner().map_err(io::IntoInnerError::into_error)
}

fn temporary_name(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(UNFINISHED);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

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

    #[test]
    fn a_missing_folder_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("none").join("a.txt");
        let message = write_whole(&path, |_| Ok(())).unwrap_err().to_string();
        assert!(message.contains("none"), "{message}");
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to_and_stays_one() {
        let null = Path::new("/dev/null");
        write_whole(null, |w| w.write_all(b"away")).unwrap();
        assert!(!fs::metadata(null).unwrap().is_file());
    }
}

//! What the user named as a library: which files it stands for, and what they and their ligands are called.

use crate::{Error, Result};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const ARCHIVES: [&str; 5] = [".tar", ".tar.gz", ".tgz", ".tar.zst", ".tzst"];
const LIGANDS: [&str; 3] = [".pdbqt", ".pdbqt.gz", ".pdbqt.zst"];

/// One name that the user gave, and the files it stands for.
pub struct Shelf {
    /// The name, as given.
    pub name: String,
    /// The files, sorted.
    pub sources: Vec<Source>,
}

/// One file on disk.
pub struct Source {
    /// Where it lies.
    pub path: PathBuf,
    /// What the column `archive` says.
    pub archive: Arc<str>,
    /// `None` for an archive, whose members have names of their own.
    pub member: Option<Arc<str>>,
    /// Size on disk.
    pub bytes: u64,
}

impl Shelf {
    /// Finds the files of one name.
    ///
    /// # Errors
    /// `Error::File` where it is missing or unreadable, `Error::Usage` where it is no library file.
    pub fn find(path: &Path) -> Result<Shelf> {
        let name = printable(&path.display().to_string());
        let about = fs::metadata(path).map_err(Error::at(path))?;
        let mut sources = Vec::new();
        if about.is_dir() {
            gather(path, path, &mut sources)?;
            if sources.is_empty() {
                return Err(Error::Usage(format!(
                    "{name}: the folder holds no .pdbqt file and no archive"
                )));
            }
        } else {
            File::open(path).map_err(Error::at(path))?;
            sources.push(
                source(path, &name, file_name(path), about.len()).ok_or_else(|| {
                    let known = [&ARCHIVES[..], &LIGANDS].concat().join(", ");
                    Error::Usage(format!(
                        "{name}: not a library file; known are folders and {known}"
                    ))
                })?,
            );
        }
        Ok(Shelf { name, sources })
    }
}

/// Adds the library files below `folder`, sorted, hidden ones and links to folders left out.
fn gather(top: &Path, folder: &Path, sources: &mut Vec<Source>) -> Result<()> {
    let mut paths = fs::read_dir(folder)
        .and_then(|entries| {
            entries
                .map(|e| e.map(|e| e.path()))
                .collect::<std::io::Result<Vec<_>>>()
        })
        .map_err(Error::at(folder))?;
    paths.sort();
    for path in paths
        .into_iter()
        .filter(|path| !file_name(path).starts_with('.'))
    {
        let about = fs::metadata(&path).map_err(Error::at(&path))?;
        if about.is_dir() && !path.is_symlink() {
            gather(top, &path, sources)?;
        } else if about.is_file() {
            let member = path
                .strip_prefix(top)
                .unwrap_or(&path)
                .display()
                .to_string();
            sources.extend(source(
                &path,
                &top.display().to_string(),
                member,
                about.len(),
            ));
        }
    }
    Ok(())
}

/// `None` where the name is that of neither a ligand file nor an archive.
fn source(path: &Path, shelf: &str, member: String, bytes: u64) -> Option<Source> {
    let (archive, member) = if is_ligand(&member) {
        (shelf.into(), Some(member.into()))
    } else if ends_with_any(&member, &ARCHIVES) {
        (path.display().to_string().into(), None)
    } else {
        return None;
    };
    Some(Source {
        path: path.to_path_buf(),
        archive,
        member,
        bytes,
    })
}

/// A name that stays on one line of a table or a REMARK.
pub fn printable(name: &str) -> String {
    name.replace(char::is_control, "?")
}

/// Whether a member is a ligand file; hidden ones (`._x.pdbqt` of macOS) are not.
pub fn is_ligand(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    !file.starts_with('.') && ends_with_any(file, &LIGANDS)
}

fn ends_with_any(name: &str, endings: &[&str]) -> bool {
    let lower = name.to_ascii_lowercase();
    endings.iter().any(|ending| lower.ends_with(ending))
}

/// The last piece of a path.
pub fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// The file name without folders and without the ending that made it a library file.
pub fn stem(member: &str) -> &str {
    let file = member.rsplit(['/', '\\']).next().unwrap_or(member);
    let lower = file.to_ascii_lowercase();
    let known = LIGANDS
        .iter()
        .chain(&ARCHIVES)
        .filter(|ending| lower.ends_with(**ending));
    let ending = known.map(|ending| ending.len()).max().unwrap_or(0);
    &file[..file.len() - ending]
}

//! What the user named as a library: which files it stands for, and what they and their ligands are called.

use super::Format;
use super::format::ends_with;
use super::kind::{Kind, look};
use super::stream::decoded;
use crate::{Error, Result};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Endings of archives.
const ARCHIVES: [&str; 5] = [".tar", ".tar.gz", ".tgz", ".tar.zst", ".tzst"];

/// One name that the user gave, and the files it stands for.
#[derive(Clone)]
pub struct Shelf {
    /// The name, as given.
    pub name: String,
    /// The files, sorted.
    pub sources: Vec<Source>,
}

/// One file on disk.
#[derive(Clone)]
pub struct Source {
    /// Where it lies.
    pub path: PathBuf,
    /// What the column `archive` says.
    pub archive: Arc<str>,
    /// What the column `member` says where the file is no archive.
    pub member: Arc<str>,
    /// What it is; nothing for the standard input, which is looked at when it is read.
    pub kind: Option<Kind>,
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
        if path.as_os_str() == STANDARD_INPUT {
            let sources = vec![Source {
                path: path.to_path_buf(),
                archive: "stdin".into(),
                member: "stdin".into(),
                kind: None,
                bytes: 0,
            }];
            return Ok(Shelf { name, sources });
        }
        let about = fs::metadata(path).map_err(Error::at(path))?;
        let mut sources = Vec::new();
        if about.is_dir() {
            gather(path, path, &mut sources)?;
            if sources.is_empty() {
                return Err(Error::Usage(format!(
                    "{name}: the folder holds no ligand file ({}) and no archive",
                    Format::endings()
                )));
            }
        } else {
            File::open(path).map_err(Error::at(path))?;
            let file = file_name(path);
            let kind = match kind_of_name(&file) {
                Some(kind) => kind,
                None => kind_of_content(path)?,
            };
            sources.push(source(path, &name, file, kind, about.len()));
        }
        Ok(Shelf { name, sources })
    }
}

/// The name that stands for the standard input.
pub const STANDARD_INPUT: &str = "-";

/// What a file of an unknown name is.
fn kind_of_content(path: &Path) -> Result<Kind> {
    let file = File::open(path).map_err(Error::at(path))?;
    let spent = AtomicU64::new(0);
    let looked = decoded("", file, &spent).and_then(look);
    let (kind, _) = looked.map_err(Error::at(path))?;
    kind.ok_or_else(|| {
        Error::Usage(format!(
            "{}: not a library file; known are folders, {}, these compressed (.gz, .zst), and {}",
            path.display(),
            Format::endings(),
            ARCHIVES.join(", ")
        ))
    })
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
            let Some(kind) = kind_of_name(&member) else {
                continue;
            };
            let shelf = top.display().to_string();
            sources.push(source(&path, &shelf, member, kind, about.len()));
        }
    }
    Ok(())
}

fn source(path: &Path, shelf: &str, member: String, kind: Kind, bytes: u64) -> Source {
    let archive = match kind {
        Kind::Archive => path.display().to_string().into(),
        Kind::Records(_) => shelf.into(),
    };
    Source {
        path: path.to_path_buf(),
        archive,
        member: member.into(),
        kind: Some(kind),
        bytes,
    }
}

/// What a file of this name is; nothing where the name is that of neither a ligand file nor an archive.
fn kind_of_name(name: &str) -> Option<Kind> {
    match ligand_format(name) {
        Some(format) => Some(Kind::Records(format)),
        None => archive_ending(name).map(|_| Kind::Archive),
    }
}

/// A name that stays on one line of a table or a REMARK.
pub fn printable(name: &str) -> String {
    name.replace(char::is_control, "?")
}

/// The format of a member; none for what is no ligand file, and for hidden ones (`._x.pdbqt` of macOS).
pub fn ligand_format(name: &str) -> Option<Format> {
    let file = name.rsplit('/').next().unwrap_or(name);
    let (format, _) = Format::of_name(file).filter(|_| !file.starts_with('.'))?;
    Some(format)
}

/// Length of the ending that makes a file of this name an archive.
pub fn archive_ending(name: &str) -> Option<usize> {
    let found = ARCHIVES.iter().find(|ending| ends_with(name, ending));
    found.map(|ending| ending.len())
}

/// A member's path without the ending that made it a ligand file.
pub fn without_ending(member: &str) -> &str {
    let ending = Format::of_name(member).map_or(0, |(_, length)| length);
    &member[..member.len() - ending]
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
    let ligand = Format::of_name(file).map(|(_, length)| length);
    &file[..file.len() - ligand.or(archive_ending(file)).unwrap_or(0)]
}

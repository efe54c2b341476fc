//! A library: what the user named, in a fixed order, read as one stream of ligand records.

use super::stream::{Counted, decoded, explain};
use super::tarball::{Met, walk};
use super::{Item, models};
use crate::{Error, Result};
use std::fs::{self, File};
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const ARCHIVES: [&str; 5] = [".tar", ".tar.gz", ".tgz", ".tar.zst", ".tzst"];
const LIGANDS: [&str; 3] = [".pdbqt", ".pdbqt.gz", ".pdbqt.zst"];

/// Archives, ligand files and folders, found and readable when this was opened.
pub struct Library {
    shelves: Vec<Shelf>,
    consumed: AtomicU64,
    skipped: AtomicU64,
}

/// One name that the user gave, and the files it stands for.
struct Shelf {
    name: String,
    sources: Vec<Source>,
}

/// One file on disk.
struct Source {
    path: PathBuf,
    archive: Arc<str>,
    /// `None` for an archive, whose members have names of their own.
    member: Option<Arc<str>>,
    bytes: u64,
}

impl Library {
    /// Finds all files.
    ///
    /// # Errors
    /// `Error::File` for one that is missing or unreadable, `Error::Usage` for one of an unknown kind
    /// or a folder without any ligand file.
    pub fn open(paths: &[PathBuf]) -> Result<Library> {
        let shelves = paths
            .iter()
            .map(|path| shelf(path))
            .collect::<Result<_>>()?;
        Ok(Library {
            shelves,
            consumed: AtomicU64::new(0),
            skipped: AtomicU64::new(0),
        })
    }

    /// Bytes of all files, as they lie on disk.
    pub fn bytes(&self) -> u64 {
        self.shelves
            .iter()
            .flat_map(|shelf| &shelf.sources)
            .map(|source| source.bytes)
            .sum()
    }

    /// Archive members so far that are no PDBQT and were passed over.
    pub fn skipped(&self) -> u64 {
        self.skipped.load(Ordering::Relaxed)
    }

    /// For each name the user gave: it, and for each of its files the path and the bytes on disk.
    pub fn inventory(&self) -> impl Iterator<Item = (&str, Vec<(&Path, u64)>)> {
        self.shelves.iter().map(|shelf| {
            let files = shelf.sources.iter().map(|s| (s.path.as_path(), s.bytes));
            (shelf.name.as_str(), files.collect())
        })
    }

    /// Reads everything once, calling `visit` for each ligand record until it breaks off.
    pub fn read(&self, visit: &mut dyn FnMut(Item) -> ControlFlow<()>) -> ControlFlow<()> {
        self.consumed.store(0, Ordering::Relaxed);
        self.skipped.store(0, Ordering::Relaxed);
        for source in self.shelves.iter().flat_map(|shelf| &shelf.sources) {
            self.read_source(source, visit)?;
        }
        ControlFlow::Continue(())
    }

    fn read_source(
        &self,
        source: &Source,
        visit: &mut dyn FnMut(Item) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let opened = match File::open(&source.path) {
            _ if source.bytes == 0 => Err("the file is empty".to_string()),
            Ok(file) => decoded(
                &file_name(&source.path),
                Counted {
                    file,
                    read: &self.consumed,
                },
            )
            .map_err(|error| explain(&error)),
            Err(error) => Err(explain(&error)),
        };
        match (opened, &source.member) {
            (Err(what), _) => visit(self.broken(source, what)),
            (Ok(mut reader), Some(member)) => self.records(source, member, &mut reader, visit),
            (Ok(reader), None) => self.read_archive(source, reader, visit),
        }
    }

    fn read_archive(
        &self,
        source: &Source,
        reader: impl Read,
        visit: &mut dyn FnMut(Item) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let mut found = false;
        walk(reader, &mut |met| match met {
            Met::Member(name, bytes) if is_ligand(&name) => {
                found = true;
                let name = printable(&name);
                match decoded(&name, bytes) {
                    Ok(mut text) => self.records(source, &name.into(), &mut text, visit),
                    Err(error) => {
                        visit(self.item(source, &name.into(), None, Err(explain(&error))))
                    }
                }
            }
            Met::Member(..) => {
                self.skipped.fetch_add(1, Ordering::Relaxed);
                ControlFlow::Continue(())
            }
            Met::Broken(what) => {
                found = true;
                visit(self.broken(source, what))
            }
        })?;
        if found {
            return ControlFlow::Continue(());
        }
        visit(self.broken(source, "the archive holds no .pdbqt file".into()))
    }

    fn records(
        &self,
        source: &Source,
        member: &Arc<str>,
        reader: &mut dyn Read,
        visit: &mut dyn FnMut(Item) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        models::split(reader, &mut |(model, text)| {
            visit(self.item(source, member, model, text))
        })
    }

    fn item(
        &self,
        source: &Source,
        member: &Arc<str>,
        model: Option<usize>,
        text: std::result::Result<super::Text, String>,
    ) -> Item {
        let stem = stem(member);
        Item {
            archive: source.archive.clone(),
            member: member.clone(),
            name: model.map_or(stem.to_string(), |n| format!("{stem}_model{n}")),
            text,
            consumed: self.consumed.load(Ordering::Relaxed),
        }
    }

    /// An item that stands for a whole file.
    fn broken(&self, source: &Source, what: String) -> Item {
        let member = source
            .member
            .clone()
            .unwrap_or_else(|| file_name(&source.path).into());
        self.item(source, &member, None, Err(what))
    }
}

fn shelf(path: &Path) -> Result<Shelf> {
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
fn printable(name: &str) -> String {
    name.replace(char::is_control, "?")
}

/// Whether a member is a ligand file; hidden ones (`._x.pdbqt` of macOS) are not.
fn is_ligand(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    !file.starts_with('.') && ends_with_any(file, &LIGANDS)
}

fn ends_with_any(name: &str, endings: &[&str]) -> bool {
    let lower = name.to_ascii_lowercase();
    endings.iter().any(|ending| lower.ends_with(ending))
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// The file name without folders and without the ending that made it a library file.
fn stem(member: &str) -> &str {
    let file = member.rsplit(['/', '\\']).next().unwrap_or(member);
    let lower = file.to_ascii_lowercase();
    let known = LIGANDS
        .iter()
        .chain(&ARCHIVES)
        .filter(|ending| lower.ends_with(**ending));
    let ending = known.map(|ending| ending.len()).max().unwrap_or(0);
    &file[..file.len() - ending]
}

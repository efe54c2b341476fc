//! A library: what the user named, in a fixed order, read as one stream of ligand records.

use super::shelf::{Shelf, Source, file_name, is_ligand, printable, stem};
use super::stream::{Counted, decoded, explain};
use super::tarball::{Met, walk};
use super::{Item, models};
use crate::Result;
use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Archives, ligand files and folders, found and readable when this was opened.
pub struct Library {
    shelves: Vec<Shelf>,
    consumed: AtomicU64,
    skipped: AtomicU64,
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
            .map(|path| Shelf::find(path))
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

//! A library: what the user named, in a fixed order, read as one stream of ligand records.

use super::kind::{Kind, look};
use super::shelf::{Shelf, Source, file_name, ligand_format, printable, stem};
use super::stream::{Counted, decoded, explain, read_ahead};
use super::tarball::{Met, walk};
use super::{Format, Item, records};
use crate::Result;
use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Why a stream of unknown content cannot be read.
const NO_KIND: &str = "neither an archive nor PDBQT, SDF, MOL2 or SMILES";

/// Archives, ligand files and folders, found and readable when this was opened.
pub struct Library {
    shelves: Vec<Shelf>,
    consumed: AtomicU64,
    skipped: AtomicU64,
    /// Nanoseconds.
    decoding: AtomicU64,
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
            decoding: AtomicU64::new(0),
        })
    }

    /// The same files once more, to be read beside this one.
    pub fn again(&self) -> Library {
        Library {
            shelves: self.shelves.clone(),
            consumed: AtomicU64::new(0),
            skipped: AtomicU64::new(0),
            decoding: AtomicU64::new(0),
        }
    }

    /// Bytes of all files, as they lie on disk.
    pub fn bytes(&self) -> u64 {
        self.sources().map(|source| source.bytes).sum()
    }

    /// Archive members so far that are no ligand files and were passed over.
    pub fn skipped(&self) -> u64 {
        self.skipped.load(Ordering::Relaxed)
    }

    /// Time that compressed files took so far, in all readings, to be read and decompressed.
    pub fn decoding(&self) -> Duration {
        Duration::from_nanos(self.decoding.load(Ordering::Relaxed))
    }

    /// For each name the user gave: it, and for each of its files the path and the bytes on disk.
    pub fn inventory(&self) -> impl Iterator<Item = (&str, Vec<(&Path, u64)>)> {
        self.shelves.iter().map(|shelf| {
            let files = shelf.sources.iter().map(|s| (s.path.as_path(), s.bytes));
            (shelf.name.as_str(), files.collect())
        })
    }

    /// The files' names in the column `archive`, in the order in which they are read.
    pub fn archives(&self) -> impl Iterator<Item = &Arc<str>> {
        self.sources().map(|source| &source.archive)
    }

    /// Reads everything once, calling `visit` for each ligand record until it breaks off.
    pub fn read(&self, visit: &mut dyn FnMut(Item) -> ControlFlow<()>) -> ControlFlow<()> {
        self.read_from(0, &mut |_, item| visit(item))
    }

    /// As [`Library::read`], beginning with this file of [`Library::archives`]; `visit` gets the number of the file too.
    pub fn read_from(
        &self,
        first: usize,
        visit: &mut dyn FnMut(usize, Item) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        self.consumed.store(0, Ordering::Relaxed);
        self.skipped.store(0, Ordering::Relaxed);
        for (number, source) in self.sources().enumerate().skip(first) {
            self.read_source(source, &mut |item| visit(number, item))?;
        }
        ControlFlow::Continue(())
    }

    fn sources(&self) -> impl Iterator<Item = &Source> {
        self.shelves.iter().flat_map(|shelf| &shelf.sources)
    }

    fn read_source(
        &self,
        source: &Source,
        visit: &mut dyn FnMut(Item) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let opened = self.open_source(source);
        let looked = match (opened, source.kind) {
            (Ok(reader), Some(kind)) => Ok((Some(kind), reader)),
            (Ok(reader), None) => look(reader).map_err(|error| explain(&error)),
            (Err(what), _) => Err(what),
        };
        match looked {
            Err(what) => visit(self.broken(source, what)),
            Ok((Some(Kind::Archive), reader)) => self.read_archive(source, reader, visit),
            Ok((Some(Kind::Records(format)), mut reader)) => {
                self.records(source, &source.member, format, &mut reader, visit)
            }
            Ok((None, _)) => visit(self.broken(source, NO_KIND.into())),
        }
    }

    /// The file's bytes, their compression undone.
    fn open_source(&self, source: &Source) -> std::result::Result<Box<dyn Read + '_>, String> {
        let counted = |file: Box<dyn Read>| Counted {
            file,
            read: &self.consumed,
        };
        let (name, file): (String, Box<dyn Read>) = match source.kind {
            None => (String::new(), Box::new(std::io::stdin())),
            Some(_) if source.bytes == 0 => return Err("the file is empty".into()),
            Some(_) => {
                let file = File::open(&source.path).map_err(|error| explain(&error))?;
                (file_name(&source.path), Box::new(file))
            }
        };
        decoded(&name, read_ahead(counted(file)), &self.decoding).map_err(|error| explain(&error))
    }

    fn read_archive(
        &self,
        source: &Source,
        reader: impl Read,
        visit: &mut dyn FnMut(Item) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let mut found = false;
        walk(reader, &mut |met| match met {
            Met::Member(name, bytes) => match ligand_format(&name) {
                Some(format) => {
                    found = true;
                    self.member(source, &printable(&name).into(), format, bytes, visit)
                }
                None => {
                    self.skipped.fetch_add(1, Ordering::Relaxed);
                    ControlFlow::Continue(())
                }
            },
            Met::Broken(what) => {
                found = true;
                visit(self.broken(source, what))
            }
        })?;
        if found {
            return ControlFlow::Continue(());
        }
        visit(self.broken(
            source,
            format!("the archive holds no ligand file ({})", Format::endings()),
        ))
    }

    fn member(
        &self,
        source: &Source,
        name: &Arc<str>,
        format: Format,
        bytes: &mut dyn Read,
        visit: &mut dyn FnMut(Item) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        match decoded(name, bytes, &self.decoding) {
            Ok(mut text) => self.records(source, name, format, &mut text, visit),
            Err(error) => visit(self.item(source, name, None, Err(explain(&error)))),
        }
    }

    fn records(
        &self,
        source: &Source,
        member: &Arc<str>,
        format: Format,
        reader: &mut dyn Read,
        visit: &mut dyn FnMut(Item) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        records::split(format, reader, &mut |(model, text)| {
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
        let counter = match ligand_format(member) {
            Some(Format::Pdbqt) => "_model",
            _ => "_",
        };
        Item {
            archive: source.archive.clone(),
            member: member.clone(),
            record: model.unwrap_or(1),
            several: model.is_some(),
            name: model.map_or(stem.to_string(), |n| format!("{stem}{counter}{n}")),
            text,
            consumed: self.consumed.load(Ordering::Relaxed),
        }
    }

    /// An item that stands for a whole file.
    fn broken(&self, source: &Source, what: String) -> Item {
        let member = match source.kind {
            Some(Kind::Archive) => file_name(&source.path).into(),
            _ => source.member.clone(),
        };
        self.item(source, &member, None, Err(what))
    }
}

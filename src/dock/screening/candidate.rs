//! Candidates: the library's records parsed into ligands, prepared where they are not, ahead of the docking.

use crate::archive::{Format, Item, Library, Text};
use crate::cluster::Part;
use crate::formats::pdbqt;
use crate::molecule::Ligand;
use crate::preparation::{self, prepare_record};
use crate::{Error, Result};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::SyncSender;

/// One record of the library and what docking needs of it.
pub struct Candidate {
    /// Where it comes from.
    pub origin: Origin,
    /// The ligand, or the reason why there is none.
    pub ligand: std::result::Result<Ligand, String>,
    /// Compressed bytes of the library read so far.
    pub consumed: u64,
}

/// Where a ligand comes from.
pub struct Origin {
    /// Number of the record in the library, from 0.
    pub item: u64,
    /// Archive, file or folder as the user named it.
    pub archive: String,
    /// Path inside it.
    pub member: String,
    /// Name of the ligand.
    pub name: String,
    /// What was done to it that its record did not ask for.
    pub notes: Vec<String>,
}

/// Reads the library through; sends what no part of `done` (sorted) covers; sets `count` at the very end.
pub fn read_candidates(
    library: &Library,
    done: &[Part],
    options: &preparation::Options,
    queue: SyncSender<Candidate>,
    count: &AtomicU64,
) {
    let mut number = 0;
    let mut done = done.iter().peekable();
    let end = library.read(&mut |item| {
        let this = number;
        number += 1;
        while done.next_if(|part| part.end() <= this).is_some() {}
        if done.peek().is_some_and(|part| part.first <= this) {
            return ControlFlow::Continue(());
        }
        match queue.send(candidate(this, item, options)) {
            Ok(()) => ControlFlow::Continue(()),
            // Nobody docks any more: an error elsewhere ends the run.
            Err(_) => ControlFlow::Break(()),
        }
    });
    if end.is_continue() {
        count.store(number, Ordering::Release);
    }
}

/// The candidate that a record is.
pub fn candidate(number: u64, item: Item, options: &preparation::Options) -> Candidate {
    let read = match &item.text {
        Ok(text) => ligand(text, &item, options).map_err(|error| error.to_string()),
        Err(what) => Err(format!("{}: {what}", item.member)),
    };
    let (ligand, notes) = match read {
        Ok((ligand, notes)) => (Ok(ligand), notes),
        Err(what) => (Err(what), Vec::new()),
    };
    let origin = Origin {
        item: number,
        archive: item.archive.to_string(),
        member: item.member.to_string(),
        name: ligand
            .as_ref()
            .map_or(item.name, |ligand| ligand.name.clone()),
        notes,
    };
    Candidate {
        origin,
        ligand,
        consumed: item.consumed,
    }
}

/// The ligand of one record, and the notes of its preparation. Molecules that are drawn go by their titles, for a file
/// may hold a million of them.
fn ligand(
    text: &Text,
    item: &Item,
    options: &preparation::Options,
) -> Result<(Ligand, Vec<String>)> {
    if text.format == Format::Pdbqt {
        return Ok((parse(text, &item.member, &item.name)?, Vec::new()));
    }
    let prepared = prepare_record(text, options).map_err(|refused| refused.at(&item.member))?;
    let name = match prepared.name.is_empty() {
        true => &item.name,
        false => &prepared.name,
    };
    let text = Text {
        format: Format::Pdbqt,
        content: prepared.text,
        first_line: 1,
    };
    Ok((parse(&text, &item.member, name)?, prepared.notes))
}

/// The ligand of one record, under the name that keys its random numbers; errors give lines of the whole file.
fn parse(text: &Text, member: &str, name: &str) -> Result<Ligand> {
    let wrong = |what: &str| Error::Parse {
        file: member.into(),
        line: 0,
        what: what.into(),
    };
    let mut ligands = pdbqt::read_ligands(&text.content, member).map_err(|error| match error {
        Error::Parse { file, line, what } if line > 0 => Error::Parse {
            file,
            line: line + text.first_line - 1,
            what,
        },
        other => other,
    })?;
    let ligand = ligands.pop().ok_or_else(|| wrong("holds no ligand"))?;
    match ligands.is_empty() {
        true => Ok(Ligand {
            name: name.to_string(),
            ..ligand
        }),
        false => Err(wrong("holds several ligands without MODEL records")),
    }
}

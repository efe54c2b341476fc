//! The library's records in blocks that become parts, read ahead of the preparation.

use super::Packing;
use super::names::{ArchiveNames, MemberNames};
use super::stages::{Stage, Stages};
use crate::archive::{Item, Library};
use crate::cluster::Part;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::SyncSender;
use std::time::{Duration, Instant};

/// Records of a block where archives are kept as they are read.
const BLOCK: usize = 1000;
/// A block ends early beyond so many bytes of text, so that memory stays bounded.
const LARGEST_TEXT: usize = 64 << 20;

/// One record and where its ligand goes.
pub struct Job {
    /// The record.
    pub item: Item,
    /// Path of the ligand in its archive.
    pub path: String,
}

/// Records that follow one another and go into one archive.
pub struct JobBlock {
    /// Number of the first record in the library.
    pub first: u64,
    /// The records.
    pub jobs: Vec<Job>,
    /// The archive they go into; nothing where the block is an archive by itself.
    pub archive: Option<Arc<str>>,
    bytes: usize,
}

/// Reads the library through; sends what no part of `done` (sorted) covers; sets `count` at the very end.
pub fn read(
    library: &Library,
    done: &[Part],
    packing: Packing,
    queue: SyncSender<JobBlock>,
    count: &AtomicU64,
    stages: &Stages,
) {
    let start = Instant::now();
    let mut reader = Reader {
        done,
        packing,
        queue,
        number: 0,
        archives: ArchiveNames::default(),
        members: MemberNames::default(),
        block: None,
        waited: Duration::ZERO,
    };
    let end = library.read(&mut |item| reader.take(item));
    if end.is_continue() && reader.send().is_continue() {
        count.store(reader.number, Ordering::Release);
    }
    let (busy, decoding) = (start.elapsed() - reader.waited, library.decoding());
    stages.add(Stage::Decompression, decoding);
    stages.add(Stage::Cutting, busy.saturating_sub(decoding));
}

struct Reader<'a> {
    done: &'a [Part],
    packing: Packing,
    queue: SyncSender<JobBlock>,
    /// Records read so far.
    number: u64,
    archives: ArchiveNames,
    members: MemberNames,
    block: Option<JobBlock>,
    /// Time in which nobody wanted another block.
    waited: Duration,
}

impl Reader<'_> {
    fn take(&mut self, item: Item) -> ControlFlow<()> {
        let number = self.number;
        self.number += 1;
        // Names depend on those before: they are given to records of finished parts too.
        let (archive, path) = self.names(number, &item);
        if self.is_done(number) {
            return self.send();
        }
        if (self.block.as_ref()).is_some_and(|block| block.archive != archive) {
            self.send()?;
        }
        let block = self.block.get_or_insert_with(|| JobBlock {
            first: number,
            jobs: Vec::new(),
            archive,
            bytes: 0,
        });
        block.bytes += item.text.as_ref().map_or(0, |text| text.content.len());
        block.jobs.push(Job { item, path });
        let full = match self.packing {
            Packing::AsRead => block.jobs.len() >= BLOCK || block.bytes >= LARGEST_TEXT,
            Packing::Packs(records) => block.jobs.len() >= records,
        };
        match full {
            true => self.send(),
            false => ControlFlow::Continue(()),
        }
    }

    /// The archive that a record goes into, where it has a name yet, and the path there.
    fn names(&mut self, number: u64, item: &Item) -> (Option<Arc<str>>, String) {
        let (archive, label) = match self.packing {
            Packing::AsRead => (Some(self.archives.of(&item.archive)), item.archive.clone()),
            // Named as what it becomes, an archive of its own.
            Packing::Packs(records) => (None, format!("{}.tar", number / records as u64).into()),
        };
        let record = item.several.then_some(item.record);
        (archive, self.members.of(&label, &item.member, record))
    }

    fn is_done(&mut self, number: u64) -> bool {
        while self.done.first().is_some_and(|part| part.end() <= number) {
            self.done = &self.done[1..];
        }
        self.done.first().is_some_and(|part| part.first <= number)
    }

    /// Sends the block that is being filled; breaks off where nobody prepares any more: an error elsewhere ends the run.
    fn send(&mut self) -> ControlFlow<()> {
        let Some(block) = self.block.take() else {
            return ControlFlow::Continue(());
        };
        let start = Instant::now();
        let sent = self.queue.send(block);
        self.waited += start.elapsed();
        match sent {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}

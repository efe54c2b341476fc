//! The library's records in blocks that become parts, read ahead of the preparation.

use super::Packing;
use super::naming::{Names, Naming};
use super::stages::Stages;
use crate::archive::{Item, Library};
use crate::cluster::Part;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::SyncSender;
use std::time::{Duration, Instant};

/// Records of a block where archives are kept as they are read.
const BLOCK: u64 = 1000;
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

impl JobBlock {
    /// Whether it takes so much memory that it ends early.
    pub fn is_large(&self) -> bool {
        self.bytes >= LARGEST_TEXT
    }

    /// Adds a record to the block, or to a new one.
    pub fn push(block: &mut Option<JobBlock>, number: u64, item: Item, names: Names) {
        let (archive, path) = names;
        let block = block.get_or_insert_with(|| JobBlock {
            first: number,
            jobs: Vec::new(),
            archive,
            bytes: 0,
        });
        block.bytes += item.text.as_ref().map_or(0, |text| text.content.len());
        block.jobs.push(Job { item, path });
    }
}

/// Records of a part, counted from where an archive or a pack begins.
pub fn part_size(packing: Packing) -> u64 {
    match packing {
        Packing::AsRead => BLOCK,
        Packing::Packs(records) => records as u64,
    }
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
        origins: Origins::default(),
        naming: Naming::new(library, packing),
        block: None,
        waited: Duration::ZERO,
    };
    let end = library.read_from(0, &mut |file, item| reader.take(file, item));
    if end.is_continue() && reader.send().is_continue() {
        count.store(reader.number, Ordering::Release);
    }
    stages.add_reading(start.elapsed() - reader.waited, library);
}

struct Reader<'a> {
    done: &'a [Part],
    packing: Packing,
    queue: SyncSender<JobBlock>,
    /// Records read so far.
    number: u64,
    origins: Origins,
    naming: Naming,
    block: Option<JobBlock>,
    /// Time in which nobody wanted another block.
    waited: Duration,
}

impl Reader<'_> {
    fn take(&mut self, file: usize, item: Item) -> ControlFlow<()> {
        let number = self.number;
        self.number += 1;
        // Names depend on those before: they are given to records of finished parts too.
        let names = self.naming.names(number, file, &item);
        let origin = self.origins.of(number, names.0.as_ref());
        if self.is_done(number) || number == origin {
            self.send()?;
        }
        if self.is_done(number) {
            return ControlFlow::Continue(());
        }
        JobBlock::push(&mut self.block, number, item, names);
        let at_bound = (self.number - origin).is_multiple_of(part_size(self.packing));
        let is_large = self.block.as_ref().is_some_and(JobBlock::is_large);
        match at_bound || is_large && self.packing == Packing::AsRead {
            true => self.send(),
            false => ControlFlow::Continue(()),
        }
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

/// Where parts are counted from: the record with which an archive begins, or the first of all where packs are made.
#[derive(Default)]
pub struct Origins {
    archive: Option<(Arc<str>, u64)>,
}

impl Origins {
    /// That of the next record, which goes into this archive; nothing where packs are made.
    pub fn of(&mut self, number: u64, archive: Option<&Arc<str>>) -> u64 {
        match (archive, &self.archive) {
            (None, _) => 0,
            (Some(archive), Some((last, origin))) if archive == last => *origin,
            (Some(archive), _) => {
                self.archive = Some((archive.clone(), number));
                number
            }
        }
    }
}

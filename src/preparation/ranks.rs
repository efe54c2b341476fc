//! A rank's share of a preparation: it reads, prepares and stores the parts that it is dealt.

use super::block::Block;
use super::naming::Naming;
use super::queue::JobBlock;
use super::stages::Stages;
use super::{Options, Output, Packing};
use crate::archive::{Follower, Item, Library, Stretch};
use crate::cluster::{Desk, Part, Task};
use crate::{Error, Result};
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

/// A part's records, or as many of them as memory is for.
struct Piece {
    part: Part,
    jobs: Option<JobBlock>,
    last: bool,
}

/// Does the parts that come to this rank's desk.
///
/// # Errors
/// Where a thread ended early: what befalls a part is told at the desk.
pub fn work(
    library: &Library,
    output: &Output,
    packing: Packing,
    options: &Options,
    stages: &Stages,
    desk: &Desk,
) -> Result<()> {
    thread::scope(|scope| {
        let (reader, read) = sync_channel::<Piece>(1);
        let (prepared, blocks) = sync_channel(1);
        scope.spawn(move || {
            let start = Instant::now();
            let mut reader = Reader {
                desk,
                queue: reader,
                naming: Naming::new(library, packing),
                packing,
                task: None,
                block: None,
                waited: Duration::ZERO,
            };
            library.follow(&mut reader);
            stages.add_reading(start.elapsed() - reader.waited, library);
        });
        scope.spawn(move || store(output, stages, desk, blocks));
        prepare(options, stages, desk, read, prepared)
    })
}

/// Prepares what was read and is still this rank's.
fn prepare(
    options: &Options,
    stages: &Stages,
    desk: &Desk,
    read: Receiver<Piece>,
    prepared: SyncSender<(Part, Option<Block>, bool)>,
) -> Result<()> {
    let mut current = None;
    for piece in read {
        let ours = match current {
            Some((part, ours)) if part == piece.part => ours,
            _ => desk.begin(piece.part),
        };
        current = (!piece.last).then_some((piece.part, ours));
        if !ours {
            continue;
        }
        let block = piece.jobs.map(|jobs| Block::prepare(jobs, options, stages));
        let sent = prepared.send((piece.part, block, piece.last));
        sent.map_err(|_| Error::Usage("a worker thread ended early; please report this".into()))?;
    }
    Ok(())
}

fn store(
    output: &Output,
    stages: &Stages,
    desk: &Desk,
    blocks: Receiver<(Part, Option<Block>, bool)>,
) {
    let mut flaw = None;
    for (part, block, last) in blocks {
        if let (Some(block), None) = (block, &flaw) {
            flaw = block.store(&output.parts, stages).err();
        }
        if last {
            match flaw.take() {
                None => desk.done(part),
                Some(error) => desk.failed(part, error.to_string()),
            }
        }
    }
}

/// Reads a part while another is prepared.
struct Reader<'a> {
    desk: &'a Desk,
    queue: SyncSender<Piece>,
    naming: Naming,
    packing: Packing,
    task: Option<Task>,
    block: Option<JobBlock>,
    /// Time in which there was no part to read, or nobody wanted another piece.
    waited: Duration,
}

impl Reader<'_> {
    fn send(&mut self, last: bool) -> ControlFlow<()> {
        let jobs = self.block.take();
        let start = Instant::now();
        let sent = self.task.map(|task| {
            let part = task.part;
            self.queue.send(Piece { part, jobs, last })
        });
        self.waited += start.elapsed();
        match sent {
            Some(Ok(())) => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        }
    }
}

impl Follower for Reader<'_> {
    fn next(&mut self) -> Option<Stretch> {
        let start = Instant::now();
        self.task = self.desk.next();
        self.waited += start.elapsed();
        self.task.map(|task| Stretch {
            file: task.file,
            file_first: task.file_first,
            records: task.part.first..task.part.end(),
        })
    }

    fn restarted(&mut self) {
        self.naming.restart();
    }

    fn passed(&mut self, number: u64, file: usize, item: &Item) {
        self.naming.names(number, file, item);
    }

    fn record(&mut self, number: u64, file: usize, item: Item) -> ControlFlow<()> {
        let names = self.naming.names(number, file, &item);
        JobBlock::push(&mut self.block, number, item, names);
        let is_large = self.block.as_ref().is_some_and(JobBlock::is_large);
        match is_large && self.packing == Packing::AsRead {
            true => self.send(false),
            false => ControlFlow::Continue(()),
        }
    }

    fn ended(&mut self, whole: bool) -> ControlFlow<()> {
        if whole {
            return self.send(true);
        }
        self.block = None;
        if let Some(task) = self.task {
            let reason = "the library has become shorter".into();
            self.desk.failed(task.part, reason);
        }
        ControlFlow::Continue(())
    }
}

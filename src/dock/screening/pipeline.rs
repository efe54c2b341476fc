//! Reading, docking and storing of a library, one thread each, so that the device never waits for a disk.

use super::block::Block;
use super::candidate::{Candidate, read_candidates};
use super::pace::Pace;
use super::{Engine, Options, Output};
use crate::archive::Library;
use crate::cluster::{Part, Progress};
use crate::{Error, Result};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, ScopedJoinHandle};

/// Candidates that the reader may be ahead of the docking: memory stays bounded, blocks start at once.
const READ_AHEAD: usize = 2048;

/// Docks what no part of `done` covers. Returns the number of records in the library.
pub fn run(
    engine: &dyn Engine,
    library: &Library,
    output: &Output,
    done: &[Part],
    options: &Options,
    watch: &mut dyn FnMut(Progress),
) -> Result<u64> {
    let count = AtomicU64::new(0);
    thread::scope(|scope| {
        let (candidates, queue) = sync_channel(READ_AHEAD);
        let (blocks, finished) = sync_channel::<Block>(1);
        let reader = scope
            .spawn(|| read_candidates(library, done, &options.preparation, candidates, &count));
        let writer = scope.spawn(|| {
            finished
                .into_iter()
                .try_for_each(|b| b.store(&output.parts))
        });
        let outcome = Docker {
            engine,
            library,
            count: &count,
            resumed: done.iter().map(|part| part.count).sum(),
            pace: Pace::new(options.block),
        }
        .run(queue, blocks, watch);
        // A full disk stops the docking too, and is the cause worth telling.
        joined(writer)??;
        outcome?;
        joined(reader)?;
        Ok(count.load(Ordering::Acquire))
    })
}

fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> Result<T> {
    thread
        .join()
        .map_err(|_| Error::Usage("a worker thread ended early; please report this".into()))
}

/// The middle of the pipe: takes candidates, docks them a block at a time, passes the blocks on.
struct Docker<'a> {
    engine: &'a dyn Engine,
    library: &'a Library,
    count: &'a AtomicU64,
    resumed: u64,
    pace: Pace,
}

impl Docker<'_> {
    fn run(
        mut self,
        queue: Receiver<Candidate>,
        blocks: SyncSender<Block>,
        watch: &mut dyn FnMut(Progress),
    ) -> Result<()> {
        let mut next = queue.recv().ok();
        let mut fresh = 0;
        while let Some(first) = next.take() {
            let mut block = vec![first];
            next = gather(&queue, &mut block, self.pace.size());
            let last = block[block.len() - 1].consumed;
            let block = self.pace.time(|| Block::dock(self.engine, block))?;
            fresh += block.part().count;
            watch(self.progress(fresh, last));
            if blocks.send(block).is_err() {
                break;
            }
        }
        Ok(())
    }

    fn progress(&self, fresh: u64, consumed: u64) -> Progress {
        let count = self.count.load(Ordering::Acquire);
        Progress::new(self.resumed, fresh, count, consumed, self.library.bytes())
    }
}

/// Fills a block with candidates that follow one another; returns the first that no longer belongs to it.
fn gather(
    queue: &Receiver<Candidate>,
    block: &mut Vec<Candidate>,
    size: usize,
) -> Option<Candidate> {
    for candidate in queue {
        let follows = candidate.origin.item == block[block.len() - 1].origin.item + 1;
        if block.len() >= size || !follows {
            return Some(candidate);
        }
        block.push(candidate);
    }
    None
}

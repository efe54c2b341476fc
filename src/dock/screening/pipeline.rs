//! Reading, docking and storing of a library, one thread each, so that the device never waits for a disk.

use super::block::Block;
use super::candidate::{Candidate, read_candidates};
use super::pace::Pace;
use super::{Engine, Options, Output};
use crate::archive::Library;
use crate::cluster::{Part, Progress};
use crate::{Error, Result};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};

/// Candidates that the reader may be ahead of the docking: memory stays bounded, blocks start at once.
const READ_AHEAD: usize = 2048;

/// What came of reading and docking.
pub struct Docked {
    /// Records in the library.
    pub records: u64,
    /// Time in which the docking had to wait for candidates.
    pub waited: Duration,
}

/// Docks what no part of `done` covers.
pub fn run(
    engine: &dyn Engine,
    library: &Library,
    output: &Output,
    done: &[Part],
    options: &Options,
    watch: &mut dyn FnMut(Progress),
) -> Result<Docked> {
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
        .run(Candidates::new(queue), blocks, watch);
        // A full disk stops the docking too, and is the cause worth telling.
        joined(writer)??;
        let waited = outcome?;
        joined(reader)?;
        Ok(Docked {
            records: count.load(Ordering::Acquire),
            waited,
        })
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
    /// Returns how long it had to wait for candidates.
    fn run(
        mut self,
        mut candidates: Candidates,
        blocks: SyncSender<Block>,
        watch: &mut dyn FnMut(Progress),
    ) -> Result<Duration> {
        let mut fresh = 0;
        while let Some(block) = candidates.block(self.pace.size()) {
            let last = block[block.len() - 1].consumed;
            let block = self.pace.time(|| Block::dock(self.engine, block))?;
            fresh += block.part().count;
            watch(self.progress(fresh, last));
            if blocks.send(block).is_err() {
                break;
            }
        }
        Ok(candidates.waited)
    }

    fn progress(&self, fresh: u64, consumed: u64) -> Progress {
        let count = self.count.load(Ordering::Acquire);
        Progress::new(self.resumed, fresh, count, consumed, self.library.bytes())
    }
}

/// What the reader sends, in blocks.
struct Candidates {
    queue: Receiver<Candidate>,
    /// Taken from the queue, and no part of the block before: items between the two are done already.
    held: Option<Candidate>,
    waited: Duration,
}

impl Candidates {
    fn new(queue: Receiver<Candidate>) -> Self {
        Candidates {
            queue,
            held: None,
            waited: Duration::ZERO,
        }
    }

    /// Up to `size` candidates that follow one another; nothing at the end of the library.
    fn block(&mut self, size: usize) -> Option<Vec<Candidate>> {
        let mut block = vec![self.next()?];
        while block.len() < size {
            let last = block[block.len() - 1].origin.item;
            match self.next() {
                Some(candidate) if candidate.origin.item == last + 1 => block.push(candidate),
                other => {
                    self.held = other;
                    break;
                }
            }
        }
        Some(block)
    }

    fn next(&mut self) -> Option<Candidate> {
        if let Some(held) = self.held.take() {
            return Some(held);
        }
        match self.queue.try_recv() {
            Err(TryRecvError::Empty) => {
                let start = Instant::now();
                let candidate = self.queue.recv();
                self.waited += start.elapsed();
                candidate.ok()
            }
            ready => ready.ok(),
        }
    }
}

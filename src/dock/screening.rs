//! Screening: a library is read, docked block by block, and ranked; a run that was killed goes on.

mod block;
mod candidate;
mod pace;
mod poses;
mod ranking;
mod row;

pub use row::{Row, Status};

use super::Docking;
use crate::archive::Library;
use crate::cluster::{Part, Parts};
use crate::molecule::Ligand;
use crate::report::Table;
use crate::{Error, Result};
use block::Block;
use candidate::{Candidate, read_candidates};
use pace::Pace;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, ScopedJoinHandle};

/// Candidates that the reader may be ahead of the docking: memory stays bounded, blocks start at once.
const READ_AHEAD: usize = 2048;

/// What docks: a site (receptor, box, settings) made ready on a device.
pub trait Engine {
    /// Docks a block; results in the same order, one `Err` for each bad ligand. A result must depend on the
    /// ligand (its `name` keys the random numbers) and not on its neighbours in the block. Lost devices and
    /// missing memory are handled inside; an outer `Err` ends the screen.
    fn dock(&self, ligands: &[Ligand]) -> Result<Vec<Result<Docking>>>;
}

/// How to screen; none of this changes a ligand's result.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Poses in `top.pdbqt`.
    pub top: usize,
    /// Ligand records a block; `None` finds a size that makes a part every few tens of seconds.
    pub block: Option<usize>,
}

/// Where a screen stands after a block.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Records with a row by now, those of an earlier run included.
    pub finished: u64,
    /// Those of this run alone.
    pub fresh: u64,
    /// Records of the whole library: counted once it is read to its end, estimated by bytes before.
    pub total: u64,
}

/// What came of a screen.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The final table, ranked.
    pub table: Table,
    /// Rows of all.
    pub ligands: u64,
    /// Rows that failed.
    pub failed: u64,
    /// Rows that an earlier run had finished.
    pub resumed: u64,
}

/// The folder of a screen: the final files, and below it the parts.
pub struct Output {
    folder: PathBuf,
    parts: Parts,
}

impl Output {
    /// Makes or opens the folder and holds it for this process alone.
    ///
    /// # Errors
    /// `Error::File` where it cannot be written, `Error::Usage` where another process writes in it.
    pub fn open(folder: &Path) -> Result<Output> {
        let parts = Parts::open(&folder.join("parts"), row::TABLE)?;
        Ok(Output {
            folder: folder.to_path_buf(),
            parts,
        })
    }

    /// Path of a file in the folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// Docks all of the library that has no part yet, then writes `results.csv`, `results.parquet` and `top.pdbqt`.
///
/// # Errors
/// `Error::File` where an output cannot be written, the engine's where it gives up; finished parts stay.
pub fn screen(
    engine: &dyn Engine,
    library: &Library,
    output: &Output,
    options: &Options,
    watch: &mut dyn FnMut(Progress),
) -> Result<Summary> {
    let done = output.parts.finished()?;
    let resumed = done.iter().map(|part| part.count).sum();
    let total = dock_library(engine, library, output, &done, options, watch)?;
    let table = ranking::finish(output, total, options.top)?;
    Ok(Summary {
        failed: ranking::failed(&table),
        ligands: total,
        resumed,
        table,
    })
}

/// Reading, docking and writing overlap: one thread each. Returns the number of records in the library.
fn dock_library(
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
        let reader = scope.spawn(|| read_candidates(library, done, candidates, &count));
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
        let finished = self.resumed + fresh;
        let total = match self.count.load(Ordering::Acquire) {
            0 => (finished as f64 * self.library.bytes() as f64 / consumed.max(1) as f64) as u64,
            counted => counted,
        };
        Progress {
            finished,
            fresh,
            total: total.max(finished),
        }
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

//! Reading, preparing and storing, one after the other on blocks, all three at once on the library.

use super::block::Block;
use super::stages::Stages;
use super::{Options, Output, Packing, queue};
use crate::archive::Library;
use crate::cluster::{Part, Progress};
use crate::{Error, Result};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread::{self, ScopedJoinHandle};

/// Prepares what no part of `done` covers. Returns the number of records in the library.
pub fn run(
    library: &Library,
    output: &Output,
    done: &[Part],
    packing: Packing,
    options: &Options,
    stages: &Stages,
    watch: &mut dyn FnMut(Progress),
) -> Result<u64> {
    let count = AtomicU64::new(0);
    let resumed = done.iter().map(|part| part.count).sum();
    thread::scope(|scope| {
        // One block waits on either side of the one being prepared: memory stays bounded.
        let (jobs, waiting) = sync_channel(1);
        let (blocks, prepared) = sync_channel::<Block>(1);
        let reader = scope.spawn(|| queue::read(library, done, packing, jobs, &count, stages));
        let writer = scope.spawn(|| {
            prepared
                .into_iter()
                .try_for_each(|block| block.store(&output.parts, stages))
        });
        let mut fresh = 0;
        for jobs in waiting {
            let block = Block::prepare(jobs, options, stages);
            fresh += block.part().count;
            let consumed = block.consumed;
            // The writer is gone where it failed: its error is the one to tell.
            if blocks.send(block).is_err() {
                break;
            }
            let count = count.load(Ordering::Acquire);
            watch(Progress::new(
                resumed,
                fresh,
                count,
                consumed,
                library.bytes(),
            ));
        }
        drop(blocks);
        joined(writer)??;
        joined(reader)?;
        Ok(count.load(Ordering::Acquire))
    })
}

fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> Result<T> {
    thread
        .join()
        .map_err(|_| Error::Usage("a worker thread ended early; please report this".into()))
}

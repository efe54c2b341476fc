//! A screen shared by ranks: rank 0 cuts the library into parts, every rank reads, docks and stores those it is dealt.

use super::block::Block;
use super::candidate::{Candidate, candidate};
use super::{Engine, Options, Output};
use crate::archive::{Follower, Item, Library, Stretch};
use crate::cluster::{Cutter, Desk, Part, Place, Task};
use crate::{Error, Result};
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

/// A part's records, or why they could not be read.
type Read = (Part, std::result::Result<Vec<Candidate>, String>);

/// Finds the parts that none of `done` covers; returns the number of records in the library.
pub fn find(
    library: &Library,
    done: &[Part],
    size: u64,
    deal: &mut dyn FnMut(Task) -> bool,
) -> Result<u64> {
    let mut cutter = Cutter::new(done, size);
    let mut place = Place {
        file: usize::MAX,
        file_first: 0,
        origin: 0,
    };
    let mut give = |task: Option<Task>| match task.is_none_or(&mut *deal) {
        true => ControlFlow::Continue(()),
        // Nobody takes parts any more: an error elsewhere ends the run.
        false => ControlFlow::Break(()),
    };
    let end = library.read_from(0, &mut |file, _| {
        if file != place.file {
            place.file = file;
            place.file_first = cutter.number();
        }
        give(cutter.item(place))
    });
    if end.is_continue() {
        let _ = give(cutter.finish());
    }
    Ok(cutter.number())
}

/// Does the parts that come to this rank's desk; returns how long the docking had to wait for one.
///
/// # Errors
/// Where a thread ended early: what befalls a part is told at the desk.
pub fn work(
    engine: &dyn Engine,
    library: &Library,
    output: &Output,
    options: &Options,
    desk: &Desk,
) -> Result<Duration> {
    thread::scope(|scope| {
        let (reader, read) = sync_channel::<Read>(1);
        let (docked, blocks) = sync_channel::<Block>(1);
        scope.spawn(move || {
            library.follow(&mut Reader {
                desk,
                options,
                queue: reader,
                task: None,
                candidates: Vec::new(),
            });
        });
        scope.spawn(move || {
            for block in blocks {
                let part = block.part();
                match block.store(&output.parts) {
                    Ok(()) => desk.done(part),
                    Err(error) => desk.failed(part, error.to_string()),
                }
            }
        });
        dock(engine, desk, read, docked)
    })
}

/// Docks what was read and is still this rank's; returns how long it had to wait for that.
fn dock(
    engine: &dyn Engine,
    desk: &Desk,
    read: Receiver<Read>,
    docked: SyncSender<Block>,
) -> Result<Duration> {
    let mut waited = Duration::ZERO;
    loop {
        let start = Instant::now();
        // Waiting for the other ranks' last parts is no waiting for ligands.
        let Ok((part, candidates)) = read.recv() else {
            return Ok(waited);
        };
        waited += start.elapsed();
        if !desk.begin(part) {
            continue;
        }
        let block = candidates
            .and_then(|them| Block::dock(engine, them).map_err(|error| error.to_string()));
        match block {
            Err(reason) => desk.failed(part, reason),
            Ok(block) => docked.send(block).map_err(|_| ended())?,
        }
    }
}

fn ended() -> Error {
    Error::Usage("a worker thread ended early; please report this".into())
}

/// Reads a part while another is docked.
struct Reader<'a> {
    desk: &'a Desk,
    options: &'a Options,
    queue: SyncSender<Read>,
    task: Option<Task>,
    candidates: Vec<Candidate>,
}

impl Follower for Reader<'_> {
    fn next(&mut self) -> Option<Stretch> {
        self.task = self.desk.next();
        self.task.map(|task| Stretch {
            file: task.file,
            file_first: task.file_first,
            records: task.part.first..task.part.end(),
        })
    }

    fn record(&mut self, number: u64, _file: usize, item: Item) -> ControlFlow<()> {
        let candidate = candidate(number, item, &self.options.preparation);
        self.candidates.push(candidate);
        ControlFlow::Continue(())
    }

    fn ended(&mut self, whole: bool) -> ControlFlow<()> {
        let candidates = std::mem::take(&mut self.candidates);
        let read = match whole {
            true => Ok(candidates),
            false => Err("the library has become shorter".into()),
        };
        match self.task.map(|task| self.queue.send((task.part, read))) {
            Some(Ok(())) => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        }
    }
}

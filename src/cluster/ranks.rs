//! Parts dealt to ranks: rank 0 deals and works too, the others work.

use super::communicator::{Communicator, Event};
use super::dealer::Dealer;
use super::desk::Desk;
use super::outcome::Outcome;
use super::task::{Order, Report, Task, decode, encode};
use crate::{Error, Result};
use std::sync::mpsc::{Receiver, TryRecvError, channel, sync_channel};
use std::thread::{self, Scope, ScopedJoinHandle};
use std::time::Duration;

/// How long a rank listens for the others before it looks at what its own threads say.
const LISTEN: Duration = Duration::from_millis(2);
/// Parts found in the library ahead of dealing.
const FOUND_AHEAD: usize = 1024;

/// Releases the other ranks when dropped, however the work of rank 0 ends.
pub struct Dismissal<'a>(pub &'a dyn Communicator);

impl Drop for Dismissal<'_> {
    fn drop(&mut self) {
        if let Ok(stop) = encode(&Order::Stop) {
            for rank in 1..self.0.size() {
                // A rank that cannot be told has ended.
                let _ = self.0.send(rank, &stop);
            }
        }
    }
}

/// Rank 0: deals what `find` finds to all ranks, of which `work` is this one's share, until all is done. `find` is
/// given where to send parts and returns how many items there are. `watch` sees how the parts stand.
/// The other ranks are left waiting for a [`Dismissal`].
///
/// # Errors
/// Those of `find` and of the communicator. What befalls parts and ranks is in the outcome.
pub fn lead(
    ranks: &dyn Communicator,
    find: impl FnOnce(&mut dyn FnMut(Task) -> bool) -> Result<u64> + Send,
    work: impl FnOnce(&Desk) -> Result<()> + Send,
    watch: &mut dyn FnMut(&Outcome),
) -> Result<(u64, Outcome)> {
    let (speaker, reports) = channel();
    let desk = Desk::new(speaker);
    let (finder, found) = sync_channel(FOUND_AHEAD);
    thread::scope(|scope| {
        let total = scope.spawn(move || find(&mut |task| finder.send(task).is_ok()));
        let worker = start(scope, &desk, work);
        let dealing = Dealing {
            ranks,
            desk: &desk,
            dealer: Dealer::new(ranks.size()),
            reports,
        };
        let outcome = dealing.run(&found, watch);
        // Whatever happened, all threads must come to an end.
        drop(found);
        desk.obey(Order::Stop);
        joined(worker)?;
        Ok((joined(total)??, outcome?))
    })
}

/// Another rank: does what rank 0 deals until that one ends the work.
///
/// # Errors
/// Those of the communicator, and where rank 0 has ended. An error of `work` is told to rank 0 instead.
pub fn follow(
    ranks: &dyn Communicator,
    work: impl FnOnce(&Desk) -> Result<()> + Send,
) -> Result<()> {
    let (speaker, reports) = channel();
    let desk = Desk::new(speaker);
    thread::scope(|scope| {
        let worker = start(scope, &desk, work);
        let end = obey(ranks, &desk, &reports);
        desk.obey(Order::Stop);
        joined(worker)?;
        end
    })
}

/// Runs the work on a thread of its own; its end, by an error or a panic too, is told to rank 0.
fn start<'scope, 'env>(
    scope: &'scope Scope<'scope, 'env>,
    desk: &'scope Desk,
    work: impl FnOnce(&Desk) -> Result<()> + Send + 'scope,
) -> ScopedJoinHandle<'scope, ()> {
    scope.spawn(move || {
        let mut leaving = Leaving(desk, "a worker thread ended early".into());
        if let Err(error) = work(desk) {
            leaving.1 = error.to_string();
        }
    })
}

struct Leaving<'a>(&'a Desk, String);

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        // Where all is done nobody listens any more.
        self.0.leave(std::mem::take(&mut self.1));
    }
}

fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> Result<T> {
    thread
        .join()
        .map_err(|_| Error::Usage("a worker thread ended early; please report this".into()))
}

/// Carries reports to rank 0 and orders to the desk.
fn obey(ranks: &dyn Communicator, desk: &Desk, reports: &Receiver<Report>) -> Result<()> {
    loop {
        for report in reports.try_iter() {
            ranks.send(0, &encode(&report)?)?;
        }
        match ranks.receive(LISTEN)? {
            Some(Event::Message { from: 0, bytes }) => match decode(&bytes)? {
                Order::Stop => return Ok(()),
                order => desk.obey(order),
            },
            Some(Event::Gone(0)) => {
                return Err(Error::Usage(
                    "rank 0 has ended: run the same command again to go on".into(),
                ));
            }
            _ => {}
        }
    }
}

/// Rank 0 between its own worker and the other ranks.
struct Dealing<'a> {
    ranks: &'a dyn Communicator,
    desk: &'a Desk,
    dealer: Dealer,
    reports: Receiver<Report>,
}

impl Dealing<'_> {
    fn run(mut self, found: &Receiver<Task>, watch: &mut dyn FnMut(&Outcome)) -> Result<Outcome> {
        let mut before = 0;
        while !self.dealer.is_over() {
            self.listen(found)?;
            for (rank, order) in self.dealer.orders() {
                match rank {
                    0 => self.desk.obey(order),
                    rank => self.ranks.send(rank, &encode(&order)?)?,
                }
            }
            let outcome = self.dealer.outcome();
            if outcome.parts > before {
                before = outcome.parts;
                watch(outcome);
            }
        }
        Ok(self.dealer.outcome().clone())
    }

    /// Takes note of all that was found and said, and of one message at least that comes in a short while.
    fn listen(&mut self, found: &Receiver<Task>) -> Result<()> {
        for _ in 0..FOUND_AHEAD {
            match found.try_recv() {
                Ok(task) => self.dealer.add(task),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => {
                    self.dealer.close();
                    break;
                }
            }
        }
        for report in self.reports.try_iter() {
            self.dealer.hear(0, report);
        }
        let mut wait = LISTEN;
        while let Some(event) = self.ranks.receive(wait)? {
            match event {
                Event::Message { from, bytes } => self.dealer.hear(from, decode(&bytes)?),
                Event::Gone(rank) => self.dealer.lose(rank, "it ended without a word".into()),
            }
            wait = Duration::ZERO;
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "ranks_tests.rs"]
mod tests;

//! Ranks as threads of one process: the same job without MPI, for tests.

use super::communicator::{Communicator, Event, no_rank};
use crate::{Error, Result};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// One of the ranks; it is gone when this is dropped.
pub struct Threads {
    rank: usize,
    all: Vec<Sender<Event>>,
    events: Receiver<Event>,
}

impl Threads {
    /// So many ranks, in their order: one for each thread.
    pub fn ranks(size: usize) -> Vec<Threads> {
        let (all, events): (Vec<_>, Vec<_>) = (0..size).map(|_| channel()).unzip();
        let rank = |(rank, events)| Threads {
            rank,
            all: all.clone(),
            events,
        };
        events.into_iter().enumerate().map(rank).collect()
    }
}

impl Communicator for Threads {
    fn rank(&self) -> usize {
        self.rank
    }

    fn size(&self) -> usize {
        self.all.len()
    }

    fn local_rank(&self) -> usize {
        self.rank
    }

    fn send(&self, to: usize, bytes: &[u8]) -> Result<()> {
        let other = self.all.get(to).filter(|_| to != self.rank);
        let event = Event::Message {
            from: self.rank,
            bytes: bytes.to_vec(),
        };
        // A rank that has ended hears nothing any more, as over a network.
        let _ = other.ok_or_else(|| no_rank(to, self.size()))?.send(event);
        Ok(())
    }

    fn receive(&self, wait: Duration) -> Result<Option<Event>> {
        match self.events.recv_timeout(wait) {
            Ok(event) => Ok(Some(event)),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(Error::Usage(
                "all ranks have ended; please report this".into(),
            )),
        }
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        for other in &self.all {
            // Those that have ended too need not know.
            let _ = other.send(Event::Gone(self.rank));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_secs(5);

    fn message(from: usize, bytes: &[u8]) -> Option<Event> {
        let bytes = bytes.to_vec();
        Some(Event::Message { from, bytes })
    }

    #[test]
    fn messages_keep_their_order_and_their_sender() {
        let ranks = Threads::ranks(3);
        let numbers: Vec<(usize, usize)> = ranks.iter().map(|r| (r.rank(), r.size())).collect();
        assert_eq!(numbers, [(0, 3), (1, 3), (2, 3)]);
        for bytes in [&b""[..], b"a", &[7; 5_000_000]] {
            ranks[1].send(0, bytes).unwrap();
        }
        ranks[2].send(0, b"b").unwrap();
        for bytes in [&b""[..], b"a", &[7; 5_000_000]] {
            assert!(ranks[0].receive(SOON).unwrap() == message(1, bytes));
        }
        assert_eq!(ranks[0].receive(SOON).unwrap(), message(2, b"b"));
        assert_eq!(ranks[0].receive(Duration::ZERO).unwrap(), None);
    }

    #[test]
    fn a_rank_that_ends_is_gone_after_its_messages() {
        let mut ranks = Threads::ranks(2);
        ranks[1].send(0, b"last").unwrap();
        drop(ranks.remove(1));
        assert_eq!(ranks[0].receive(SOON).unwrap(), message(1, b"last"));
        assert_eq!(ranks[0].receive(SOON).unwrap(), Some(Event::Gone(1)));
        ranks[0].send(1, b"lost").unwrap();
    }

    #[test]
    fn there_are_no_other_ranks() {
        let ranks = Threads::ranks(2);
        assert!(ranks[0].send(2, b"").is_err() && ranks[0].send(0, b"").is_err());
    }
}

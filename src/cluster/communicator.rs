//! How ranks talk: bytes from one to another, whatever carries them.

use crate::{Error, Result};
use std::thread;
use std::time::Duration;

/// What a rank hears of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Another rank sent these bytes.
    Message {
        /// Its number.
        from: usize,
        /// What it sent, whole.
        bytes: Vec<u8>,
    },
    /// This rank ended without a word. MPI ends the whole job instead.
    Gone(usize),
}

/// One of several ranks that work on the same job, as this rank sees them. All calls come from one thread.
pub trait Communicator {
    /// Number of this rank, from 0.
    fn rank(&self) -> usize;

    /// Number of ranks.
    fn size(&self) -> usize;

    /// Number of this rank among those of its node, from 0.
    fn local_rank(&self) -> usize;

    /// Sends bytes of any number to another rank; may wait until that one takes them. Messages between two ranks
    /// keep their order. What is sent to a rank that has ended is lost.
    ///
    /// # Errors
    /// [`Error::Usage`] for a rank that there is not.
    fn send(&self, to: usize, bytes: &[u8]) -> Result<()>;

    /// The next event, or nothing where none came within `wait`.
    ///
    /// # Errors
    /// [`Error::Usage`] where no rank can be heard of any more.
    fn receive(&self, wait: Duration) -> Result<Option<Event>>;
}

/// No rank but this one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Alone;

impl Communicator for Alone {
    fn rank(&self) -> usize {
        0
    }

    fn size(&self) -> usize {
        1
    }

    fn local_rank(&self) -> usize {
        0
    }

    fn send(&self, to: usize, _: &[u8]) -> Result<()> {
        Err(no_rank(to, self.size()))
    }

    fn receive(&self, wait: Duration) -> Result<Option<Event>> {
        thread::sleep(wait);
        Ok(None)
    }
}

/// The error of a message to a rank that there is not.
pub(super) fn no_rank(to: usize, size: usize) -> Error {
    Error::Usage(format!(
        "a message to rank {to} of {size}; please report this"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alone_there_is_nobody_to_speak_with() {
        assert_eq!((Alone.rank(), Alone.size(), Alone.local_rank()), (0, 1, 0));
        assert!(Alone.send(0, b"").is_err() && Alone.send(1, b"").is_err());
        assert_eq!(Alone.receive(Duration::ZERO).unwrap(), None);
    }
}

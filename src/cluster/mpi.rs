//! Ranks by MPI. All calls come from the thread that made it (`MPI_THREAD_FUNNELED`).

use super::communicator::{Communicator, Event, no_rank};
use crate::{Error, Result};
use mpi::Threading;
use mpi::environment::Universe;
use mpi::topology::{Communicator as _, SimpleCommunicator};
use mpi::traits::{Destination as _, MatchedReceiveVec as _, Source as _};
use std::thread;
use std::time::{Duration, Instant};

/// A message is a first piece, which says how long it is, and further ones.
const FIRST: mpi::Tag = 1;
const FURTHER: mpi::Tag = 2;
/// Bytes of the length in the first piece.
const HEADER: usize = size_of::<u64>();
/// Bytes of a message that travel with its length: what ranks mostly send needs one piece.
const IN_FIRST: usize = 4096;
/// Bytes of a further piece: MPI counts in 31 bits.
const LARGEST_PIECE: usize = 1 << 30;
/// Between two looks for a message a rank sleeps, so that waiting takes nothing from those that compute.
const LOOK: Duration = Duration::from_millis(1);

/// This rank of the job that a launcher started.
pub struct Mpi {
    world: SimpleCommunicator,
    local_rank: usize,
    largest_piece: usize,
    // Ends MPI when dropped, and so comes last.
    _universe: Universe,
}

impl Mpi {
    /// Joins the job. Once in a process.
    ///
    /// # Errors
    /// [`Error::Usage`] where MPI was begun before or does not allow calls beside working threads.
    pub fn join() -> Result<Mpi> {
        Mpi::with_pieces(LARGEST_PIECE)
    }

    /// As [`Mpi::join`], with messages split into pieces of so many bytes.
    ///
    /// # Errors
    /// Those of [`Mpi::join`].
    pub fn with_pieces(largest_piece: usize) -> Result<Mpi> {
        let refused = |what: &str| Error::Usage(format!("MPI {what}"));
        let (universe, threading) = mpi::initialize_with_threading(Threading::Funneled)
            .ok_or_else(|| refused("was begun twice; please report this"))?;
        if threading < Threading::Funneled {
            return Err(refused(
                "of this system allows no threads: install one built with MPI_THREAD_FUNNELED",
            ));
        }
        let world = universe.world();
        let local_rank = world.split_shared(world.rank()).rank() as usize;
        Ok(Mpi {
            world,
            local_rank,
            largest_piece: largest_piece.clamp(1, LARGEST_PIECE),
            _universe: universe,
        })
    }

    /// A message that has come in, whole.
    fn take(&self) -> Option<Event> {
        let any = self.world.any_process();
        let matched = any.immediate_matched_probe_with_tag(FIRST)?;
        let (first, status) = matched.matched_receive_vec::<u8>();
        let from = status.source_rank();
        let (length, start) = first.split_at_checked(HEADER)?;
        let length = u64::from_le_bytes(length.try_into().ok()?) as usize;
        let mut bytes = start.to_vec();
        bytes.resize(length, 0);
        let sender = self.world.process_at_rank(from);
        for piece in bytes[start.len()..].chunks_mut(self.largest_piece) {
            sender.receive_into_with_tag(piece, FURTHER);
        }
        let from = from as usize;
        Some(Event::Message { from, bytes })
    }
}

impl Communicator for Mpi {
    fn rank(&self) -> usize {
        self.world.rank() as usize
    }

    fn size(&self) -> usize {
        self.world.size() as usize
    }

    fn local_rank(&self) -> usize {
        self.local_rank
    }

    fn send(&self, to: usize, bytes: &[u8]) -> Result<()> {
        if to >= self.size() || to == self.rank() {
            return Err(no_rank(to, self.size()));
        }
        let other = self.world.process_at_rank(to as i32);
        let (start, rest) = bytes.split_at(bytes.len().min(IN_FIRST));
        let length = (bytes.len() as u64).to_le_bytes();
        other.send_with_tag(&[&length[..], start].concat()[..], FIRST);
        for piece in rest.chunks(self.largest_piece) {
            other.send_with_tag(piece, FURTHER);
        }
        Ok(())
    }

    fn receive(&self, wait: Duration) -> Result<Option<Event>> {
        let end = Instant::now() + wait;
        loop {
            if let Some(event) = self.take() {
                return Ok(Some(event));
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            thread::sleep(left.min(LOOK));
        }
    }
}

//! Work dealt in parts that survive a kill, to one process or to many ranks.
//!
//! A part is written under a temporary name and renamed when whole. Ranks speak through a [`Communicator`]: there is
//! [`Alone`], there are [`Threads`] for tests, and MPI where the feature `mpi` is built.

mod communicator;
mod cutter;
mod dealer;
mod desk;
mod launch;
#[cfg(feature = "mpi")]
mod mpi;
mod outcome;
mod parameters;
mod parts;
mod progress;
mod ranks;
mod rows;
mod stock;
mod task;
mod threads;

#[cfg(feature = "mpi")]
pub use self::mpi::Mpi;
pub use communicator::{Alone, Communicator, Event};
pub use cutter::{Cutter, Place};
pub use dealer::Dealer;
pub use desk::Desk;
pub use launch::{launched, world};
pub use outcome::Outcome;
pub use parameters::{Parameters, fingerprint, hash64};
pub use parts::{Part, Parts};
pub use progress::Progress;
pub use ranks::{Dismissal, follow, lead};
pub use rows::{TABLE, read_rows, write_rows};
pub use task::{Order, Report, Task};
pub use threads::Threads;

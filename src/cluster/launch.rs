//! Which ranks this process is one of: what a launcher such as `mpirun` or `srun` says in the environment.

use super::communicator::{Alone, Communicator};
#[cfg(feature = "mpi")]
use super::mpi::Mpi;
use crate::Result;
use std::env;

/// Set by the launchers of Open MPI, of MPICH and of Slurm, for whichever of these this program is linked with.
const LAUNCHED: [&str; 3] = ["OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "PMIX_RANK"];

/// The ranks of this job: those of MPI where a launcher started this process, else this one alone.
///
/// # Errors
/// `Error::Usage` where MPI cannot be used, or where several ranks were started of a program without it.
pub fn world() -> Result<Box<dyn Communicator>> {
    match launched() {
        true => join(),
        false => Ok(Box::new(Alone)),
    }
}

/// Whether a launcher started this process.
pub fn launched() -> bool {
    LAUNCHED.iter().any(|name| env::var_os(name).is_some())
}

#[cfg(feature = "mpi")]
fn join() -> Result<Box<dyn Communicator>> {
    Ok(Box::new(Mpi::join()?))
}

#[cfg(not(feature = "mpi"))]
fn join() -> Result<Box<dyn Communicator>> {
    let size = |name| env::var(name).ok()?.parse::<usize>().ok();
    match LAUNCHED[..2].iter().find_map(size) {
        Some(size) if size > 1 => Err(crate::Error::Usage(format!(
            "started as one of {size} ranks, but built without MPI: \
             build with `cargo build --release --features mpi`, or start it alone"
        ))),
        _ => Ok(Box::new(Alone)),
    }
}

//! What subcommands that work by ranks share: inputs that all ranks can read, ranks that were lost on the way.

use super::Global;
use crate::archive::STANDARD_INPUT;
use crate::cluster::{Communicator, Outcome};
use crate::{Error, Result};
use std::path::PathBuf;

/// Refuses the standard input where several ranks are to read it.
///
/// # Errors
/// [`Error::Usage`].
pub fn readable_by_all(ranks: &dyn Communicator, library: &[PathBuf]) -> Result<()> {
    let given = library
        .iter()
        .any(|path| path.as_os_str() == STANDARD_INPUT);
    match given && ranks.size() > 1 {
        false => Ok(()),
        true => Err(Error::Usage(format!(
            "`-`: {} ranks cannot all read the standard input; give a file that each of them sees",
            ranks.size()
        ))),
    }
}

/// Says which ranks did not work to the end, their parts having been done by others, and with `-v` what each did.
pub fn tell(outcome: &Outcome, global: &Global) {
    for (rank, reason) in &outcome.lost {
        eprintln!("trimaran: rank {rank} took no part any more: {reason}");
    }
    if global.verbose {
        for (rank, ligands) in &outcome.by_rank {
            eprintln!("rank {rank}: {ligands} ligands");
        }
    }
}

//! What subcommands that work by ranks share: who leads, inputs that all ranks can read, ranks that were lost on the way.

use super::{Global, interruption};
use crate::archive::STANDARD_INPUT;
use crate::cluster::{self, Communicator, Dismissal, Outcome};
use crate::{Error, Result};
use std::path::PathBuf;
use std::process::ExitCode;

/// What one of several ranks does where a launcher started the program so.
type Part<'a> = &'a dyn Fn(&dyn Communicator) -> anyhow::Result<ExitCode>;

/// Leads as rank 0, which may be the only one, or assists it as another.
///
/// # Errors
/// What the launcher, or either part, reports.
pub fn by_rank(lead: Part, assist: Part) -> anyhow::Result<ExitCode> {
    let ranks = cluster::world()?;
    if ranks.rank() > 0 {
        interruption::end_in_silence()?;
        return assist(&*ranks);
    }
    let _dismissal = Dismissal(&*ranks);
    lead(&*ranks)
}

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

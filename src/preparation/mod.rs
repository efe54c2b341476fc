//! Preparing a library: archives of drawn molecules in, archives of PDBQT out, a row for every ligand.
//!
//! Records are read, prepared on all cores a block at a time, and stored in order, so that memory does not grow
//! with the library; a run that was killed goes on.

mod assembly;
mod block;
mod cutting;
mod ligand;
mod names;
mod naming;
mod packing;
mod pipeline;
mod queue;
mod ranks;
mod row;
mod stages;

pub use ligand::{Hydrogens, Options, PreparedLigand, Refused, prepare_record};
pub use stages::{Stage, Stages};

use crate::archive::Library;
use crate::cluster::{Communicator, Desk, Outcome, Parts, Progress, TABLE, lead};
use crate::{Error, Result};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// How ligands are put into archives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Packing {
    /// An archive for each archive that is read, of the same name and compression.
    #[default]
    AsRead,
    /// Archives of so many records each.
    Packs(usize),
}

/// What came of a preparation.
#[derive(Debug)]
pub struct Summary {
    /// Rows of all.
    pub ligands: u64,
    /// Rows that failed.
    pub failed: u64,
    /// Rows that an earlier run had finished.
    pub resumed: u64,
    /// Archives written, in the folder of the results.
    pub archives: Vec<PathBuf>,
    /// What befell parts and ranks, where there were several.
    pub outcome: Outcome,
    /// Where the time went: that of rank 0, where there are several.
    pub stages: Stages,
}

/// The folder of a preparation: archives and manifest, and below it the parts.
pub struct Output {
    folder: PathBuf,
    parts: Parts,
}

impl Output {
    /// Makes or opens the folder and holds it for this process alone.
    ///
    /// # Errors
    /// `Error::File` where it cannot be written, `Error::Usage` where another process writes in it or inputs lie in it.
    pub fn open(folder: &Path, library: &Library) -> Result<Output> {
        refuse_inputs_within(folder, library)?;
        let parts = Parts::open(&folder.join("parts"), TABLE)?;
        Ok(Output {
            folder: folder.to_path_buf(),
            parts,
        })
    }

    /// The folder that rank 0 holds, for another rank of the same preparation.
    pub fn join(folder: &Path) -> Output {
        Output {
            folder: folder.to_path_buf(),
            parts: Parts::join(&folder.join("parts"), TABLE),
        }
    }

    /// Path of a file in the folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// Archives keep their names: in the folder of the inputs they would replace them.
fn refuse_inputs_within(folder: &Path, library: &Library) -> Result<()> {
    // A folder that does not exist yet holds no inputs.
    let Ok(folder) = folder.canonicalize() else {
        return Ok(());
    };
    let mut inputs = library.inventory().flat_map(|(_, files)| files);
    let within = inputs.find(|(path, _)| {
        path.canonicalize()
            .is_ok_and(|path| path.starts_with(&folder))
    });
    match within {
        None => Ok(()),
        Some((path, _)) => Err(Error::Usage(format!(
            "{} lies in the output folder {}: choose another folder for the results",
            path.display(),
            folder.display()
        ))),
    }
}

/// Prepares all of the library that has no part yet, then writes the archives and `manifest.csv`.
///
/// # Errors
/// `Error::File` where an output cannot be written; finished parts stay.
pub fn prepare(
    library: &Library,
    output: &Output,
    packing: Packing,
    options: &Options,
    watch: &mut dyn FnMut(Progress),
) -> Result<Summary> {
    let done = output.parts.finished()?;
    let resumed = done.iter().map(|part| part.count).sum();
    let stages = Stages::default();
    let total = pipeline::run(library, output, &done, packing, options, &stages, watch)?;
    finish(output, total, resumed, Outcome::default(), stages)
}

/// The same by ranks, of which this is rank 0; the others [`assist`].
///
/// # Errors
/// As [`prepare`]; `Error::Item` that lists the parts that failed twice, the others being kept.
pub fn prepare_by_ranks(
    ranks: &dyn Communicator,
    library: &Library,
    output: &Output,
    packing: Packing,
    options: &Options,
    watch: &mut dyn FnMut(Progress),
) -> Result<Summary> {
    let done = output.parts.finished()?;
    let resumed = done.iter().map(|part| part.count).sum();
    let known = AtomicU64::new(resumed);
    let stages = Stages::default();
    let (total, outcome) = lead(
        ranks,
        |deal| {
            cutting::find(library, &done, packing, &stages, &mut |task| {
                known.fetch_max(task.part.end(), Ordering::Relaxed);
                deal(task)
            })
        },
        |desk| ranks::work(&library.again(), output, packing, options, &stages, desk),
        &mut |outcome| {
            let known = known.load(Ordering::Relaxed);
            watch(Progress::of_total(resumed, outcome.items, known));
        },
    )?;
    outcome.check(&output.folder)?;
    finish(output, total, resumed, outcome, stages)
}

/// What a rank other than 0 does: the parts that come to its desk.
///
/// # Errors
/// Where a thread ended early: what befalls a part is told at the desk.
pub fn assist(
    library: &Library,
    output: &Output,
    packing: Packing,
    options: &Options,
    desk: &Desk,
) -> Result<()> {
    let stages = Stages::default();
    ranks::work(library, output, packing, options, &stages, desk)
}

fn finish(
    output: &Output,
    total: u64,
    resumed: u64,
    outcome: Outcome,
    stages: Stages,
) -> Result<Summary> {
    let assembled = stages.time(Stage::Storing, || assembly::finish(output, total))?;
    Ok(Summary {
        ligands: total,
        failed: assembled.failed,
        resumed,
        archives: assembled.archives,
        outcome,
        stages,
    })
}

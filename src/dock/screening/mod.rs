//! Screening: a library is read, docked block by block, and ranked; a run that was killed goes on.

mod block;
mod candidate;
mod pace;
mod pipeline;
mod poses;
mod ranking;
mod ranks;
mod row;
mod top_records;

pub use row::{Row, Status};

use super::Docking;
use crate::Result;
use crate::archive::Library;
use crate::cluster::{Communicator, Desk, Outcome, Parts, Progress, TABLE, lead};
use crate::molecule::Ligand;
use crate::preparation;
use crate::report::Table;
use pipeline::Docked;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What docks: a site (receptor, box, settings) made ready on a device.
pub trait Engine: Sync {
    /// Docks a block; results in the same order, one `Err` for each bad ligand. A result must depend on the
    /// ligand (its `name` keys the random numbers) and not on its neighbours in the block. Lost devices and
    /// missing memory are handled inside; an outer `Err` ends the screen.
    fn dock(&self, ligands: &[Ligand]) -> Result<Vec<Result<Docking>>>;
}

/// How to screen. Of a ligand's result, `preparation` alone changes anything, and for molecules that are drawn.
#[derive(Clone, Debug)]
pub struct Options {
    /// Poses in `top.pdbqt`.
    pub top: usize,
    /// Ligand records a block; `None` finds a size that makes a part every few tens of seconds.
    pub block: Option<usize>,
    /// Write `top.sdf` beside `top.pdbqt`.
    pub records: bool,
    /// How records that are not PDBQT are prepared.
    pub preparation: preparation::Options,
}

/// What came of a screen.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The final table, ranked.
    pub table: Table,
    /// Rows of all.
    pub ligands: u64,
    /// Rows that failed.
    pub failed: u64,
    /// Rows that an earlier run had finished.
    pub resumed: u64,
    /// Time in which nothing was docked because no ligand was ready: read, and prepared where it was drawn. By rank 0,
    /// where there are several.
    pub waited: Duration,
    /// Best poses that are in no `top.sdf`, for their files do not say their bonds.
    pub without_bonds: u64,
    /// What befell parts and ranks, where there were several.
    pub outcome: Outcome,
}

/// The folder of a screen: the final files, and below it the parts.
pub struct Output {
    folder: PathBuf,
    parts: Parts,
}

impl Output {
    /// Makes or opens the folder and holds it for this process alone.
    ///
    /// # Errors
    /// `Error::File` where it cannot be written, `Error::Usage` where another process writes in it.
    pub fn open(folder: &Path) -> Result<Output> {
        let parts = Parts::open(&folder.join("parts"), TABLE)?;
        Ok(Output {
            folder: folder.to_path_buf(),
            parts,
        })
    }

    /// The folder that rank 0 holds, for another rank of the same screen.
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

/// Docks all of the library that has no part yet, then writes `results.csv`, `results.parquet`, `top.pdbqt`
/// and, where asked for, `top.sdf`.
///
/// # Errors
/// `Error::File` where an output cannot be written, the engine's where it gives up; finished parts stay.
pub fn screen(
    engine: &dyn Engine,
    library: &Library,
    output: &Output,
    options: &Options,
    watch: &mut dyn FnMut(Progress),
) -> Result<Summary> {
    let done = output.parts.finished()?;
    let resumed = done.iter().map(|part| part.count).sum();
    let docked = pipeline::run(engine, library, output, &done, options, watch)?;
    finish(output, options, docked, resumed, Outcome::default())
}

/// The same by ranks, of which this is rank 0; the others [`assist`].
///
/// # Errors
/// As [`screen`]; `Error::Item` that lists the parts that failed twice, the others being kept.
pub fn screen_by_ranks(
    ranks: &dyn Communicator,
    engine: &dyn Engine,
    library: &Library,
    output: &Output,
    options: &Options,
    watch: &mut dyn FnMut(Progress),
) -> Result<Summary> {
    let done = output.parts.finished()?;
    let resumed = done.iter().map(|part| part.count).sum();
    let size = options
        .block
        .map_or_else(|| pace::part_size(library.bytes()), |size| size as u64);
    let known = AtomicU64::new(resumed);
    let mut waited = Duration::ZERO;
    let (records, outcome) = lead(
        ranks,
        |deal| {
            ranks::find(library, &done, size, &mut |task| {
                known.fetch_max(task.part.end(), Ordering::Relaxed);
                deal(task)
            })
        },
        |desk| {
            waited = ranks::work(engine, &library.again(), output, options, desk)?;
            Ok(())
        },
        &mut |outcome| {
            let known = known.load(Ordering::Relaxed);
            watch(Progress::of_total(resumed, outcome.items, known));
        },
    )?;
    outcome.check(&output.folder)?;
    finish(
        output,
        options,
        Docked { records, waited },
        resumed,
        outcome,
    )
}

/// What a rank other than 0 does: the parts that come to its desk.
///
/// # Errors
/// Where a thread ended early: what befalls a part is told at the desk.
pub fn assist(
    engine: &dyn Engine,
    library: &Library,
    output: &Output,
    options: &Options,
    desk: &Desk,
) -> Result<()> {
    ranks::work(engine, library, output, options, desk).map(drop)
}

fn finish(
    output: &Output,
    options: &Options,
    docked: Docked,
    resumed: u64,
    outcome: Outcome,
) -> Result<Summary> {
    let (table, without_bonds) = ranking::finish(output, docked.records, options)?;
    Ok(Summary {
        without_bonds,
        failed: ranking::failed(&table),
        ligands: docked.records,
        resumed,
        waited: docked.waited,
        table,
        outcome,
    })
}

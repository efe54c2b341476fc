//! Preparing a library: archives of drawn molecules in, archives of PDBQT out, a row for every ligand.
//!
//! Records are read, prepared on all cores a block at a time, and stored in order, so that memory does not grow
//! with the library; a run that was killed goes on.

mod assembly;
mod block;
mod ligand;
mod names;
mod packing;
mod pipeline;
mod queue;
mod row;
mod stages;

pub use ligand::{Hydrogens, Options, PreparedLigand, Refused, prepare_record};
pub use stages::{Stage, Stages};

use crate::archive::Library;
use crate::cluster::{Parts, Progress};
use crate::{Error, Result};
use std::path::{Path, PathBuf};

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
    /// Where the time went.
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
        let parts = Parts::open(&folder.join("parts"), row::TABLE)?;
        Ok(Output {
            folder: folder.to_path_buf(),
            parts,
        })
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
    let assembled = stages.time(Stage::Storing, || assembly::finish(output, total))?;
    Ok(Summary {
        ligands: total,
        failed: assembled.failed,
        resumed,
        archives: assembled.archives,
        stages,
    })
}

//! Archives in as streams: every ligand record of a library in turn, in memory, none a file of its own.
//!
//! A library is any mix of tar archives (plain, gzip, zstd), files of records (PDBQT, SDF, MOL2, SMILES) and folders
//! of these; `-` is the standard input. What cannot be read becomes an [`Item`] that says why, so that nothing disappears silently.

mod format;
mod kind;
mod library;
mod line_ends;
mod records;
mod shelf;
mod stream;
mod stretch;
mod tarball;

pub use format::Format;
pub use library::Library;
pub use shelf::{STANDARD_INPUT, archive_ending, without_ending};
pub use stretch::{Follower, Stretch};

use std::sync::Arc;

/// One ligand record of a library, in library order.
#[derive(Clone, Debug)]
pub struct Item {
    /// The archive, file or folder as the user named it.
    pub archive: Arc<str>,
    /// Path inside the archive or folder; the file's own name where it stands alone.
    pub member: Arc<str>,
    /// Number of the record in its member, from 1.
    pub record: usize,
    /// Whether the member holds other records too.
    pub several: bool,
    /// Name for people and for the random numbers: the file stem, and `_modelN` (PDBQT) or `_N` where it holds several.
    pub name: String,
    /// The record's text, or one sentence on why it could not be read.
    pub text: Result<Text, String>,
    /// Compressed bytes of the whole library read when this item came out.
    pub consumed: u64,
}

/// Text of one record.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// What it is written in.
    pub format: Format,
    /// The lines, without `MODEL`, `ENDMDL` and `$$$$`.
    pub content: String,
    /// Line number, from 1, of its first line in the member.
    pub first_line: usize,
}

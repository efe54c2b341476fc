//! Mutants that compute the same, each with its reason.

use anyhow::{Context, Result};
use serde::Deserialize;
use std::path::Path;

/// A mutant that no comparison can kill, known by its line.
#[derive(Deserialize)]
pub struct Equivalent {
    pub file: String,
    pub before: String,
    pub after: String,
    pub reason: String,
}

/// The list `tools/mutate/equivalent.json`.
pub struct Equivalents(pub Vec<Equivalent>);

impl Equivalents {
    /// Reads the list.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn read(root: &Path) -> Result<Self> {
        let file = root.join("tools/mutate/equivalent.json");
        let at = || file.display().to_string();
        let text = std::fs::read_to_string(&file).with_context(at)?;
        Ok(Self(serde_json::from_str(&text).with_context(at)?))
    }

    /// Why a line that was changed so computes the same; none where nobody has said so.
    pub fn reason(&self, file: &str, [before, after]: &[String; 2]) -> Option<&str> {
        let same = |e: &&Equivalent| e.file == file && e.before == *before && e.after == *after;
        self.0.iter().find(same).map(|known| &*known.reason)
    }
}

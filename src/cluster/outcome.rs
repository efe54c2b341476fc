//! What came of dealing: parts done, by whom, and what was not done, with the reasons.

use super::Part;
use crate::{Error, Result};
use std::collections::BTreeMap;
use std::path::Path;

/// What came of the parts so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Parts done.
    pub parts: u64,
    /// Items of these.
    pub items: u64,
    /// Items that each rank did.
    pub by_rank: BTreeMap<usize, u64>,
    /// Parts that failed twice, and why.
    pub set_aside: Vec<(Part, String)>,
    /// Ranks that could not go on, and why.
    pub lost: Vec<(usize, String)>,
    /// Parts are left that nobody tried: too many failed, or no rank can work.
    pub given_up: bool,
}

impl Outcome {
    /// Whether all parts are done.
    ///
    /// # Errors
    /// [`Error::Item`] that lists those that are not, with their reasons, and says what to do.
    pub fn check(&self, folder: &Path) -> Result<()> {
        if self.set_aside.is_empty() && !self.given_up {
            return Ok(());
        }
        let part = |(part, reason): &(Part, String)| {
            format!("\n  items {} to {}: {reason}", part.first, part.end() - 1)
        };
        let lost = |(rank, reason): &(usize, String)| format!("\n  rank {rank} ended: {reason}");
        let list: String = self.set_aside.iter().map(part).collect();
        let lost: String = self.lost.iter().map(lost).collect();
        Err(Error::Item(format!(
            "{}: {} parts done, {} failed twice{}; run the same command again to try the rest{list}{lost}",
            folder.display(),
            self.parts,
            self.set_aside.len(),
            if self.given_up {
                ", and what is left was not tried"
            } else {
                ""
            },
        )))
    }
}

//! A part to be done, and the words in which ranks speak of parts.

use super::Part;
use crate::{Error, Result};
use serde::{Deserialize, Serialize};

/// A part, and where in the input its items are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// The items.
    pub part: Part,
    /// Number of the file to read from. A rank that has read one part of it is the best for the next.
    pub file: usize,
    /// Number of the first item of that file.
    pub file_first: u64,
}

/// What a rank tells rank 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Report {
    /// All parts it was given are begun: it wants one more.
    Ready,
    /// The part's outputs are stored.
    Done(Part),
    /// The part has no outputs, for this reason.
    Failed(Part, String),
    /// The part was not begun, as it was asked for, and will not be.
    Returned(Part),
    /// The part was asked for, but is begun.
    Kept(Part),
    /// It can work no longer, for this reason.
    Leaving(String),
}

/// What rank 0 tells a rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Order {
    /// Do this part.
    Take(Task),
    /// Another rank has nothing to do: give back this part, if it is not begun.
    GiveBack(Part),
    /// All is done, or the run has failed.
    Stop,
}

/// As it travels.
pub fn encode(words: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(words).map_err(|error| Error::Usage(format!("{error}; please report this")))
}

/// As it was sent.
pub fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|error| {
        Error::Usage(format!(
            "another rank speaks otherwise ({error}): all must be of the same version"
        ))
    })
}

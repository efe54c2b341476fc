//! Every kernel on every adapter against its twin.

pub mod document;
pub mod export;
mod run;
pub mod summary;

pub use document::{Document, Row};
pub use run::Plan;

use crate::kernels::list;
use crate::twin::Listed;
use crate::{Error, Result};

/// Samples of this size and less are small: slow devices do them in seconds. Those of the maps are longest.
const SMALL: usize = 65;

/// Which samples to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sizes {
    /// Those that slow devices do in seconds.
    Small,
    /// All of them.
    All,
}

/// The kernels with this in their names.
///
/// # Errors
/// [`Error::Usage`] with all names where there is none.
pub fn kernels_named(part: &str) -> Result<Vec<Listed>> {
    let list = list();
    let known: Vec<_> = list.iter().map(|kernel| kernel.name).collect();
    let unknown = || {
        let known = known.join(", ");
        Error::Usage(format!(
            "no kernel `{part}`: --kernel takes a part of a name of {known}"
        ))
    };
    let named: Vec<_> = list
        .iter()
        .filter(|kernel| kernel.name.contains(part))
        .copied()
        .collect();
    (!named.is_empty()).then_some(named).ok_or_else(unknown)
}

/// The sizes of a kernel's samples.
fn sizes_of(kernel: &Listed, sizes: Sizes) -> impl Iterator<Item = usize> + use<> {
    let all = kernel.sizes.iter().copied();
    all.filter(move |size| sizes == Sizes::All || *size <= SMALL)
}

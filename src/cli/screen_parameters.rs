//! What identifies a screen among the parameters of a run: receptor, site and search; the library comes to it.

use super::search_space::SearchSpace;
use crate::cluster::{Parameters, fingerprint};
use crate::dock::Settings;
use crate::formats::maps::Grid;
use crate::{Error, Result};
use std::path::Path;

/// What the results depend on beside the library and its preparation.
///
/// # Errors
/// [`Error::File`] where the receptor cannot be read.
pub fn screen_parameters(
    receptor: &Path,
    settings: &Settings,
    grid: &Grid,
    space: &SearchSpace,
) -> Result<Parameters> {
    let bytes = std::fs::read(receptor).map_err(Error::at(receptor))?;
    let mut parameters = search_parameters(settings);
    let receptor = format!("{} ({})", file_name(receptor), fingerprint(bytes));
    parameters.set("receptor", receptor);
    describe_site(&mut parameters, grid, space);
    Ok(parameters)
}

/// The settings of the search.
fn search_parameters(settings: &Settings) -> Parameters {
    let mut parameters = Parameters::default();
    parameters.set("trimaran", env!("CARGO_PKG_VERSION"));
    parameters.set("runs", settings.runs);
    parameters.set("evaluations", format!("{:?}", settings.evaluations));
    parameters.set("local search", format!("{:?}", settings.local_search));
    parameters.set("population", settings.population);
    parameters.set("early stop", settings.auto_stop);
    parameters.set("seed", settings.seed);
    parameters
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// Adds the box and where its maps come from.
fn describe_site(parameters: &mut Parameters, grid: &Grid, space: &SearchSpace) {
    let ready = space.maps.as_ref();
    let maps = ready.map_or("computed".into(), |maps| maps.display().to_string());
    parameters.set("center", grid.center);
    parameters.set("points", format!("{:?}", grid.points));
    parameters.set("spacing", grid.spacing);
    parameters.set("maps", maps);
}

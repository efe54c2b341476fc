//! What `dock`, `score` and `screen` share: reading receptor and ligands, and turning the box options into maps.

use super::search_space::{SPACING, SearchSpace};
use crate::archive::{Format, Library};
use crate::dock::maps::grid_from_box;
use crate::dock::site::MapSource;
use crate::formats::maps::{self, Grid};
use crate::formats::pdbqt;
use crate::molecule::{Ligand, Receptor};
use crate::preparation::{Options, prepare_record};
use crate::{Error, Result};
use glam::DVec3;
use std::ops::ControlFlow;
use std::path::Path;

fn text(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path).map_err(Error::at(path))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The receptor of a file.
pub fn receptor(path: &Path) -> Result<Receptor> {
    pdbqt::read_receptor(&text(path)?, &path.display().to_string())
}

/// All models of a ligand file.
pub fn ligands(path: &Path) -> Result<Vec<Ligand>> {
    pdbqt::read_ligands(&text(path)?, &path.display().to_string())
}

/// The first model of a ligand file, named after the file: the name keys its random numbers.
pub fn ligand(path: &Path) -> Result<Ligand> {
    let mut ligand = ligands(path)?.swap_remove(0);
    ligand.name = stem(path);
    Ok(ligand)
}

/// The first ligand of a file of any format, named after the file; a drawn molecule is prepared. Also what was done
/// to it that its record did not ask for.
pub fn any_ligand(path: &Path, options: &Options) -> Result<(Ligand, Vec<String>)> {
    let name = path.display().to_string();
    match Format::of_name(&name) {
        None | Some((Format::Pdbqt, _)) => return Ok((ligand(path)?, Vec::new())),
        Some(_) => {}
    }
    let library = Library::open(&[path.to_path_buf()])?;
    let mut first = None;
    let _ = library.read(&mut |item| {
        first = Some(item.text);
        ControlFlow::Break(())
    });
    let wrong = |what: String| Error::Parse {
        file: name.clone(),
        line: 0,
        what,
    };
    let text = first.ok_or_else(|| wrong("the file is empty".into()))?;
    let prepared = prepare_record(&text.map_err(wrong)?, options);
    let prepared = prepared.map_err(|refused| refused.at(&name))?;
    let mut ligand = pdbqt::read_ligands(&prepared.text, &name)?.swap_remove(0);
    ligand.name = stem(path);
    Ok((ligand, prepared.notes))
}

/// File name without folder and ending.
pub fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// The grid that the options ask for, if they ask for one.
fn asked_grid(space: &SearchSpace, receptor: &Receptor, spacing: f64) -> Result<Option<Grid>> {
    if let Some(file) = &space.around {
        let positions: Vec<DVec3> = ligand(file)?
            .atoms
            .iter()
            .map(|atom| atom.position)
            .collect();
        let low = positions.iter().copied().fold(DVec3::INFINITY, DVec3::min);
        let high = positions
            .iter()
            .copied()
            .fold(DVec3::NEG_INFINITY, DVec3::max);
        let size = high - low + 2.0 * DVec3::splat(space.margin);
        return grid_from_box((low + high) / 2.0, size, spacing, receptor).map(Some);
    }
    match (space.center, space.size) {
        (Some(center), Some(size)) => grid_from_box(center, size, spacing, receptor).map(Some),
        (Some(_), None) => Err(Error::Usage("--center needs --size X,Y,Z beside it".into())),
        (None, _) => Ok(None),
    }
}

/// Maps that are ready, or the receptor and grid to make them from.
pub fn map_source(receptor_file: &Path, space: &SearchSpace) -> Result<MapSource> {
    let receptor = receptor(receptor_file)?;
    let ready = space.maps.as_deref().map(maps::read).transpose()?;
    let own_spacing = ready.as_ref().map_or(SPACING, |maps| maps.grid.spacing);
    let spacing = space.spacing.unwrap_or(own_spacing);
    let grid = asked_grid(space, &receptor, spacing)?;
    match (ready, grid) {
        (Some(maps), _) if (spacing - own_spacing).abs() > 1e-3 => Err(Error::Usage(format!(
            "the maps of {} have a spacing of {own_spacing} Angstrom, --spacing asks for {spacing}: \
             leave --spacing out to take the maps' own",
            maps.receptor
        ))),
        (Some(maps), grid) => MapSource::ready(maps, grid),
        (None, Some(grid)) => Ok(MapSource::Computed { receptor, grid }),
        (None, None) => Err(Error::Usage(
            "where to dock? give --center X,Y,Z with --size X,Y,Z, or --around LIGAND, or --maps FLD".into(),
        )),
    }
}

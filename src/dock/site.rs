//! A binding site: affinity maps on the host for reports, and on the device for the search.

use super::maps::compute;
use crate::formats::maps::{AffinityMaps, Grid};
use crate::gpu::Gpu;
use crate::kernels::dock::affinity_grid::DeviceMaps;
use crate::kernels::dock::pose_energy::Maps;
use crate::molecule::{AtomType, Ligand, Receptor};
use crate::{Error, Result};

/// Where maps come from.
pub enum MapSource {
    /// Ready maps: other atom types than theirs cannot be docked.
    Ready(AffinityMaps),
    /// Made from the receptor for whatever atom types are asked for.
    Computed {
        /// The receptor.
        receptor: Receptor,
        /// The grid around the site.
        grid: Grid,
    },
}

/// Affinity maps in both places.
pub struct Site {
    /// The maps as they were made or read.
    pub maps: AffinityMaps,
    pub(super) device: DeviceMaps,
}

/// The host's view of maps that the f64 reference reads.
pub fn reference_maps(maps: &AffinityMaps) -> Maps<'_> {
    Maps {
        origin: maps.grid.origin(),
        spacing: maps.grid.spacing,
        points: maps.grid.points,
        affinity: maps.affinity.iter().map(Vec::as_slice).collect(),
        electrostatic: &maps.electrostatic,
        desolvation: &maps.desolvation,
    }
}

/// Atom types of some ligands, each once, in the order of the parameter table.
pub fn types_of(ligands: &[Ligand]) -> Vec<AtomType> {
    let mut types: Vec<AtomType> = ligands
        .iter()
        .flat_map(|ligand| &ligand.atoms)
        .map(|atom| atom.kind)
        .collect();
    types.sort();
    types.dedup();
    types
}

impl MapSource {
    /// Maps for these atom types; ready maps are given as they are.
    ///
    /// # Errors
    /// What the device reports.
    pub fn maps(&self, gpu: &Gpu, types: &[AtomType]) -> Result<AffinityMaps> {
        match self {
            MapSource::Ready(maps) => Ok(maps.clone()),
            MapSource::Computed { receptor, grid } => compute(gpu, receptor, *grid, types),
        }
    }

    /// The grid of the maps.
    pub fn grid(&self) -> &Grid {
        match self {
            MapSource::Ready(maps) => &maps.grid,
            MapSource::Computed { grid, .. } => grid,
        }
    }

    /// Refuses ready maps of another grid than the one asked for.
    ///
    /// # Errors
    /// [`Error::Usage`] that says what differs.
    pub fn ready(maps: AffinityMaps, asked: Option<Grid>) -> Result<MapSource> {
        match asked {
            Some(asked) if !same_grid(&maps.grid, &asked) => Err(Error::Usage(format!(
                "the maps have {}, the options ask for {}: leave --center, --size and --spacing out to take the maps' own",
                describe(&maps.grid),
                describe(&asked)
            ))),
            _ => Ok(MapSource::Ready(maps)),
        }
    }
}

/// Map files carry three decimals.
fn same_grid(a: &Grid, b: &Grid) -> bool {
    a.points == b.points
        && (a.spacing - b.spacing).abs() < 1e-3
        && (a.center - b.center).abs().max_element() < 2e-3
}

fn describe(grid: &Grid) -> String {
    let [x, y, z] = grid.points;
    let c = grid.center;
    format!(
        "{x} x {y} x {z} points {} A apart around {:.3},{:.3},{:.3}",
        grid.spacing, c.x, c.y, c.z
    )
}

impl Site {
    /// Makes or takes the maps for these atom types and uploads them.
    ///
    /// # Errors
    /// Out of device memory.
    pub fn new(gpu: &Gpu, source: &MapSource, types: &[AtomType]) -> Result<Self> {
        let maps = source.maps(gpu, types)?;
        let device = DeviceMaps::upload(gpu, &reference_maps(&maps))?;
        Ok(Site { maps, device })
    }

    /// Types among these that the site has no map of.
    pub fn missing(&self, types: &[AtomType]) -> Vec<AtomType> {
        types
            .iter()
            .copied()
            .filter(|kind| !self.maps.types.contains(kind))
            .collect()
    }
}

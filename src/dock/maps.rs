//! A receptor and a box become affinity maps, as AutoGrid 4 makes them with the AD4.1 parameters.

use super::map_box::WIDEST_SPACING;
pub use super::map_box::grid_from_box;
use super::map_edges::Edges;
use super::map_probes::{CHARGE_SOLVATION, TypeMap, probes};
use super::receptor_bonding::bondings;
use crate::formats::maps::{AffinityMaps, Grid};
use crate::gpu::Gpu;
use crate::kernels::dock::field_maps::Fields;
use crate::kernels::dock::long_range_potential::Lattice;
use crate::kernels::dock::map_points::{self, Site};
use crate::kernels::dock::map_slabs::{MapWork, Slab};
use crate::molecule::atom_type::{AtomParameters, weights};
use crate::molecule::{AtomType, Receptor};
use crate::{Error, Result};
use rayon::prelude::*;

/// Coulomb's constant as AutoGrid rounds it, kcal Angstrom / mol / e^2.
const COULOMB: f64 = 332.0;

/// Affinity maps of `types` on `grid`, with the electrostatic and the desolvation map.
///
/// # Errors
/// [`Error::Usage`] for a grid that is no [`grid_from_box`]; what the device reports.
pub fn compute(
    gpu: &Gpu,
    receptor: &Receptor,
    grid: Grid,
    types: &[AtomType],
) -> Result<AffinityMaps> {
    let (work, types_of) = work(receptor, grid, types)?;
    let mut maps = AffinityMaps {
        grid,
        receptor: receptor.name.clone(),
        types: types.to_vec(),
        affinity: vec![Vec::with_capacity(grid.len()); types.len()],
        electrostatic: Vec::with_capacity(grid.len()),
        desolvation: Vec::with_capacity(grid.len()),
    };
    let mut marked = Vec::new();
    work.run(gpu, |slab| {
        let before = maps.electrostatic.len();
        let on_edge = slab.fields.iter().enumerate();
        let on_edge = on_edge.filter(|(_, field)| field[3] > 0.0);
        marked.extend(on_edge.map(|(index, _)| before + index));
        append(&types_of, &slab, &mut maps);
    })?;
    Edges::new(receptor, &work, &grid).correct(&marked, &types_of, &mut maps);
    Ok(maps)
}

/// A receptor and its probes as the kernels want them.
fn work(receptor: &Receptor, grid: Grid, types: &[AtomType]) -> Result<(MapWork, Vec<TypeMap>)> {
    if !(0.001..=WIDEST_SPACING).contains(&grid.spacing) || grid.is_empty() {
        return Err(Error::Usage(format!(
            "a grid of {} points at {} Angstrom has no maps",
            grid.len(),
            grid.spacing
        )));
    }
    let mut kinds: Vec<AtomType> = receptor.atoms.iter().map(|atom| atom.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let spacing = (grid.spacing * 1000.0).round() as i32;
    let points = map_points::Grid::new(grid.points.map(|count| count as u32), spacing);
    let coulomb = COULOMB * weights().electrostatic;
    let (probes, types) = probes(types, &kinds);
    let work = MapWork {
        sites: sites(receptor, &grid, &kinds),
        fields: Fields {
            lattice: Lattice::over(points.points, spacing, coulomb),
            gaussian: weights().desolvation,
            charge_solvation: CHARGE_SOLVATION,
            solvents: kinds.iter().map(|kind| solvent(*kind)).collect(),
        },
        grid: points,
        probes,
    };
    Ok((work, types))
}

/// Appends a slab to the maps.
fn append(types: &[TypeMap], slab: &Slab, maps: &mut AffinityMaps) {
    let fields = &slab.fields;
    maps.electrostatic
        .extend(fields.iter().map(|field| field[0]));
    maps.desolvation.extend(fields.iter().map(|field| field[1]));
    let energies = slab.energies();
    let maps = types.par_iter().zip(&mut maps.affinity);
    maps.for_each(|(kind, map)| {
        let values = energies[kind.probe].iter().zip(fields);
        map.extend(values.map(|(energy, field)| {
            let desolvation = [field[1], field[2]].map(f64::from);
            kind.affinity(f64::from(*energy), desolvation) as f32
        }));
    });
}

fn sites(receptor: &Receptor, grid: &Grid, kinds: &[AtomType]) -> Vec<Site> {
    let origin = grid.origin();
    let atoms = receptor.atoms.iter().zip(bondings(receptor));
    atoms
        .map(|(atom, bonding)| Site {
            position: ((atom.position - origin) * 1000.0)
                .round()
                .as_ivec3()
                .to_array(),
            charge: atom.charge as f32,
            kind: kinds.partition_point(|kind| *kind < atom.kind) as u32,
            bonding,
        })
        .collect()
}

fn solvent(kind: AtomType) -> [f32; 2] {
    let AtomParameters {
        volume, solvation, ..
    } = kind.parameters();
    [*volume as f32, *solvation as f32]
}

//! A receptor and a box become affinity maps, as AutoGrid 4 makes them with the AD4.1 parameters.

use super::map_box::WIDEST_SPACING;
pub use super::map_box::grid_from_box;
use super::map_edges::Edges;
use super::map_probes::{CHARGE_SOLVATION, TypeMap, probes};
use super::receptor_bonding::bondings;
use crate::formats::maps::{AffinityMaps, Grid};
use crate::gpu::{Buffer, Gpu};
use crate::kernels::dock::affinity_maps::{self, Probe, ProbeBonding, SLOTS};
use crate::kernels::dock::field_maps::{Field, Fields};
use crate::kernels::dock::long_range_potential::Lattice;
use crate::kernels::dock::map_points::{self, Neighborhoods, Site};
use crate::molecule::atom_type::{AtomParameters, weights};
use crate::molecule::{AtomType, Receptor};
use crate::{Error, Result};
use rayon::prelude::*;
use std::ops::Range;

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
    let work = Work::new(receptor, grid, types)?;
    let mut maps = AffinityMaps {
        grid,
        receptor: receptor.name.clone(),
        types: types.to_vec(),
        affinity: vec![Vec::with_capacity(grid.len()); types.len()],
        electrostatic: Vec::with_capacity(grid.len()),
        desolvation: Vec::with_capacity(grid.len()),
    };
    let mut lattice = None;
    for layers in work.slabs(gpu) {
        let on_edge = work.slab(gpu, &mut lattice, &layers, &mut maps)?;
        let edges = Edges::new(receptor, &work.sites, &work.fields, &maps.grid);
        edges.correct(&on_edge, &work.probes, &work.types, &mut maps);
    }
    Ok(maps)
}

/// A receptor and its probes as the kernels want them.
struct Work {
    sites: Vec<Site>,
    directions: Vec<[[f32; 4]; 2]>,
    fields: Fields,
    points: map_points::Grid,
    /// Different probes, those that bind no hydrogen first.
    probes: Vec<Probe>,
    types: Vec<TypeMap>,
}

impl Work {
    fn new(receptor: &Receptor, grid: Grid, types: &[AtomType]) -> Result<Work> {
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
        let sites = sites(receptor, &grid, &kinds);
        let spacing = (grid.spacing * 1000.0).round() as i32;
        let points = map_points::Grid::new(grid.points.map(|count| count as u32), spacing);
        let coulomb = COULOMB * weights().electrostatic;
        let (probes, types) = probes(types, &kinds);
        Ok(Work {
            directions: affinity_maps::directions(&sites),
            fields: Fields {
                lattice: Lattice::over(points.points, spacing, coulomb),
                gaussian: weights().desolvation,
                charge_solvation: CHARGE_SOLVATION,
                solvents: kinds.iter().map(|kind| solvent(*kind)).collect(),
            },
            probes,
            types,
            sites,
            points,
        })
    }

    /// Probes by fours, those that bind hydrogen apart from those that do not: the kernel has less to do for the latter.
    fn groups(&self) -> impl Iterator<Item = &[Probe]> {
        let binds = |probe: &Probe| probe.bonding != ProbeBonding::None;
        let (plain, bonding) = self
            .probes
            .split_at(self.probes.partition_point(|probe| !binds(probe)));
        plain.chunks(SLOTS).chain(bonding.chunks(SLOTS))
    }

    /// Layers of blocks whose maps fit one binding of the device.
    fn slabs(&self, gpu: &Gpu) -> Vec<Range<u32>> {
        let all = self.points.blocks()[2];
        let layer_bytes = self.points.points_of(&(0..1)) * SLOTS * size_of::<f32>();
        let limits = gpu.limits();
        let room =
            limits.storage_binding_bytes.min(limits.buffer_bytes) / layer_bytes.max(1) as u64;
        let depth = room.clamp(1, u64::from(all.max(1))) as u32;
        (0..all)
            .step_by(depth as usize)
            .map(|first| first..(first + depth).min(all))
            .collect()
    }

    /// Computes a slab and appends it to the maps; the points where rounding decides.
    fn slab(
        &self,
        gpu: &Gpu,
        lattice: &mut Option<Buffer<[f32; 4]>>,
        layers: &Range<u32>,
        maps: &mut AffinityMaps,
    ) -> Result<Vec<usize>> {
        let (grid, sites) = (&self.points, &self.sites);
        let near = Neighborhoods::find(sites, grid, layers)?.upload(gpu)?;
        let directions = gpu.storage(&self.directions)?;
        let mut batch = gpu.batch();
        let potential = match lattice.take() {
            Some(known) => known,
            None => self.fields.lattice.record(gpu, &mut batch, sites)?,
        };
        let fields = self
            .fields
            .record(gpu, &mut batch, grid, layers, &near, sites, &potential)?;
        *lattice = Some(potential);
        let mut affinities = Vec::new();
        for probes in self.groups() {
            let group =
                affinity_maps::record(gpu, &mut batch, probes, grid, layers, &near, &directions)?;
            affinities.push(batch.download(&group)?);
        }
        let fields = batch.download(&fields)?;
        let done = batch.submit()?;
        let fields = done.read(fields)?;
        let before = maps.electrostatic.len();
        maps.electrostatic
            .extend(fields.iter().map(|field| field[0]));
        maps.desolvation.extend(fields.iter().map(|field| field[1]));
        let groups = affinities.into_iter().map(|group| done.read(group));
        let groups = groups.collect::<Result<Vec<Vec<f32>>>>()?;
        self.append(&groups, &fields, maps);
        let marked = fields
            .iter()
            .enumerate()
            .filter(|(_, field)| field[3] > 0.0);
        Ok(marked.map(|(index, _)| before + index).collect())
    }

    /// Puts together the maps of the types.
    fn append(&self, groups: &[Vec<f32>], fields: &[Field], maps: &mut AffinityMaps) {
        let groups = groups.iter();
        let energies: Vec<&[f32]> = groups
            .flat_map(|group| group.chunks_exact(fields.len()))
            .collect();
        let maps = self.types.par_iter().zip(&mut maps.affinity);
        maps.for_each(|(kind, map)| {
            let values = energies[kind.probe].iter().zip(fields);
            map.extend(values.map(|(energy, field)| {
                let desolvation = [field[1], field[2]].map(f64::from);
                kind.affinity(f64::from(*energy), desolvation) as f32
            }));
        });
    }
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

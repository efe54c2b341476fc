//! A receptor and a box become affinity maps, as AutoGrid 4 makes them with the AD4.1 parameters.

use super::map_edges::Edges;
use super::receptor_bonding::bondings;
use crate::formats::maps::{AffinityMaps, Grid};
use crate::gpu::{Buffer, Gpu};
use crate::kernels::dock::affinity_maps::{self, Probe, ProbeBonding, SLOTS, Well};
use crate::kernels::dock::field_maps::Fields;
use crate::kernels::dock::long_range_potential::Lattice;
use crate::kernels::dock::map_points::{self, CUTOFF, Neighborhoods, Site};
use crate::molecule::atom_type::{AtomParameters, HydrogenBonding, weights};
use crate::molecule::{AtomType, Receptor};
use crate::{Error, Result};
use glam::DVec3;
use std::ops::Range;

/// Coulomb's constant as AutoGrid rounds it, kcal Angstrom / mol / e^2.
const COULOMB: f64 = 332.0;
/// Solvation parameter per |elementary charge| (Huey et al. 2007).
const CHARGE_SOLVATION: f64 = 0.01097;
/// Largest grid: a map of 512 MiB.
const MOST_POINTS: f64 = 134_217_728.0;
/// Largest distance between points, Angstrom: distances within a block must fit the kernels' whole numbers.
const WIDEST_SPACING: f64 = 2.0;

/// The grid of a box: as many intervals of `spacing` along each axis as come nearest to `size`, an even number, at least
/// two. Centre and spacing are rounded to 0.001 Angstrom, for map files say no more. All in Angstrom.
///
/// # Errors
/// [`Error::Usage`] for sizes or spacings that are not positive numbers, too many points, or a box that no receptor atom
/// comes within 8 Angstrom of.
pub fn grid_from_box(
    center: DVec3,
    size: DVec3,
    spacing: f64,
    receptor: &Receptor,
) -> Result<Grid> {
    let wrong = |what: String| Err(Error::Usage(what));
    if !center.is_finite() {
        return wrong(format!(
            "the centre of the box is {center}: three numbers in Angstrom are needed"
        ));
    }
    if !size.is_finite() || size.min_element() <= 0.0 {
        return wrong(format!(
            "the size of the box is {size}: three lengths above 0 Angstrom are needed"
        ));
    }
    if !(0.001..=WIDEST_SPACING).contains(&spacing) {
        return wrong(format!(
            "the spacing is {spacing}: it must lie between 0.001 and {WIDEST_SPACING} Angstrom"
        ));
    }
    let spacing = thousandths(spacing);
    let points = (size / spacing / 2.0).round().max(DVec3::ONE) * 2.0 + 1.0;
    let count = points.element_product();
    if count > MOST_POINTS {
        return wrong(format!(
            "the box has {count:.0} grid points, {MOST_POINTS:.0} at most: \
             make it smaller or the spacing wider"
        ));
    }
    let grid = Grid {
        center: DVec3::from_array(center.to_array().map(thousandths)),
        spacing,
        points: points.to_array().map(|count| count as usize),
    };
    check_reach(&grid, receptor)?;
    Ok(grid)
}

fn thousandths(length: f64) -> f64 {
    (length * 1000.0).round() / 1000.0
}

fn check_reach(grid: &Grid, receptor: &Receptor) -> Result<()> {
    let low = grid.origin();
    let high = 2.0 * grid.center - low;
    let distance = |position: DVec3| position.clamp(low, high).distance(position);
    let atoms = receptor.atoms.iter();
    let nearest = atoms
        .map(|atom| distance(atom.position))
        .fold(f64::INFINITY, f64::min);
    let cutoff = f64::from(CUTOFF) / 1000.0;
    if nearest > cutoff {
        return Err(Error::Usage(format!(
            "the box around {} is {nearest:.1} Angstrom away from the nearest atom of {}: \
             move its centre into the receptor",
            grid.center, receptor.name
        )));
    }
    Ok(())
}

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
        edges.correct(&on_edge, &work.groups, &mut maps);
    }
    Ok(maps)
}

/// A receptor and its probes as the kernels want them.
struct Work {
    sites: Vec<Site>,
    directions: Vec<[[f32; 4]; 2]>,
    fields: Fields,
    points: map_points::Grid,
    /// Probes of each dispatch, with their places among the types asked for.
    groups: Vec<(Vec<usize>, Vec<Probe>)>,
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
        Ok(Work {
            directions: affinity_maps::directions(&sites),
            fields: Fields {
                lattice: Lattice::over(points.points, spacing, coulomb),
                gaussian: weights().desolvation,
                charge_solvation: CHARGE_SOLVATION,
                solvents: kinds.iter().map(|kind| solvent(*kind)).collect(),
            },
            groups: groups(types, &kinds),
            sites,
            points,
        })
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
        for (_, probes) in &self.groups {
            let group = affinity_maps::record(
                gpu,
                &mut batch,
                probes,
                grid,
                layers,
                &near,
                &directions,
                &fields,
            )?;
            affinities.push(batch.download(&group)?);
        }
        let fields = batch.download(&fields)?;
        let done = batch.submit()?;
        let fields = done.read(fields)?;
        let before = maps.electrostatic.len();
        maps.electrostatic
            .extend(fields.iter().map(|field| field[0]));
        maps.desolvation.extend(fields.iter().map(|field| field[1]));
        for ((places, _), group) in self.groups.iter().zip(affinities) {
            let values = done.read(group)?;
            let each = values.chunks_exact(grid.points_of(layers));
            for (place, map) in places.iter().zip(each) {
                maps.affinity[*place].extend_from_slice(map);
            }
        }
        let marked = fields
            .iter()
            .enumerate()
            .filter(|(_, field)| field[3] > 0.0);
        Ok(marked.map(|(index, _)| before + index).collect())
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

/// Types by fours, those that bind hydrogen apart from those that do not, for the kernel has less to do for the latter.
fn groups(types: &[AtomType], kinds: &[AtomType]) -> Vec<(Vec<usize>, Vec<Probe>)> {
    let probes: Vec<Probe> = types.iter().map(|kind| probe(*kind, kinds)).collect();
    let (plain, bonding): (Vec<usize>, Vec<usize>) =
        (0..probes.len()).partition(|place| probes[*place].bonding == ProbeBonding::None);
    let fours = plain.chunks(SLOTS).chain(bonding.chunks(SLOTS));
    fours
        .map(|places| {
            let probes = places.iter().map(|place| probes[*place].clone()).collect();
            (places.to_vec(), probes)
        })
        .collect()
}

fn probe(kind: AtomType, kinds: &[AtomType]) -> Probe {
    let own = kind.parameters();
    Probe {
        bonding: match own.hydrogen_bonding {
            HydrogenBonding::None => ProbeBonding::None,
            HydrogenBonding::SphericalDonor | HydrogenBonding::DirectionalDonor => {
                ProbeBonding::Donor
            }
            HydrogenBonding::AcceptorOne => ProbeBonding::OneLobe,
            HydrogenBonding::SphericalAcceptor | HydrogenBonding::AcceptorTwo => {
                ProbeBonding::Acceptor
            }
        },
        wells: kinds.iter().map(|k| well(own, k.parameters())).collect(),
        of_volume: (own.solvation / CHARGE_SOLVATION) as f32,
        of_solvation: own.volume as f32,
    }
}

/// The pair potential of two types (Huey et al. 2007): the acceptor's own radius and depth where they bind hydrogen.
fn well(one: &AtomParameters, other: &AtomParameters) -> Well {
    let acceptor = match (donates(one), donates(other)) {
        (true, false) if accepts(other) => Some(other),
        (false, true) if accepts(one) => Some(one),
        _ => None,
    };
    match acceptor {
        Some(acceptor) => Well {
            radius: acceptor.rij_hb,
            depth: acceptor.epsij_hb * weights().hbond,
            hydrogen_bond: true,
        },
        None => Well {
            radius: 0.5 * (one.rii + other.rii),
            depth: (one.epsii * other.epsii).sqrt() * weights().vdw,
            hydrogen_bond: false,
        },
    }
}

fn donates(parameters: &AtomParameters) -> bool {
    matches!(
        parameters.hydrogen_bonding,
        HydrogenBonding::SphericalDonor | HydrogenBonding::DirectionalDonor
    )
}

fn accepts(parameters: &AtomParameters) -> bool {
    !donates(parameters) && parameters.hydrogen_bonding != HydrogenBonding::None
}

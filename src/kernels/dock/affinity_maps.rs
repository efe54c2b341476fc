//! Affinity maps of atom types: van der Waals and directional hydrogen bonds; desolvation comes from the field kernel.
//!
//! As AutoGrid 4 (Morris et al., J. Comput. Chem. 19 (1998) 1639; Huey et al., J. Comput. Chem. 28 (2007) 1145; lone pairs
//! after Goodford, J. Med. Chem. 28 (1985) 849): energies are tabulated by 0.01 Angstrom, each entry the least within
//! 0.25 Angstrom, 100,000 kcal/mol at most.

mod formulas;

pub use formulas::affinity;

use super::field_maps::block_constants;
use super::map_points::{
    Bonding, Grid, MAP_POINTS, Site, near_bin, sample_grid, sample_layers, sample_sites,
};
use super::neighborhoods::{NearBuffers, Neighborhoods};
use crate::Result;
use crate::gpu::{Batch, Buffer, Gpu, Kernel};
use crate::twin::{Format, Launch, Tolerance, Twin, Value, Values};
use formulas::smoothed;
use std::ops::Range;

/// Atom types of one dispatch at most.
pub const SLOTS: usize = 6;
/// Largest energy of a pair, kcal/mol.
pub(super) const CEILING: f64 = 100_000.0;
/// Bins on either side that smoothing looks at: 0.25 Angstrom.
pub(super) const SMOOTHING: u32 = 25;

crate::host_struct!(
    /// Parameters of the kernel.
    Params {
        grid: Grid, any_acceptor: u32, any_donor: u32, pad_a: u32, pad_b: u32, bonding: [u32; 8],
    }
);

/// How a probe binds hydrogen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProbeBonding {
    /// Not at all.
    None = 0,
    /// As a donor hydrogen (HD, HS).
    Donor = 1,
    /// As an acceptor whose bonds with all donors are summed (OA, SA, OS, NS).
    Acceptor = 2,
    /// As an acceptor of which the strongest and weakest bond count (NA).
    OneLobe = 3,
}

/// Energy of a probe with one kind of site.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Well {
    /// Distance of the minimum, Angstrom.
    pub radius: f64,
    /// Depth of the minimum with its weight, kcal/mol.
    pub depth: f64,
    /// 12-10 instead of 12-6.
    pub hydrogen_bond: bool,
}

impl Well {
    /// No interaction.
    pub const FLAT: Well = Well {
        radius: 1.0,
        depth: 0.0,
        hydrogen_bond: false,
    };

    /// The two terms, repulsion and attraction, before ceiling and smoothing.
    fn terms(&self, bin: u32) -> [f64; 2] {
        let t = self.radius / (f64::from(bin) * 0.01);
        if self.hydrogen_bond {
            [
                5.0 * self.depth * t.powi(12),
                -6.0 * self.depth * t.powi(10),
            ]
        } else {
            [self.depth * t.powi(12), -2.0 * self.depth * t.powi(6)]
        }
    }

    fn energy(&self, bin: u32) -> f64 {
        self.terms(bin).iter().sum()
    }

    /// The whole bin of least energy: where smoothing ends.
    fn best_bin(&self) -> u32 {
        let below = ((self.radius * 100.0) as u32).max(1);
        if self.energy(below) <= self.energy(below + 1) {
            below
        } else {
            below + 1
        }
    }

    /// The energy with ceiling and smoothing: the least within 25 bins.
    pub fn smoothed(&self, bin: u32) -> f64 {
        let low = bin.saturating_sub(SMOOTHING).max(1);
        self.energy(self.best_bin().clamp(low, bin + SMOOTHING))
            .min(CEILING)
    }

    fn on_device(&self) -> [f32; 4] {
        let radius = (self.radius * 100.0) as f32;
        [self.best_bin() as f32, radius, self.depth as f32, 0.0]
    }
}

/// One atom type to make a map for.
#[derive(Clone, Debug, PartialEq)]
pub struct Probe {
    /// Its part in hydrogen bonds.
    pub bonding: ProbeBonding,
    /// Its energy with each kind of site.
    pub wells: Vec<Well>,
}

impl Probe {
    /// What it binds hydrogen with: 0 nothing, 1 acceptors, 2 donors. Those of the same kind go the same way through
    /// the kernel, and so share a dispatch best.
    pub fn partners(&self) -> u32 {
        match self.bonding {
            ProbeBonding::None => 0,
            ProbeBonding::Donor => 1,
            ProbeBonding::Acceptor | ProbeBonding::OneLobe => 2,
        }
    }
}

/// Directions of the sites, on the device.
pub fn directions(sites: &[Site]) -> Vec<[[f32; 4]; 2]> {
    sites.iter().map(|site| direction(site.bonding)).collect()
}

fn direction(bonding: Bonding) -> [[f32; 4]; 2] {
    let with = |[x, y, z]: [f32; 3], w: f32| [x, y, z, w];
    match bonding {
        Bonding::Donor { axis, power } => [with(axis, power as f32), [0.0; 4]],
        Bonding::OneLobe { axis } => [with(axis, 1.0), [0.0; 4]],
        Bonding::TwoLobes { axis, normal } if normal == [0.0; 3] => [with(axis, 3.0), [0.0; 4]],
        Bonding::TwoLobes { axis, normal } => {
            let across = glam::Vec3::from(normal).cross(axis.into());
            [with(axis, 2.0), with(across.to_array(), 0.0)]
        }
        Bonding::None | Bonding::SphericalDonor | Bonding::SphericalAcceptor => [[0.0; 4]; 2],
    }
}

/// Of each kind, the wells of up to six probes.
fn wells(probes: &[Probe]) -> Vec<[[f32; 4]; SLOTS]> {
    let kinds = probes.iter().map(|probe| probe.wells.len()).max();
    let well = |slot: usize, kind: usize| probes.get(slot).map_or(Well::FLAT, |p| p.wells[kind]);
    (0..kinds.unwrap_or(0))
        .map(|kind| std::array::from_fn(|slot| well(slot, kind).on_device()))
        .collect()
}

fn params(grid: Grid, probes: &[Probe]) -> Params {
    let is = |wanted: &[ProbeBonding]| {
        u32::from(probes.iter().any(|probe| wanted.contains(&probe.bonding)))
    };
    let bonding = |slot: usize| probes.get(slot).map_or(0, |probe| probe.bonding as u32);
    Params {
        grid,
        any_acceptor: is(&[ProbeBonding::Acceptor, ProbeBonding::OneLobe]),
        any_donor: is(&[ProbeBonding::Donor]),
        pad_a: 0,
        pad_b: 0,
        bonding: std::array::from_fn(bonding),
    }
}

fn constants(probes: &[Probe]) -> [(&'static str, f64); 3] {
    let [y, z] = block_constants();
    [y, z, ("SLOTS", probes.len() as f64)]
}

/// Records the kernel for up to six probes and some layers of blocks; the buffer it returns holds their maps, one after
/// the other, x fastest. `directions` are those of the sites that `near` numbers.
///
/// # Errors
/// What the device reports.
#[allow(
    clippy::too_many_arguments,
    reason = "what a kernel binds is what its launch is given"
)]
pub fn record(
    gpu: &Gpu,
    batch: &mut Batch,
    probes: &[Probe],
    grid: &Grid,
    layers: &Range<u32>,
    near: &NearBuffers,
    directions: &Buffer<[[f32; 4]; 2]>,
) -> Result<Buffer<f32>> {
    let params = gpu.uniform(params(grid.slab(layers.start), probes))?;
    let wells = gpu.storage(&wells(probes))?;
    let maps = gpu.zeroed(grid.points_of(layers) * probes.len())?;
    let args = gpu
        .pipeline(&AffinityMaps::KERNEL, &constants(probes))?
        .args()
        .with("params", &params)?
        .with("blocks", &near.blocks)?
        .with("runs", &near.runs)?
        .with("atoms", &near.atoms)?
        .with("directions", directions)?
        .with("wells", &wells)?
        .with("maps", &maps)?;
    batch.dispatch(args, grid.groups(layers))?;
    Ok(maps)
}

/// The kernel `dock/affinity_maps`.
pub struct AffinityMaps;

/// Sites, grid and probes.
pub struct Input {
    grid: Grid,
    sites: Vec<Site>,
    probes: Vec<Probe>,
}

const SAMPLE_KINDS: u32 = 7;

impl Twin for AffinityMaps {
    const KERNEL: Kernel = Kernel {
        name: "dock/affinity_maps",
        sources: &[
            MAP_POINTS,
            include_str!("../../../shaders/dock/affinity_maps.wgsl"),
        ],
        capacities: &[("SLOTS", SLOTS as u32)],
        native: Some(super::native::affinity_maps::affinity_maps),
    };
    // Fifth powers of rounded distances in the potentials, and roots of differences in the directions.
    const TOLERANCE: Tolerance = Tolerance { roundings: 64.0 };
    type Input = Input;

    fn sizes() -> &'static [usize] {
        &[1, 7, 8, 9, 10, 16, 17]
    }

    fn sample(size: usize, seed: u64) -> Input {
        let grid = sample_grid(size);
        use ProbeBonding::{Acceptor, Donor, None, OneLobe};
        // Every number of slots, and every part in every slot.
        let bonding: &[ProbeBonding] = match size {
            1 => &[Donor],
            7 => &[OneLobe, None, Donor, Acceptor],
            8 => &[Acceptor, Donor],
            10 => &[Donor, OneLobe, Acceptor],
            9 => &[Acceptor, Donor, None, OneLobe, Donor],
            16 => &[OneLobe, Acceptor, Donor, None, OneLobe, Acceptor],
            _ => &[None, Acceptor, OneLobe, Donor, Acceptor, Donor],
        };
        // Few atoms hide nothing behind their walls.
        let count = if size == 10 { 40 } else { 20 * size };
        let probes = bonding.iter().enumerate();
        Input {
            grid,
            sites: sample_sites(count, SAMPLE_KINDS, seed),
            probes: probes.map(|(slot, b)| sample_probe(*b, slot)).collect(),
        }
    }

    fn twin(input: &Input) -> Vec<Value> {
        let layers = sample_layers(&input.grid);
        let points: Vec<[i32; 3]> = input.grid.positions(&layers).collect();
        let map = |probe: &Probe| {
            let tables: Vec<Vec<Value>> = probe.wells.iter().map(smoothed).collect();
            let near = |point: &[i32; 3]| {
                affinity(&input.sites, probe, *point, |index| {
                    let site = &input.sites[index];
                    let bin = near_bin(site.position, *point)?;
                    Some(tables[site.kind as usize][bin as usize])
                })
            };
            points.iter().map(near).collect::<Vec<_>>()
        };
        input.probes.iter().flat_map(map).collect()
    }

    fn launch(input: &Input) -> Option<Launch> {
        let (grid, probes) = (input.grid, &input.probes);
        let layers = sample_layers(&grid);
        // Samples are never so crowded that this fails.
        let near = Neighborhoods::find(&input.sites, &grid, &layers).ok()?;
        let numbers = grid.points_of(&layers) * probes.len();
        let launch = Launch::new(Self::KERNEL, &constants(probes), grid.groups(&layers))
            .with("params", &[params(grid.slab(layers.start), probes)])
            .with("blocks", &near.blocks)
            .with("runs", &near.runs)
            .with("atoms", &near.atoms)
            .with("directions", &directions(&input.sites))
            .with("wells", &wells(probes))
            .output::<f32>("maps", numbers)
            .values([Values::first("maps", Format::F32, numbers)]);
        Some(launch)
    }
}

/// A probe unlike those of other slots; no minimum lies on a whole bin.
fn sample_probe(bonding: ProbeBonding, slot: usize) -> Probe {
    let step = slot as f64;
    let well = |kind: u32| {
        let with_donor = kind < 2;
        let bonds = match bonding {
            ProbeBonding::None => false,
            ProbeBonding::Donor => (2..5).contains(&kind),
            ProbeBonding::Acceptor | ProbeBonding::OneLobe => with_donor,
        };
        Well {
            radius: if bonds {
                1.9037 + 0.1 * step
            } else {
                2.0037 + 0.31 * f64::from(kind) + 0.07 * step
            },
            depth: if bonds { 0.6 } else { 0.15 } - 0.02 * step,
            hydrogen_bond: bonds,
        }
    };
    Probe {
        bonding,
        wells: (0..SAMPLE_KINDS).map(well).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smoothed_well_is_flat_at_the_bottom_and_shifted_beside_it() {
        let well = Well {
            radius: 4.0,
            depth: 0.15,
            hydrogen_bond: false,
        };
        let table = smoothed(&well);
        assert!((table[400][0] + 0.15).abs() < 1e-12);
        assert_eq!(table[375], table[425]);
        // The compiler may raise a number it knows to a power that differs in the last bit.
        assert!((table[500][0] - well.energy(475)).abs() < 1e-15);
        assert!((table[300][0] - well.energy(325)).abs() < 1e-12);
        assert!((0..=800).all(|bin| well.smoothed(bin) == table[bin as usize][0]));
    }

    #[test]
    fn the_best_bin_is_the_table_s() {
        for radius in [1.9, 2.5, 3.105, 3.6049, 4.36] {
            for hydrogen_bond in [false, true] {
                let well = Well {
                    radius,
                    depth: 0.3,
                    hydrogen_bond,
                };
                let least = (1..800).min_by(|a, b| well.energy(*a).total_cmp(&well.energy(*b)));
                assert_eq!(Some(well.best_bin()), least);
            }
        }
    }
}

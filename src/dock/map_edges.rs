//! Grid points where an atom is exactly a whole number of 0.01 Angstrom away, which AutoGrid's rounding puts on either side.
//!
//! The kernels work in whole numbers, so they see every such tie; about one point in two thousand has one. On a steep wall
//! the neighbouring table entry differs by more than maps may, so these points are computed again on the host, with
//! distances rounded as doubles round them.

use super::map_probes::TypeMap;
use crate::formats::maps::{AffinityMaps, Grid};
use crate::kernels::dock::affinity_maps::{Probe, affinity};
use crate::kernels::dock::map_points::{Site, is_on_edge, near_bin};
use crate::kernels::dock::map_slabs::MapWork;
use crate::molecule::Receptor;
use glam::DVec3;
use rayon::prelude::*;

/// A receptor whose distances are taken as AutoGrid takes them.
pub(super) struct Edges<'a> {
    /// Positions from the grid's centre, Angstrom.
    positions: Vec<DVec3>,
    work: &'a MapWork,
    grid: Grid,
}

/// Values of one point: its affinities in the order of the types, potential and desolvation.
struct Corrected {
    index: usize,
    affinities: Vec<f32>,
    electrostatic: f32,
    desolvation: f32,
}

/// A site within the cut-off, with its bin by whole numbers and by doubles.
struct Near {
    site: usize,
    exact_bin: u32,
    bin: u32,
}

impl<'a> Edges<'a> {
    pub(super) fn new(receptor: &Receptor, work: &'a MapWork, grid: &Grid) -> Self {
        let atoms = receptor.atoms.iter();
        Edges {
            positions: atoms.map(|atom| atom.position - grid.center).collect(),
            work,
            grid: *grid,
        }
    }

    /// Computes the marked points again where rounding changes a bin.
    pub(super) fn correct(&self, marked: &[usize], types: &[TypeMap], maps: &mut AffinityMaps) {
        let corrected: Vec<Corrected> = marked
            .par_iter()
            .filter_map(|index| self.at(*index, types, maps))
            .collect();
        for point in corrected {
            maps.electrostatic[point.index] = point.electrostatic;
            maps.desolvation[point.index] = point.desolvation;
            for (map, value) in maps.affinity.iter_mut().zip(point.affinities) {
                map[point.index] = value;
            }
        }
    }

    fn at(&self, index: usize, types: &[TypeMap], maps: &AffinityMaps) -> Option<Corrected> {
        let [nx, ny, _] = self.grid.points;
        let place = [index % nx, index / nx % ny, index / (nx * ny)];
        let spacing = (self.grid.spacing * 1000.0).round() as i32;
        let point = place.map(|step| step as i32 * spacing);
        let at = DVec3::from_array(std::array::from_fn(|axis| {
            let middle = (self.grid.points[axis] / 2) as f64;
            (place[axis] as f64 - middle) * self.grid.spacing
        }));
        let near = self.near(point, at);
        if near.iter().all(|near| near.bin == near.exact_bin) {
            return None;
        }
        let now = self.sum(&near, at, |near| near.bin);
        let before = self.sum(&near, at, |near| near.exact_bin);
        let changed =
            |value: f32, field: usize| (f64::from(value) + now[field] - before[field]) as f32;
        let energies = self.energies(&near, point);
        let affinity =
            |kind: &TypeMap| kind.affinity(energies[kind.probe], [now[1], now[2]]) as f32;
        Some(Corrected {
            index,
            affinities: types.iter().map(affinity).collect(),
            electrostatic: changed(maps.electrostatic[index], 0),
            desolvation: changed(maps.desolvation[index], 1),
        })
    }

    /// Potential and desolvation sums of the near sites with one or the other bin.
    fn sum(&self, near: &[Near], at: DVec3, bin: impl Fn(&Near) -> u32) -> [f64; 3] {
        near.iter()
            .fold([0.0; 3], |[potential, volume, solvation], near| {
                let distance = self.positions[near.site].distance(at);
                let pair = self
                    .work
                    .fields
                    .pair(&self.work.sites[near.site], distance, bin(near));
                [
                    potential + pair[0],
                    volume + pair[1],
                    solvation + pair[2] + pair[3],
                ]
            })
    }

    /// Energy of each probe.
    fn energies(&self, near: &[Near], point: [i32; 3]) -> Vec<f64> {
        let sites: Vec<Site> = near.iter().map(|near| self.work.sites[near.site]).collect();
        let energy = |probe: &Probe| {
            let pair = |index: usize| {
                let well = probe.wells[sites[index].kind as usize];
                Some([well.smoothed(near[index].bin), 0.0])
            };
            affinity(&sites, probe, point, pair)[0]
        };
        self.work.probes.iter().map(energy).collect()
    }

    /// Sites within the cut-off.
    fn near(&self, point: [i32; 3], at: DVec3) -> Vec<Near> {
        let near = |site: usize| {
            let position = self.work.sites[site].position;
            let exact_bin = near_bin(position, point)?;
            let tie = is_on_edge(position, point);
            let bin = if tie {
                self.rounded_bin(site, at)
            } else {
                exact_bin
            };
            Some(Near {
                site,
                exact_bin,
                bin,
            })
        };
        (0..self.work.sites.len()).filter_map(near).collect()
    }

    /// The bin of AutoGrid: differences from the grid's centre, squares summed in this order, one root, times 100, cut off.
    fn rounded_bin(&self, site: usize, at: DVec3) -> u32 {
        let d = self.positions[site] - at;
        ((d.x * d.x + d.y * d.y + d.z * d.z).sqrt() * 100.0) as u32
    }
}

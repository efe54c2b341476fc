//! Affinity maps of up to six atom types on the host's processor: shaders/dock/affinity_maps.wgsl.

use super::bond_shapes::{Nearest, acceptor_shape, donor_shape};
use super::map_points::Blocks;
use super::slot_sums::{Mode, Points};
use super::tiles::Tile;
use super::wells::{Reach, Well};
use crate::Result;
use crate::gpu::{Call, Cells};
use crate::kernels::dock::affinity_maps::{self, Params};
use crate::lanes::{Body, Instructions};
use std::ops::Range;

/// The body of `dock/affinity_maps`.
///
/// # Errors
/// What the bindings report.
pub fn affinity_maps(call: &Call) -> Result<()> {
    match call.constant("SLOTS")? as usize {
        1 => maps_of::<1>(call),
        2 => maps_of::<2>(call),
        3 => maps_of::<3>(call),
        4 => maps_of::<4>(call),
        5 => maps_of::<5>(call),
        _ => maps_of::<6>(call),
    }
}

fn maps_of<const SLOTS: usize>(call: &Call) -> Result<()> {
    let params: Params = call.uniform("params")?;
    let blocks = Blocks::read(call, params.grid)?;
    let directions: &[[[f32; 4]; 2]] = call.read("directions")?;
    let wells: &[[[f32; 4]; affinity_maps::SLOTS]] = call.read("wells")?;
    let wells: Vec<[Well; SLOTS]> = wells
        .iter()
        .map(|of_kind| std::array::from_fn(|slot| Well::new(of_kind[slot])))
        .collect();
    let (wells, maps) = (wells.as_slice(), call.cells("maps")?);
    call.for_each_group(|group| {
        call.level().run(Block {
            params: &params,
            blocks: &blocks,
            directions,
            wells,
            maps,
            group,
        });
    });
    Ok(())
}

/// A block of points.
struct Block<'a, const SLOTS: usize> {
    params: &'a Params,
    blocks: &'a Blocks<'a>,
    directions: &'a [[[f32; 4]; 2]],
    wells: &'a [[Well; SLOTS]],
    maps: Cells<'a>,
    group: [u32; 3],
}

impl<const SLOTS: usize> Body for Block<'_, SLOTS> {
    type Output = ();

    #[inline(always)]
    fn run<S: Instructions>(self, simd: S) {
        let [first, others, donors, end] = self.blocks.bounds(self.group);
        // Kinds that no slot bonds with are summed as the others.
        let plain = if self.params.any_donor == 1 {
            others
        } else {
            first
        };
        let donors = if self.params.any_acceptor == 1 {
            donors
        } else {
            end
        };
        for tiles in self.blocks.tiles(simd, self.group) {
            let mut points = [Points::none(&tiles[0]), Points::none(&tiles[1])];
            self.add_acceptors(&mut points, &tiles, first..plain);
            self.add_plain(&mut points, &tiles, plain..donors);
            self.add_donors(&mut points, &tiles, donors..end);
            for (tile, points) in tiles.iter().zip(&points) {
                self.store(tile, points);
            }
        }
    }
}

impl<const SLOTS: usize> Block<'_, SLOTS> {
    /// Calls `add` with each atom of some runs, and the wells of its kind.
    #[inline(always)]
    fn for_each_atom(&self, runs: Range<usize>, mut add: impl FnMut([i32; 4], &[Well; SLOTS])) {
        for &[kind, first, end, _] in &self.blocks.runs[runs] {
            let wells = &self.wells[kind as usize];
            for atom in &self.blocks.atoms[first as usize..end as usize] {
                add(*atom, wells);
            }
        }
    }

    #[inline(always)]
    fn add_plain<S: Instructions>(
        &self,
        points: &mut [Points<S, SLOTS>; 2],
        tiles: &[Tile<S>; 2],
        runs: Range<usize>,
    ) {
        let mut sums = [points[0].sum, points[1].sum];
        self.for_each_atom(
            runs,
            #[inline(always)]
            |atom, wells| {
                let distances = [tiles[0].distance(atom), tiles[1].distance(atom)];
                let reaches = [Reach::new(&distances[0]), Reach::new(&distances[1])];
                for (slot, well) in wells.iter().enumerate() {
                    for (sum, reach) in sums.iter_mut().zip(&reaches) {
                        sum[slot] += well.energy(reach);
                    }
                }
            },
        );
        for (points, sum) in points.iter_mut().zip(sums) {
            points.sum = sum;
        }
    }

    #[inline(always)]
    fn add_acceptors<S: Instructions>(
        &self,
        points: &mut [Points<S, SLOTS>; 2],
        tiles: &[Tile<S>; 2],
        runs: Range<usize>,
    ) {
        let modes = self.modes(|bonding| match bonding {
            1 => Mode::Extremes,
            _ => Mode::Plain,
        });
        self.for_each_atom(
            runs,
            #[inline(always)]
            |atom, wells| {
                let direction = &self.directions[atom[3] as usize];
                for (tile, points) in tiles.iter().zip(points.iter_mut()) {
                    let distance = tile.distance(atom);
                    let shape = acceptor_shape(direction, tile.way(atom), distance.inverse());
                    let reach = Reach::new(&distance);
                    points.add_bonded(modes, &reach, wells, [shape, tile.splat(1.0)]);
                }
            },
        );
    }

    #[inline(always)]
    fn add_donors<S: Instructions>(
        &self,
        points: &mut [Points<S, SLOTS>; 2],
        tiles: &[Tile<S>; 2],
        runs: Range<usize>,
    ) {
        let modes = self.modes(|bonding| match bonding {
            2 => Mode::Summed,
            3 => Mode::Extremes,
            _ => Mode::Plain,
        });
        let axis = |atom: [i32; 4]| self.directions[atom[3] as usize][0];
        let mut nearest = [Nearest::none(&tiles[0]), Nearest::none(&tiles[1])];
        self.for_each_atom(
            runs.clone(),
            #[inline(always)]
            |atom, _| {
                for (tile, nearest) in tiles.iter().zip(&mut nearest) {
                    nearest.note(tile, atom, axis(atom));
                }
            },
        );
        self.for_each_atom(
            runs,
            #[inline(always)]
            |atom, wells| {
                for (k, tile) in tiles.iter().enumerate() {
                    let (distance, site) = (tile.distance(atom), tile.whole(atom[3]));
                    let way = tile.way(atom);
                    let shape = donor_shape(&nearest[k], site, axis(atom), way, distance.inverse());
                    points[k].add_bonded(modes, &Reach::new(&distance), wells, shape);
                }
            },
        );
    }

    #[inline(always)]
    fn modes(&self, of: impl Fn(u32) -> Mode) -> [Mode; SLOTS] {
        std::array::from_fn(|slot| of(self.params.bonding[slot]))
    }

    #[inline(always)]
    fn store<S: Instructions>(&self, tile: &Tile<S>, points: &Points<S, SLOTS>) {
        let map = self.maps.count::<f32>() / SLOTS;
        for slot in 0..SLOTS {
            let values = points.value(slot);
            self.blocks
                .store(tile, self.group, slot * map, self.maps, |lane| {
                    values.as_slice()[lane]
                });
        }
    }
}

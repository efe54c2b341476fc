//! Affinity maps of up to four atom types on the host's processor: shaders/dock/affinity_maps.wgsl.

use super::bond_shapes::{Nearest, acceptor_shape, donor_shape};
use super::map_points::{Blocks, Tile};
use super::wells::{Reach, Well};
use crate::Result;
use crate::gpu::{Call, Cells};
use crate::kernels::dock::affinity_maps::Params;
use crate::lanes::{Body, Instructions, Lanes, Real};
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
        _ => maps_of::<4>(call),
    }
}

fn maps_of<const SLOTS: usize>(call: &Call) -> Result<()> {
    let params: Params = call.uniform("params")?;
    let blocks = Blocks::read(call, params.grid)?;
    let directions: &[[[f32; 4]; 2]] = call.read("directions")?;
    let wells: &[[[f32; 4]; 4]] = call.read("wells")?;
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

/// What has been summed for each slot, and the extremes of its hydrogen bonds.
struct Points<S: Instructions, const SLOTS: usize> {
    sum: [Lanes<S>; SLOTS],
    low: [Lanes<S>; SLOTS],
    high: [Lanes<S>; SLOTS],
}

/// What a slot does with an atom that may bind hydrogen.
#[derive(Clone, Copy)]
enum Mode {
    /// Adds the energy of an atom without bonds.
    Plain,
    /// Adds the bond.
    Summed,
    /// Keeps the extremes of all bonds.
    Extremes,
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
        for tile in self.blocks.tiles(simd, self.group) {
            let mut points = Points {
                sum: [tile.splat(0.0); SLOTS],
                low: [tile.splat(1e6); SLOTS],
                high: [tile.splat(-1e6); SLOTS],
            };
            self.add_plain(&mut points, &tile, plain..donors);
            self.add_acceptors(&mut points, &tile, first..plain);
            self.add_donors(&mut points, &tile, donors..end);
            self.store(&tile, &points);
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
        points: &mut Points<S, SLOTS>,
        tile: &Tile<S>,
        runs: Range<usize>,
    ) {
        let mut sum = points.sum;
        self.for_each_atom(runs, |atom, wells| {
            let reach = Reach::new(&tile.distance(atom));
            for (sum, well) in sum.iter_mut().zip(wells) {
                *sum += well.energy(&reach);
            }
        });
        points.sum = sum;
    }

    #[inline(always)]
    fn add_acceptors<S: Instructions>(
        &self,
        points: &mut Points<S, SLOTS>,
        tile: &Tile<S>,
        runs: Range<usize>,
    ) {
        let modes = self.modes(|bonding| {
            if bonding == 1 {
                Mode::Extremes
            } else {
                Mode::Plain
            }
        });
        self.for_each_atom(runs, |atom, wells| {
            let distance = tile.distance(atom);
            let shape = acceptor_shape(
                &self.directions[atom[3] as usize],
                tile.way(atom),
                distance.inverse(),
            );
            let reach = Reach::new(&distance);
            self.add_bonded(points, modes, &reach, wells, [shape, tile.splat(1.0)]);
        });
    }

    #[inline(always)]
    fn add_donors<S: Instructions>(
        &self,
        points: &mut Points<S, SLOTS>,
        tile: &Tile<S>,
        runs: Range<usize>,
    ) {
        let modes = self.modes(|bonding| match bonding {
            2 => Mode::Summed,
            3 => Mode::Extremes,
            _ => Mode::Plain,
        });
        let mut nearest = Nearest::none(tile);
        self.for_each_atom(runs.clone(), |atom, _| {
            nearest.note(tile, atom, self.directions[atom[3] as usize][0])
        });
        self.for_each_atom(runs, |atom, wells| {
            let distance = tile.distance(atom);
            let axis = self.directions[atom[3] as usize][0];
            let shape_and_share = donor_shape(
                &nearest,
                tile.whole(atom[3]),
                axis,
                tile.way(atom),
                distance.inverse(),
            );
            let reach = Reach::new(&distance);
            self.add_bonded(points, modes, &reach, wells, shape_and_share);
        });
    }

    #[inline(always)]
    fn modes(&self, of: impl Fn(u32) -> Mode) -> [Mode; SLOTS] {
        std::array::from_fn(|slot| of(self.params.bonding[slot]))
    }

    /// Adds an atom that may bind hydrogen; `share` is what the nearest donor leaves to it.
    #[inline(always)]
    fn add_bonded<S: Instructions>(
        &self,
        points: &mut Points<S, SLOTS>,
        modes: [Mode; SLOTS],
        reach: &Reach<S>,
        wells: &[Well; SLOTS],
        [shape, share]: [Lanes<S>; 2],
    ) {
        for slot in 0..SLOTS {
            if let Mode::Plain = modes[slot] {
                points.sum[slot] += wells[slot].energy(reach);
                continue;
            }
            let bond = wells[slot].bond_energy(reach);
            // Where the energy is positive the direction counts the less, the harder the wall.
            let wall = (bond * 0.01).clamp(bond.like(0.0), bond.like(1.0));
            let directed = bond * (shape + (shape.like(1.0) - shape) * wall);
            if let Mode::Summed = modes[slot] {
                points.sum[slot] += Real::select(reach.near, directed * share, bond.like(0.0));
            } else {
                let [low, high] = [points.low[slot], points.high[slot]];
                points.low[slot] = Real::select(reach.near, low.min(directed), low);
                points.high[slot] = Real::select(reach.near, high.max(directed), high);
            }
        }
    }

    /// Adds the extremes of the hydrogen bonds, and stores all slots' points.
    #[inline(always)]
    fn store<S: Instructions>(&self, tile: &Tile<S>, points: &Points<S, SLOTS>) {
        let map = self.maps.count::<f32>() / SLOTS;
        for slot in 0..SLOTS {
            let [low, high] = [points.low[slot], points.high[slot]];
            let extremes = Real::select(high.less(low), low.like(0.0), low + high);
            let values = points.sum[slot] + extremes;
            self.blocks
                .store(tile, self.group, slot * map, self.maps, |lane| {
                    values.as_slice()[lane]
                });
        }
    }
}

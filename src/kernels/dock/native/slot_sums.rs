//! What the affinity kernel sums for each slot at the points of a tile: shaders/dock/affinity_maps.wgsl.

use super::tiles::Tile;
use super::wells::{Reach, Well};
use crate::lanes::{Instructions, Lanes, Real};

/// What has been summed for each slot, and the extremes of its hydrogen bonds.
pub(super) struct Points<S: Instructions, const SLOTS: usize> {
    pub(super) sum: [Lanes<S>; SLOTS],
    pub(super) low: [Lanes<S>; SLOTS],
    pub(super) high: [Lanes<S>; SLOTS],
}

/// What a slot does with an atom that may bind hydrogen.
#[derive(Clone, Copy)]
pub(super) enum Mode {
    /// Adds the energy of an atom without bonds.
    Plain,
    /// Adds the bond.
    Summed,
    /// Keeps the extremes of all bonds.
    Extremes,
}

impl<S: Instructions, const SLOTS: usize> Points<S, SLOTS> {
    #[inline(always)]
    pub(super) fn none(tile: &Tile<S>) -> Self {
        Points {
            sum: [tile.splat(0.0); SLOTS],
            low: [tile.splat(1e6); SLOTS],
            high: [tile.splat(-1e6); SLOTS],
        }
    }

    /// Adds an atom that may bind hydrogen; `share` is what the nearest donor leaves to it.
    #[inline(always)]
    pub(super) fn add_bonded(
        &mut self,
        modes: [Mode; SLOTS],
        reach: &Reach<S>,
        wells: &[Well; SLOTS],
        [shape, share]: [Lanes<S>; 2],
    ) {
        for slot in 0..SLOTS {
            if let Mode::Plain = modes[slot] {
                self.sum[slot] += wells[slot].energy(reach);
                continue;
            }
            let bond = wells[slot].bond_energy(reach);
            // Where the energy is positive the direction counts the less, the harder the wall.
            let wall = (bond * 0.01).clamp(bond.like(0.0), bond.like(1.0));
            let directed = bond * (shape + (shape.like(1.0) - shape) * wall);
            if let Mode::Summed = modes[slot] {
                self.sum[slot] += Real::select(reach.near, directed * share, bond.like(0.0));
            } else {
                let [low, high] = [self.low[slot], self.high[slot]];
                self.low[slot] = Real::select(reach.near, low.min(directed), low);
                self.high[slot] = Real::select(reach.near, high.max(directed), high);
            }
        }
    }

    /// The map of a slot: the sum with the extremes of the hydrogen bonds.
    #[inline(always)]
    pub(super) fn value(&self, slot: usize) -> Lanes<S> {
        let [low, high] = [self.low[slot], self.high[slot]];
        self.sum[slot] + Real::select(high.less(low), low.like(0.0), low + high)
    }
}

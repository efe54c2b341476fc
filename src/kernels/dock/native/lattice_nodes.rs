//! The coarse lattice interpolated between six nodes along each axis, for the field kernel's lane body.
//!
//! The shader weighs nodes anew at every point. Here the weights along an axis, which whole planes of points share, are
//! computed once, and columns of nodes along x fill the lanes.

use super::map_points::BLOCK_X;
use super::tiles::Tile;
use crate::kernels::dock::field_maps::Params;
use crate::lanes::{Instructions, Lanes, Real};

/// Nodes that a point's value comes from, along one axis.
const NODES: usize = 6;
/// More columns than a block of points takes, with points as far apart as its distances allow.
const COLUMNS: usize = 48;
/// Lanes at most.
const LANES: usize = 16;

/// Weights of the lattice's nodes at every point of the grid.
pub(super) struct LatticeNodes<'a> {
    lattice: &'a [f32],
    nodes: [usize; 3],
    /// For points along y and z.
    rows: [Vec<Weights>; 2],
    /// For blocks along x.
    blocks: Vec<Columns>,
}

/// The nodes of one point along an axis.
struct Weights {
    first: usize,
    weights: [f32; NODES],
}

/// The nodes of the eight points of a block along x: of each, its weight at the points, repeated to fill any lanes.
struct Columns {
    first: usize,
    weights: Vec<[f32; 2 * LANES]>,
}

impl<'a> LatticeNodes<'a> {
    pub(super) fn new(params: &Params, lattice: &'a [f32]) -> Self {
        let nodes = params.nodes.map(|nodes| nodes as usize);
        let axis = |axis: usize| -> Vec<Weights> {
            let points = 0..params.grid.points[axis];
            let at =
                |index: u32| (index as i32 * params.grid.spacing) as f32 * params.node_scale + 2.0;
            points
                .map(|index| Weights::new(at(index), nodes[axis]))
                .collect()
        };
        LatticeNodes {
            lattice,
            nodes,
            blocks: axis(0).chunks(BLOCK_X).map(Columns::new).collect(),
            rows: [axis(1), axis(2)],
        }
    }

    /// The potential at the points of a tile in the block with this number along x.
    #[inline(always)]
    pub(super) fn potential<S: Instructions>(&self, tile: &Tile<S>, block: usize) -> Lanes<S> {
        let columns = &self.blocks[block];
        let mut potential = tile.splat(0.0);
        for row in 0..Lanes::<S>::COUNT.div_ceil(BLOCK_X) {
            // Rows past the grid's end, which nobody reads, are like its last one.
            let y = (tile.y + row).min(self.rows[0].len() - 1);
            let values = self.columns(tile, columns, [y, tile.z]);
            let weighted = columns.weights.iter().zip(values);
            let sum = weighted.fold(tile.splat(0.0), |sum, (weights, value)| {
                Lanes::load(tile.simd, &weights[tile.first..]).mul_add(tile.splat(value), sum)
            });
            potential = if row == 0 {
                sum
            } else {
                Real::select(tile.in_row(row), sum, potential)
            };
        }
        potential
    }

    /// The lattice interpolated along y and z, at the columns' nodes along x.
    #[inline(always)]
    fn columns<S: Instructions>(
        &self,
        tile: &Tile<S>,
        columns: &Columns,
        [y, z]: [usize; 2],
    ) -> [f32; COLUMNS] {
        let mut values = [0.0; COLUMNS];
        let [y, z] = [&self.rows[0][y], &self.rows[1][z]];
        let count = columns.weights.len().min(COLUMNS);
        for (chunk, values) in values[..count].chunks_mut(Lanes::<S>::COUNT).enumerate() {
            let x = columns.first + chunk * Lanes::<S>::COUNT;
            let mut sum = tile.splat(0.0);
            for (k, of_z) in z.weights.iter().enumerate() {
                for (j, of_y) in y.weights.iter().enumerate() {
                    let at = x + self.nodes[0] * (y.first + j + self.nodes[1] * (z.first + k));
                    let nodes = Lanes::load(tile.simd, self.lattice.get(at..).unwrap_or_default());
                    sum = nodes.mul_add(tile.splat(of_y * of_z), sum);
                }
            }
            sum.store(values);
        }
        values
    }
}

impl Weights {
    /// For a point with this node coordinate.
    fn new(at: f32, nodes: usize) -> Self {
        let first = (at as usize - 2).min(nodes.saturating_sub(NODES));
        Weights {
            first,
            weights: std::array::from_fn(|node| node_weight(at - (first + node) as f32)),
        }
    }
}

impl Columns {
    fn new(points: &[Weights]) -> Self {
        let first = points.first().map_or(0, |point| point.first);
        let end = points.last().map_or(0, |point| point.first + NODES);
        let weight = |node: usize, lane: usize| {
            let point = points.get(lane % BLOCK_X)?;
            point.weights.get(node.checked_sub(point.first)?).copied()
        };
        let weights = |node: usize| std::array::from_fn(|lane| weight(node, lane).unwrap_or(0.0));
        Columns {
            first,
            weights: (first..end).map(weights).collect(),
        }
    }
}

/// Lagrange interpolation between six nodes: the weight of a node `t` nodes away, as the shader has it.
fn node_weight(t: f32) -> f32 {
    let a = t.abs();
    let outer = (1.0 - a) * (2.0 - a) * (3.0 - a) * (4.0 - a);
    match a {
        ..1.0 => (1.0 - a * a) * (4.0 - a * a) * (3.0 - a) * 0.083_333_336,
        1.0..2.0 => outer * (a + 1.0) * 0.041_666_668,
        2.0..3.0 => outer * (5.0 - a) * 0.008_333_334,
        _ => 0.0,
    }
}

//! Electrostatic potential and desolvation sums on the host's processor: shaders/dock/field_maps.wgsl.

use super::lattice_nodes::LatticeNodes;
use super::map_points::Blocks;
use super::tiles::{Distance, Tile};
use crate::Result;
use crate::gpu::{Call, Cells};
use crate::kernels::dock::ad4_pairs::GAUSSIAN_WIDTH;
use crate::kernels::dock::dielectric;
use crate::kernels::dock::field_maps::{Field, Params};
use crate::lanes::{Body, Instructions, Lanes, Mask, Real, Whole};

/// Angstrom in a bin.
const BIN: f64 = 0.01;
/// Of the dielectric, per bin.
const RATE: f32 = (BIN * dielectric::RATE) as f32;
/// Of exp(-r^2 / (2 width^2)), per squared bin.
const GAUSSIAN_RATE: f32 = (0.5 * BIN * BIN / (GAUSSIAN_WIDTH * GAUSSIAN_WIDTH)) as f32;

/// Middle of the numbers that [`falling_exp`] takes: both exponents fall from 0 to -2.53 within the cut-off.
const MIDDLE: f32 = 0.3155;
/// exp(t - MIDDLE) for |t| <= MIDDLE: a minimax polynomial, right to 0.7 roundings.
const QUARTER_EXP: [f32; 6] = [
    0.729_424_1,
    0.729_423_94,
    0.364_706_5,
    0.121_575_23,
    0.030_543_173,
    0.006_056_959_6,
];

/// The body of `dock/field_maps`.
///
/// # Errors
/// What the bindings report.
pub fn field_maps(call: &Call) -> Result<()> {
    let params: Params = call.uniform("params")?;
    let blocks = Blocks::read(call, params.grid)?;
    let charges: &[f32] = call.read("charges")?;
    let solvents: &[[f32; 2]] = call.read("solvents")?;
    let nodes = LatticeNodes::new(&params, call.read("lattice")?);
    let fields = call.cells("fields")?;
    call.for_each_group(|group| {
        call.level().run(Block {
            params: &params,
            blocks: &blocks,
            charges,
            solvents,
            nodes: &nodes,
            fields,
            group,
        });
    });
    Ok(())
}

/// A block of points.
struct Block<'a> {
    params: &'a Params,
    blocks: &'a Blocks<'a>,
    charges: &'a [f32],
    solvents: &'a [[f32; 2]],
    nodes: &'a LatticeNodes<'a>,
    fields: Cells<'a>,
    group: [u32; 3],
}

struct Sums<S: Instructions> {
    potential: Lanes<S>,
    volume: Lanes<S>,
    solvation: Lanes<S>,
    on_edge: Mask<S>,
}

impl<S: Instructions> Sums<S> {
    #[inline(always)]
    fn none(tile: &Tile<S>) -> Self {
        let nought = tile.splat(0.0);
        Sums {
            potential: nought,
            volume: nought,
            solvation: nought,
            on_edge: nought.less(nought),
        }
    }
}

impl Body for Block<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Instructions>(self, simd: S) {
        for tiles in self.blocks.tiles(simd, self.group) {
            let sums = self.near_sums(&tiles);
            for (tile, mut sums) in tiles.iter().zip(sums) {
                sums.potential += self.nodes.potential(tile, self.group[0] as usize);
                self.store(tile, sums);
            }
        }
    }
}

impl Block<'_> {
    #[inline(always)]
    fn near_sums<S: Instructions>(&self, tiles: &[Tile<S>; 2]) -> [Sums<S>; 2] {
        let [first, .., end] = self.blocks.bounds(self.group);
        let mut sums = [Sums::none(&tiles[0]), Sums::none(&tiles[1])];
        for &[kind, first, end, _] in &self.blocks.runs[first..end] {
            let solvent = self.solvents[kind as usize];
            for atom in &self.blocks.atoms[first as usize..end as usize] {
                let charge = self.charges[atom[3] as usize];
                let distances = [tiles[0].distance(*atom), tiles[1].distance(*atom)];
                let units = [
                    self.unit_potential(&distances[0]),
                    self.unit_potential(&distances[1]),
                ];
                for (k, sums) in sums.iter_mut().enumerate() {
                    self.add(sums, &distances[k], units[k], charge, solvent);
                }
            }
        }
        sums
    }

    /// Adds what one near atom does; `unit` is what a unit charge adds to the potential.
    #[inline(always)]
    fn add<S: Instructions>(
        &self,
        sums: &mut Sums<S>,
        &Distance { squared, near, bin }: &Distance<S>,
        unit: Lanes<S>,
        charge: f32,
        [volume, solvation]: [f32; 2],
    ) {
        let nought = bin.like(0.0);
        let bin_squared = bin * bin;
        let gaussian = Real::select(near, falling_exp(bin_squared, GAUSSIAN_RATE), nought);
        let unit = Real::select(near, unit, nought);
        sums.potential = unit.mul_add(bin.like(charge), sums.potential);
        sums.volume = gaussian.mul_add(bin.like(volume), sums.volume);
        let solvation = solvation + self.params.charge_solvation * charge.abs();
        sums.solvation = gaussian.mul_add(bin.like(solvation), sums.solvation);
        // Exact: a multiple of 4 of no more than 26 bits.
        let edge = Whole::truncated(bin_squared * 100.0);
        sums.on_edge = sums.on_edge | (near & edge.equal(squared));
    }

    /// A unit charge at these distances without its smooth part, which the lattice has already: as the shader has it, with
    /// one reciprocal root for the division and the distance.
    #[inline(always)]
    fn unit_potential<S: Instructions>(&self, distance: &Distance<S>) -> Lanes<S> {
        let (bin, square) = (distance.bin, distance.squared.to_reals());
        let constant = |k: f32| bin.like(k);
        let e = falling_exp(bin, RATE);
        let u = e.mul_add(constant(dielectric::K as f32), constant(1.0));
        let slope = u.mul_add(
            constant(dielectric::A as f32),
            constant(dielectric::B as f32),
        );
        let reach = square.max(constant(250_000.0));
        let inverse = (reach * slope * slope).inverse_sqrt() * (1000.0 * self.params.coulomb);
        // In the first bin the dielectric is 1, and no distance counts as less than 0.5 Angstrom.
        let within = bin.less(constant(1.0));
        let whole = Real::select(within, constant(2.0 * self.params.coulomb), u * inverse);
        let w = square.mul_add(constant(1.5625e-8), constant(-1.0));
        let [s0, s1, s2, s3] = self.params.smooth_potential.map(|s| w.like(s));
        whole - s3.mul_add(w, s2).mul_add(w, s1).mul_add(w, s0)
    }

    #[inline(always)]
    fn store<S: Instructions>(&self, tile: &Tile<S>, sums: Sums<S>) {
        let volume = sums.volume * self.params.charge_solvation * self.params.gaussian;
        let solvation = sums.solvation * self.params.gaussian;
        let edge = Real::select(sums.on_edge, tile.splat(1.0), tile.splat(0.0));
        let lanes = [sums.potential, volume, solvation, edge];
        let field =
            |lane: usize| -> Field { [0, 1, 2, 3].map(|field| lanes[field].as_slice()[lane]) };
        self.blocks.store(tile, self.group, 0, self.fields, field);
    }
}

/// exp(-`rate` x `distance`) for results that are no less than exp(-8 MIDDLE): the fourth power of a polynomial, which has
/// no whole part to split off.
#[inline(always)]
fn falling_exp<S: Instructions>(distance: Lanes<S>, rate: f32) -> Lanes<S> {
    let constant = |k: f32| distance.like(k);
    let t = distance.mul_add(constant(-0.25 * rate), constant(MIDDLE));
    let [rest @ .., last] = QUARTER_EXP;
    let rest = rest.iter().rev();
    let quarter = rest.fold(constant(last), |sum, &k| sum.mul_add(t, constant(k)));
    let half = quarter * quarter;
    half * half
}

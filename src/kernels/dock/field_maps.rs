//! Maps that no probe's type enters: electrostatic potential and desolvation sums.
//!
//! As AutoGrid 4 (Morris et al., J. Comput. Chem. 19 (1998) 1639; Huey et al., J. Comput. Chem. 28 (2007) 1145).

use super::ad4_pairs::GAUSSIAN_WIDTH;
use super::dielectric::dielectric;
use super::long_range_potential::{Lattice, smooth_potential};
use super::map_points::{
    BLOCK, Grid, MAP_POINTS, SAMPLE_SIZES, Site, is_on_edge, near_bin, sample_grid, sample_layers,
    sample_sites,
};
use super::neighborhoods::{NearBuffers, Neighborhoods};
use crate::Result;
use crate::gpu::{Batch, Buffer, Gpu, Kernel};
use crate::kernels::dock::long_range_potential::NODE_SPACING;
use crate::twin::{Format, Launch, Tolerance, Twin, Value, Values};
use std::ops::Range;

crate::host_struct!(
    /// Parameters of the kernel.
    Params {
        grid: Grid, node_scale: f32, coulomb: f32, gaussian: f32, charge_solvation: f32,
        nodes: [u32; 3], pad: u32, smooth_potential: [f32; 4],
    }
);

/// What the fields are made of, beside the sites.
#[derive(Clone, Debug, PartialEq)]
pub struct Fields {
    /// Lattice of the smooth potential.
    pub lattice: Lattice,
    /// Weight of the desolvation gaussian, kcal/mol.
    pub gaussian: f64,
    /// Solvation parameter per |elementary charge|.
    pub charge_solvation: f64,
    /// Volume (cubic Angstrom) and solvation parameter of each kind of site.
    pub solvents: Vec<[f32; 2]>,
}

/// What the kernel leaves at a point: electrostatic potential, kcal/mol/e; the sums over near atoms of
/// `charge_solvation` x volume x gaussian and of (solvation + `charge_solvation` x |charge|) x gaussian; and 1 where an
/// atom is exactly a whole number of bins away, else 0.
pub type Field = [f32; 4];

impl Fields {
    fn params(&self, grid: Grid) -> Params {
        Params {
            grid,
            node_scale: (0.001 / NODE_SPACING) as f32,
            coulomb: self.lattice.coulomb as f32,
            gaussian: self.gaussian as f32,
            charge_solvation: self.charge_solvation as f32,
            nodes: self.lattice.nodes,
            pad: 0,
            smooth_potential: smooth_potential(self.lattice.coulomb),
        }
    }

    /// What one near atom at a distance (Angstrom) and bin adds in f64: potential, volume term, and the two parts of the
    /// solvation term.
    pub fn pair(&self, site: &Site, distance: f64, bin: u32) -> [f64; 4] {
        let (charge, cut) = (f64::from(site.charge), f64::from(bin) * 0.01);
        let dielectric = if bin == 0 { 1.0 } else { dielectric(cut) };
        let gaussian = self.gaussian * (-cut * cut / (2.0 * GAUSSIAN_WIDTH.powi(2))).exp();
        let [volume, solvation] = self.solvents[site.kind as usize].map(f64::from);
        [
            charge * self.lattice.coulomb / (dielectric * distance.max(0.5)),
            self.charge_solvation * volume * gaussian,
            solvation * gaussian,
            self.charge_solvation * charge.abs() * gaussian,
        ]
    }

    /// Records the kernel for some layers of blocks. `lattice` is what [`Lattice::record`] gave.
    ///
    /// # Errors
    /// What the device reports.
    #[allow(
        clippy::too_many_arguments,
        reason = "what a kernel binds is what its launch is given"
    )]
    pub fn record(
        &self,
        gpu: &Gpu,
        batch: &mut Batch,
        grid: &Grid,
        layers: &Range<u32>,
        near: &NearBuffers,
        sites: &[Site],
        lattice: &Buffer<[f32; 4]>,
    ) -> Result<Buffer<Field>> {
        let points = grid.points_of(layers);
        let charges: Vec<f32> = sites.iter().map(|site| site.charge).collect();
        let params = gpu.uniform(self.params(grid.slab(layers.start)))?;
        let (charges, solvents) = (gpu.storage(&charges)?, gpu.storage(&self.solvents)?);
        let fields = gpu.zeroed(points)?;
        let args = gpu
            .pipeline(&FieldMaps::KERNEL, &block_constants())?
            .args()
            .with("params", &params)?
            .with("blocks", &near.blocks)?
            .with("runs", &near.runs)?
            .with("atoms", &near.atoms)?
            .with("charges", &charges)?
            .with("solvents", &solvents)?
            .with("lattice", lattice)?
            .with("fields", &fields)?;
        batch.dispatch(args, grid.groups(layers))?;
        Ok(fields)
    }
}

/// Override constants of the kernels that work by blocks.
pub(super) fn block_constants() -> [(&'static str, f64); 2] {
    [
        ("BLOCK_Y", f64::from(BLOCK[1])),
        ("BLOCK_Z", f64::from(BLOCK[2])),
    ]
}

/// The kernel `dock/field_maps`: all potentials, then all of each desolvation sum, then the marks.
pub struct FieldMaps;

/// Sites, grid and a lattice.
pub struct Input {
    fields: Fields,
    grid: Grid,
    sites: Vec<Site>,
    potential: Vec<f32>,
}

impl Twin for FieldMaps {
    const KERNEL: Kernel = Kernel {
        name: "dock/field_maps",
        sources: &[
            MAP_POINTS,
            include_str!("../../../shaders/dock/field_maps.wgsl"),
        ],
        capacities: &[],
        native: Some(super::native::field_maps::field_maps),
    };
    const TOLERANCE: Tolerance = Tolerance { roundings: 64.0 };
    type Input = Input;

    fn sizes() -> &'static [usize] {
        SAMPLE_SIZES
    }

    fn sample(size: usize, seed: u64) -> Input {
        let grid = sample_grid(size);
        let lattice = Lattice::over(grid.points, grid.spacing, 46.68);
        let node = |i: u32| super::random::philox([i, 9, 9, 9], [seed as u32, 0])[0];
        Input {
            potential: (0..lattice.len() as u32)
                .map(|i| super::random::uniform01(node(i)) as f32 + 0.5)
                .collect(),
            fields: Fields {
                lattice,
                gaussian: 0.1322,
                charge_solvation: 0.01097,
                solvents: (0..7).map(|k| [5.0 * k as f32, -2e-4 * k as f32]).collect(),
            },
            grid,
            // Beside near atoms the interpolation hardly shows: some sizes have none.
            sites: match size {
                1 | 10 => Vec::new(),
                _ => sample_sites(20 * size, 7, seed),
            },
        }
    }

    fn twin(input: &Input) -> Vec<Value> {
        let layers = sample_layers(&input.grid);
        let points = input.grid.positions(&layers);
        let values: Vec<[Value; 4]> = points.map(|point| at_point(input, point)).collect();
        let field = |number: usize| values.iter().map(move |value| value[number]);
        (0..4).flat_map(field).collect()
    }

    fn launch(input: &Input) -> Option<Launch> {
        let (grid, fields) = (input.grid, &input.fields);
        let layers = sample_layers(&grid);
        // Samples are never so crowded that this fails.
        let near = Neighborhoods::find(&input.sites, &grid, &layers).ok()?;
        let points = grid.points_of(&layers);
        let charges: Vec<f32> = input.sites.iter().map(|site| site.charge).collect();
        let field =
            |k: usize| Values::each("fields", Format::F32, points, [4 * k, size_of::<Field>()]);
        let launch = Launch::new(Self::KERNEL, &block_constants(), grid.groups(&layers))
            .with("params", &[fields.params(grid.slab(layers.start))])
            .with("blocks", &near.blocks)
            .with("runs", &near.runs)
            .with("atoms", &near.atoms)
            .with("charges", &charges)
            .with("solvents", &fields.solvents)
            .with("lattice", input.potential.as_chunks::<4>().0)
            .output::<Field>("fields", points)
            .values((0..4).map(field));
        Some(launch)
    }
}

/// The formulas at one point.
fn at_point(input: &Input, point: [i32; 3]) -> [Value; 4] {
    let fields = &input.fields;
    let [c0, c1, c2, c3] = smooth_potential(fields.lattice.coulomb).map(f64::from);
    let mut values = [interpolated(input, point), [0.0; 2], [0.0; 2], [0.0; 2]];
    let mut add = |field: usize, term: f64| {
        values[field][0] += term;
        values[field][1] += term.abs();
    };
    let mut on_edge = false;
    for site in &input.sites {
        let Some(bin) = near_bin(site.position, point) else {
            continue;
        };
        on_edge |= is_on_edge(site.position, point);
        let square = |axis: usize| (f64::from(site.position[axis] - point[axis]) * 0.001).powi(2);
        let r = (square(0) + square(1) + square(2)).sqrt();
        let [coulomb, volume, own, charged] = fields.pair(site, r, bin);
        let w = r * r / 64.0 - 1.0;
        let smooth = c0 + w * c1 + w * w * c2 + w * w * w * c3;
        add(0, coulomb);
        add(0, -f64::from(site.charge) * smooth);
        add(1, volume);
        add(2, own);
        add(2, charged);
    }
    values[3] = [f64::from(on_edge); 2];
    values
}

/// Lagrange interpolation of the lattice between six nodes along each axis.
fn interpolated(input: &Input, point: [i32; 3]) -> Value {
    let nodes = input.fields.lattice.nodes;
    let at = point.map(|c| f64::from(c) * 0.001 / NODE_SPACING + 2.0);
    let mut sum = [0.0, 0.0];
    for z in 0..nodes[2] {
        for y in 0..nodes[1] {
            for x in 0..nodes[0] {
                let weight = |axis: usize, node: u32| node_weight(at[axis], f64::from(node));
                let weight = weight(0, x) * weight(1, y) * weight(2, z);
                let node = input.potential[(x + nodes[0] * (y + nodes[1] * z)) as usize];
                sum[0] += weight * f64::from(node);
                sum[1] += (weight * f64::from(node)).abs();
            }
        }
    }
    sum
}

/// The Lagrange polynomial of `node` among the three nodes on either side of `at`.
fn node_weight(at: f64, node: f64) -> f64 {
    let first = at.floor() - 2.0;
    let others: Vec<f64> = (0..6).map(|k| first + f64::from(k)).collect();
    if !others.contains(&node) {
        return 0.0;
    }
    let others = others.iter().filter(|other| **other != node);
    others.map(|other| (at - other) / (node - other)).product()
}

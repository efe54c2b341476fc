//! The smooth part of the electrostatic potential on a coarse lattice: all atoms, no cut-off.
//!
//! Coulomb's law with a distance-dependent dielectric (Mehler and Solmajer, Protein Eng. 4 (1991) 903) reaches through the
//! whole receptor. As in multilevel summation (Hardy, Stone and Schulten, Parallel Computing 35 (2009) 164) it is split
//! at 8 Angstrom into a smooth part, which a coarse lattice holds, and a rest that only near atoms have.

use super::dielectric::dielectric;
use super::map_points::{Site, sample_sites};
use crate::Result;
use crate::gpu::{Batch, Buffer, Gpu, Kernel};
use crate::twin::{Format, Launch, Tolerance, Twin, Value, Values};

/// Angstrom between nodes.
pub const NODE_SPACING: f64 = 1.5;
/// Where the smooth part ends, Angstrom.
const SPLIT: f64 = 8.0;
/// Atoms of one dispatch: a software device stops an invocation after 65,535 turns.
const ATOMS: usize = 16_384;
const WORKGROUP: usize = 64;
const CONSTANTS: [(&str, f64); 1] = [("WORKGROUP", WORKGROUP as f64)];

crate::host_struct!(
    /// Parameters of the kernel.
    Params {
        nodes: [u32; 3], spacing: f32, first: f32, coulomb: f32, begin: u32, end: u32, smooth_potential: [f32; 4],
    }
);

/// Half of the 0.01 Angstrom that AutoGrid cuts distances down to.
pub const HALF_BIN: f64 = 0.005;

/// Potential of a unit charge beyond the split, kcal/mol/e. `coulomb` is the factor of 1 / (dielectric x distance).
/// AutoGrid cuts the distance in the dielectric down to 0.01 Angstrom; half of that is the mean.
pub fn far_potential(distance: f64, coulomb: f64) -> f64 {
    coulomb / (dielectric(distance - HALF_BIN) * distance)
}

/// The polynomial in (r / 8)^2 - 1 that goes on within the split as the potential comes in: the first terms of its
/// Taylor series.
pub fn smooth_potential(coulomb: f64) -> [f32; 4] {
    let at = |w: f64| far_potential(SPLIT * (1.0 + w).sqrt(), coulomb);
    let h = 0.02;
    let [low2, low, mid, high, high2] = [-2.0, -1.0, 0.0, 1.0, 2.0].map(|step| at(step * h));
    let first = (8.0 * (high - low) - (high2 - low2)) / (12.0 * h);
    let second = (high - 2.0 * mid + low) / (h * h);
    let third = (high2 - 2.0 * high + 2.0 * low - low2) / (2.0 * h.powi(3));
    [mid, first, second / 2.0, third / 6.0].map(|term| term as f32)
}

/// The potential on a lattice's nodes, on the device.
pub type Potential = Buffer<[f32; 4]>;

/// A lattice over a grid: two nodes before it and at least three behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lattice {
    /// Nodes along x (a multiple of eight), y, z.
    pub nodes: [u32; 3],
    /// Factor of charge / (dielectric x distance), kcal Angstrom / mol / e^2.
    pub coulomb: f64,
}

impl Lattice {
    /// The lattice for a grid of `points` at `spacing` (0.001 Angstrom).
    pub fn over(points: [u32; 3], spacing: i32, coulomb: f64) -> Self {
        let extent = |count: u32| f64::from(count - 1) * f64::from(spacing) / 1000.0;
        let mut nodes = points.map(|count| (extent(count) / NODE_SPACING) as u32 + 6);
        nodes[0] = nodes[0].next_multiple_of(8);
        Lattice { nodes, coulomb }
    }

    /// Number of nodes.
    pub fn len(&self) -> usize {
        self.nodes.iter().map(|&n| n as usize).product()
    }

    /// Whether it has none; it never has.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn params(&self, begin: usize, end: usize) -> Params {
        Params {
            nodes: self.nodes,
            spacing: NODE_SPACING as f32,
            first: (-2.0 * NODE_SPACING) as f32,
            coulomb: self.coulomb as f32,
            begin: begin as u32,
            end: end as u32,
            smooth_potential: smooth_potential(self.coulomb),
        }
    }

    /// Records the kernel; the buffer it returns holds the potential of all sites, x fastest.
    ///
    /// # Errors
    /// What the device reports.
    pub fn record(&self, gpu: &Gpu, batch: &mut Batch, sites: &[Site]) -> Result<Potential> {
        let pipeline = gpu.pipeline(&LongRangePotential::KERNEL, &CONSTANTS)?;
        let charges: Vec<[f32; 4]> = sites.iter().map(charge_at).collect();
        let (charges, lattice) = (gpu.storage(&charges)?, gpu.zeroed(self.len() / 4)?);
        let groups = (self.len() / 8).div_ceil(WORKGROUP) as u32;
        let wide = groups.min(gpu.limits().workgroups_per_dimension);
        for begin in (0..sites.len()).step_by(ATOMS) {
            let params = gpu.uniform(self.params(begin, (begin + ATOMS).min(sites.len())))?;
            let args = pipeline
                .args()
                .with("params", &params)?
                .with("charges", &charges)?
                .with("lattice", &lattice)?;
            batch.dispatch(args, [wide, groups.div_ceil(wide), 1])?;
        }
        Ok(lattice)
    }
}

fn charge_at(site: &Site) -> [f32; 4] {
    let [x, y, z] = site.position.map(|c| c as f32 * 0.001);
    [x, y, z, site.charge]
}

/// The kernel `dock/long_range_potential`.
pub struct LongRangePotential;

/// Sites, and the lattice over their grid.
pub struct Input {
    lattice: Lattice,
    sites: Vec<Site>,
}

impl Twin for LongRangePotential {
    const KERNEL: Kernel = Kernel {
        name: "dock/long_range_potential",
        sources: &[include_str!(
            "../../../shaders/dock/long_range_potential.wgsl"
        )],
        capacities: &[],
        native: Some(super::native::long_range_potential::long_range_potential),
    };
    const TOLERANCE: Tolerance = Tolerance { roundings: 64.0 };
    type Input = Input;

    fn sizes() -> &'static [usize] {
        // The last one takes two dispatches.
        &[0, 1, 63, 64, 65, ATOMS + 100]
    }

    fn sample(size: usize, seed: u64) -> Input {
        let points = match size {
            // 56 nodes along x: a row of many invocations, longer than y and z.
            63 => [200, 2, 5],
            0..100 => [9, 17, 25],
            _ => [3, 5, 9],
        };
        Input {
            lattice: Lattice::over(points, 375, 46.68),
            sites: sample_sites(size, 6, seed),
        }
    }

    fn twin(Input { lattice, sites }: &Input) -> Vec<Value> {
        let [c0, c1, c2, c3] = smooth_potential(lattice.coulomb).map(f64::from);
        let node = |index: u32| f64::from(index) * NODE_SPACING - 2.0 * NODE_SPACING;
        let [nx, ny, nz] = lattice.nodes;
        let nodes = (0..nz).flat_map(move |z| {
            (0..ny).flat_map(move |y| (0..nx).map(move |x| [x, y, z].map(node)))
        });
        nodes
            .map(|node| {
                sites.iter().fold([0.0, 0.0], |[sum, size], site| {
                    let square =
                        |axis: usize| (f64::from(site.position[axis]) * 0.001 - node[axis]).powi(2);
                    let squared = square(0) + square(1) + square(2);
                    let w = squared / (SPLIT * SPLIT) - 1.0;
                    let unit = if w <= 0.0 {
                        c0 + w * c1 + w * w * c2 + w * w * w * c3
                    } else {
                        far_potential(squared.sqrt(), lattice.coulomb)
                    };
                    let term = f64::from(site.charge) * unit;
                    [sum + term, size + term.abs()]
                })
            })
            .collect()
    }

    fn launch(Input { lattice, sites }: &Input) -> Option<Launch> {
        let groups = [(lattice.len() / 8).div_ceil(WORKGROUP) as u32, 1, 1];
        let charges: Vec<[f32; 4]> = sites.iter().map(charge_at).collect();
        let launch = Launch::new(Self::KERNEL, &CONSTANTS, groups)
            .with("params", &[lattice.params(0, sites.len())])
            .with("charges", &charges)
            .with("lattice", &vec![[0.0_f32; 4]; lattice.len() / 4])
            .values([Values::first("lattice", Format::F32, lattice.len())]);
        (sites.len() <= ATOMS).then_some(launch)
    }

    fn run(gpu: &Gpu, Input { lattice, sites }: &Input) -> Result<Vec<f64>> {
        let mut batch = gpu.batch();
        let potential = lattice.record(gpu, &mut batch, sites)?;
        let potential = batch.download(&potential)?;
        let values = batch.submit()?.read(potential)?;
        Ok(values.into_iter().flatten().map(f64::from).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smooth_part_meets_the_potential_at_the_split() {
        let [c0, c1, ..] = smooth_potential(46.68).map(f64::from);
        let slope = (far_potential(8.001, 46.68) - far_potential(7.999, 46.68)) / 0.002;
        assert!((c0 - far_potential(8.0, 46.68)).abs() < 1e-7);
        // d/dr of ((r / 8)^2 - 1) is 2 / 8 at the split.
        assert!((c1 * 2.0 / SPLIT - slope).abs() < 1e-5 * slope.abs());
    }

    #[test]
    fn the_dielectric_is_autogrids() {
        // The table that AutoGrid prints.
        for (distance, value) in [(0.1, 1.63), (1.0, 4.47), (2.5, 10.61), (5.0, 24.78)] {
            assert!((dielectric(distance) - value).abs() < 0.005);
        }
    }
}

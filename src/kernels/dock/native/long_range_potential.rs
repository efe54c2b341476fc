//! The smooth potential on the coarse lattice on the host's processor: shaders/dock/long_range_potential.wgsl.

use crate::Result;
use crate::gpu::{Call, Cells};
use crate::kernels::dock::dielectric;
use crate::kernels::dock::long_range_potential::{HALF_BIN, Params};
use crate::lanes::{Body, Instructions, Lanes, Real};
use std::f32::consts::LOG2_E;

/// Of the dielectric, per Angstrom.
const RATE: f32 = dielectric::RATE as f32;
/// Nodes of one invocation of the shader; nodes along x are a multiple of it.
const NODES: usize = 8;

/// The body of `dock/long_range_potential`.
///
/// # Errors
/// What the bindings report.
pub fn long_range_potential(call: &Call) -> Result<()> {
    let workgroup = call.constant("WORKGROUP")? as usize;
    let params: Params = call.uniform("params")?;
    let charges: &[[f32; 4]] = call.read("charges")?;
    let lattice = call.cells("lattice")?;
    let charges = &charges[params.begin as usize..params.end as usize];
    let [wide, ..] = call.groups();
    call.for_each_group(|[x, y, _]| {
        let first = (y * wide + x) as usize * workgroup * NODES;
        call.level().run(Nodes {
            params,
            charges,
            lattice,
            first,
            count: workgroup * NODES,
        });
    });
    Ok(())
}

/// Some nodes in the order of the lattice.
struct Nodes<'a> {
    params: Params,
    charges: &'a [[f32; 4]],
    lattice: Cells<'a>,
    first: usize,
    count: usize,
}

impl Body for Nodes<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Instructions>(self, simd: S) {
        let end = (self.first + self.count).min(self.lattice.count::<f32>());
        // Two vectors at a time: reading an atom serves both.
        for first in (self.first..end).step_by(2 * Lanes::<S>::COUNT) {
            self.two(simd, first, end);
        }
    }
}

impl Nodes<'_> {
    #[inline(always)]
    fn two<S: Instructions>(&self, simd: S, first: usize, end: usize) {
        let starts = [first, first + Lanes::<S>::COUNT];
        let at = starts.map(|start| self.positions(simd, start));
        let before = |at: usize| if at < end { self.lattice.load(at) } else { 0.0 };
        let mut sums = starts.map(|start| Lanes::from_fn(simd, |lane| before(start + lane)));
        for &[x, y, z, charge] in self.charges {
            let charge = Lanes::splat(simd, charge);
            for (sum, [at_x, at_y, at_z]) in sums.iter_mut().zip(at) {
                let [dx, dy, dz] = [at_x - x, at_y - y, at_z - z];
                let squared = dx.mul_add(dx, dy.mul_add(dy, dz * dz));
                *sum = charge.mul_add(self.unit_potential(squared), *sum);
            }
        }
        for (start, sum) in starts.into_iter().zip(&sums) {
            let room = start..end.max(start);
            room.zip(sum.as_slice())
                .for_each(|(at, sum)| self.lattice.store(at, *sum));
        }
    }

    /// x, y, z of the nodes from this one on, Angstrom.
    #[inline(always)]
    fn positions<S: Instructions>(&self, simd: S, start: usize) -> [Lanes<S>; 3] {
        let [nx, ny, _] = self.params.nodes.map(|nodes| nodes as usize);
        let node = |at: usize| [at % nx, at / nx % ny, at / (nx * ny)];
        [0, 1, 2].map(|axis| {
            Lanes::from_fn(simd, |lane| {
                self.params.first + self.params.spacing * node(start + lane)[axis] as f32
            })
        })
    }

    /// A unit charge, as the shader has it; one reciprocal root for the division and the distance.
    #[inline(always)]
    fn unit_potential<S: Instructions>(&self, squared: Lanes<S>) -> Lanes<S> {
        let constant = |k: f32| squared.like(k);
        let w = squared.mul_add(constant(0.015_625), constant(-1.0));
        let [s0, s1, s2, s3] = self.params.smooth_potential.map(constant);
        let inside = s3.mul_add(w, s2).mul_add(w, s1).mul_add(w, s0);
        let squared = squared.max(constant(1.0));
        let inverse = squared.inverse_sqrt();
        let r = squared * inverse;
        let e = r
            .mul_add(
                constant(-RATE * LOG2_E),
                constant(HALF_BIN as f32 * RATE * LOG2_E),
            )
            .exp2();
        let u = e.mul_add(constant(dielectric::K as f32), constant(1.0));
        let slope = u.mul_add(
            constant(dielectric::A as f32),
            constant(dielectric::B as f32),
        );
        let outside = u * self.params.coulomb * inverse * slope.inverse();
        Real::select(constant(0.0).less(w), outside, inside)
    }
}

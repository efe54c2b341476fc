//! Energies and gradients of given poses on lanes: the text of shaders/dock/score_poses.wgsl.

use super::ligand::UnpackedLigand;
use super::pose_energy::{Workspace, pose_energy};
use crate::Result;
use crate::gpu::{Call, Cells};
use crate::kernels::dock::affinity_grid::Grid;
use crate::kernels::dock::topology::{Ligand, Words};
use crate::lanes::{Body, Instructions, Lanes};

/// The body of `dock/score_poses`.
///
/// # Errors
/// What the bindings report.
pub fn score_poses(call: &Call) -> Result<()> {
    let workgroup = call.constant("WORKGROUP")? as usize;
    let ligands: &[Ligand] = call.read("ligands")?;
    let topology: &[Words] = call.read("topology")?;
    let (grid, maps) = (call.uniform("grid")?, call.read("maps")?);
    let genotypes: &[f32] = call.read("genotypes")?;
    let energies = call.cells("energies")?;
    let unpacked = ligands.iter().map(|l| UnpackedLigand::new(l, topology));
    let unpacked: Vec<UnpackedLigand> = unpacked.collect();
    call.for_each_group(|[group, slot, _]| {
        let ligand = &unpacked[slot as usize];
        let poses = genotypes.len() / ligand.genes();
        let first = group as usize * workgroup;
        call.level().run(Group {
            ligand,
            grid: &grid,
            maps,
            genotypes,
            poses: first..(first + workgroup).min(poses),
            energies,
        });
    });
    Ok(())
}

/// The poses of a workgroup.
struct Group<'a> {
    ligand: &'a UnpackedLigand,
    grid: &'a Grid,
    maps: &'a [u32],
    genotypes: &'a [f32],
    poses: std::ops::Range<usize>,
    energies: Cells<'a>,
}

impl Body for Group<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Instructions>(self, simd: S) {
        let numbers = self.ligand.genes();
        let mut work = Workspace::new(Lanes::splat(simd, 0.0));
        for first in self.poses.clone().step_by(Lanes::<S>::COUNT) {
            let end = self.poses.end.min(first + Lanes::<S>::COUNT);
            // Lanes beyond the last pose repeat it.
            let pose = |lane: usize| (first + lane).min(end - 1);
            let gene = |k| Lanes::from_fn(simd, |lane| self.genotypes[pose(lane) * numbers + k]);
            let genes: Vec<Lanes<S>> = (0..numbers).map(gene).collect();
            let (inter, intra) =
                pose_energy::<S, true>(simd, self.ligand, self.grid, self.maps, &genes, &mut work);
            for pose in first..end {
                let row = [inter, intra];
                let row = row.iter().chain(&work.gradient).enumerate();
                for (k, column) in row {
                    let value = column.as_slice()[pose - first];
                    self.energies.store(pose * (numbers + 1) + k, value);
                }
            }
        }
    }
}

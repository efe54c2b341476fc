//! The three map kernels in turn, over slabs of a grid whose maps fit a device's bindings.

use super::affinity_maps::{self, Probe, SLOTS};
use super::field_maps::{Field, Fields};
use super::map_points::{Grid, Site};
use super::neighborhoods::Neighborhoods;
use crate::Result;
use crate::gpu::{AdapterKind, Buffer, Gpu};
use std::ops::Range;
use std::panic::resume_unwind;
use std::thread;

/// All that the maps of a receptor are made from.
pub struct MapWork {
    /// The receptor's atoms.
    pub sites: Vec<Site>,
    /// What the fields are made of, beside the sites.
    pub fields: Fields,
    /// The whole grid.
    pub grid: Grid,
    /// Probes, those with the same partners next to each other.
    pub probes: Vec<Probe>,
}

/// Results for some layers of blocks, x fastest.
pub struct Slab {
    /// Fields at each point.
    pub fields: Vec<Field>,
    /// Maps of up to six probes, one after the other, in the probes' order.
    energies: Vec<Vec<f32>>,
}

impl Slab {
    /// Van der Waals and hydrogen-bond energies of each probe, kcal/mol.
    pub fn energies(&self) -> Vec<&[f32]> {
        let groups = self.energies.iter();
        groups
            .flat_map(|group| group.chunks_exact(self.fields.len()))
            .collect()
    }
}

impl MapWork {
    /// Computes all slabs, lowest z first, and hands each to `take`.
    ///
    /// # Errors
    /// [`crate::Error::Usage`] where thousands of atoms lie on top of each other; what the device reports.
    pub fn run(&self, gpu: &Gpu, mut take: impl FnMut(Slab)) -> Result<()> {
        let directions = gpu.storage(&affinity_maps::directions(&self.sites))?;
        let mut batch = gpu.batch();
        let lattice = self.fields.lattice.record(gpu, &mut batch, &self.sites)?;
        let slabs = self.slabs(gpu);
        // The host finds the first slab's neighbours while the device works on the lattice.
        let first = thread::scope(|scope| {
            let first = scope.spawn(|| slabs.first().map(|layers| self.near(layers)));
            let submitted = batch.submit();
            let first = first.join().unwrap_or_else(|panic| resume_unwind(panic));
            submitted.map(|_| first)
        })?;
        let others = slabs.iter().skip(1).map(|layers| self.near(layers));
        for (layers, near) in slabs.iter().zip(first.into_iter().chain(others)) {
            take(self.slab(gpu, &lattice, &directions, (layers, &near?))?);
        }
        Ok(())
    }

    /// Layers of blocks whose maps fit one binding of the device.
    fn slabs(&self, gpu: &Gpu) -> Vec<Range<u32>> {
        let all = self.grid.blocks()[2];
        let layer_bytes = self.grid.points_of(&(0..1)) * SLOTS * size_of::<f32>();
        let limits = gpu.limits();
        let room =
            limits.storage_binding_bytes.min(limits.buffer_bytes) / layer_bytes.max(1) as u64;
        let depth = room.clamp(1, u64::from(all.max(1))) as u32;
        (0..all)
            .step_by(depth as usize)
            .map(|first| first..(first + depth).min(all))
            .collect()
    }

    fn near(&self, layers: &Range<u32>) -> Result<Neighborhoods> {
        Neighborhoods::find(&self.sites, &self.grid, layers)
    }

    fn slab(
        &self,
        gpu: &Gpu,
        lattice: &Buffer<[f32; 4]>,
        directions: &Buffer<[[f32; 4]; 2]>,
        (layers, near): (&Range<u32>, &Neighborhoods),
    ) -> Result<Slab> {
        let (grid, sites) = (&self.grid, &self.sites);
        let near = near.upload(gpu)?;
        let mut batch = gpu.batch();
        let fields = self
            .fields
            .record(gpu, &mut batch, grid, layers, &near, sites, lattice)?;
        let fields = batch.download(&fields)?;
        let mut downloads = Vec::new();
        for group in self.groups(gpu) {
            let probes = &self.probes[group];
            let maps =
                affinity_maps::record(gpu, &mut batch, probes, grid, layers, &near, directions)?;
            downloads.push(batch.download(&maps)?);
        }
        let done = batch.submit()?;
        let energies = downloads.into_iter().map(|maps| done.read(maps));
        Ok(Slab {
            energies: energies.collect::<Result<_>>()?,
            fields: done.read(fields)?,
        })
    }

    /// Ranges of probes for a dispatch each, six at most: those that bind hydrogen with the same partners, and on the
    /// processor also others that fit in beside them. There a sum is the same to the last bit in any company; a
    /// graphics driver may fuse a product and a sum on one way through the shader and not on the other.
    fn groups(&self, gpu: &Gpu) -> Vec<Range<usize>> {
        let mixed = gpu.adapter().kind == AdapterKind::Native;
        let alike = self.probes.chunk_by(|a, b| a.partners() == b.partners());
        let mut groups: Vec<Range<usize>> = Vec::new();
        for alike in alike.flat_map(|alike| alike.chunks(SLOTS)) {
            match groups.last_mut() {
                Some(last) if mixed && last.len() + alike.len() <= SLOTS => last.end += alike.len(),
                last => {
                    let first = last.map_or(0, |last| last.end);
                    groups.push(first..first + alike.len());
                }
            }
        }
        groups
    }
}

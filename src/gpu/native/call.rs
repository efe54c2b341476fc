//! One dispatch as a native body sees it: constants and bindings by the names of the WGSL, and the grid of groups.

use super::cells::Cells;
use super::program::Program;
use crate::gpu::args::Bound;
use crate::gpu::kernel::Kernel;
use crate::gpu::reflection::{Binding, Space};
use crate::lanes::Level;
use crate::{Error, Result};
use bytemuck::Pod;
use rayon::prelude::*;

/// A dispatch of a kernel on the host's processor.
pub struct Call<'a> {
    pub(super) kernel: &'a Kernel,
    pub(super) program: &'a Program,
    pub(super) bound: Vec<(&'a Binding, &'a Bound)>,
    pub(super) groups: [u32; 3],
    pub(super) level: Level,
}

impl<'a> Call<'a> {
    /// The instruction set to use.
    pub fn level(&self) -> Level {
        self.level
    }

    /// Workgroups along x, y, z.
    pub fn groups(&self) -> [u32; 3] {
        self.groups
    }

    /// A capacity or `override` constant: as it was given, or its default.
    ///
    /// # Errors
    /// [`Error::Kernel`] where the WGSL has none of this name.
    pub fn constant(&self, name: &str) -> Result<f64> {
        let found = self.program.constants.get(name).copied();
        found.ok_or_else(|| self.wrong(format!("no constant named {name}")))
    }

    /// A `var<uniform>`.
    ///
    /// # Errors
    /// [`Error::Kernel`] where there is none of this name and size.
    pub fn uniform<T: Pod>(&self, name: &str) -> Result<T> {
        let elements = self.read::<T>(name)?;
        let first = elements.first().copied();
        first.ok_or_else(|| self.wrong(format!("{name} is empty")))
    }

    /// A `var<storage, read>`: all elements, at least one.
    ///
    /// # Errors
    /// [`Error::Kernel`] where there is none of this name, or it is written to, or holds other elements.
    pub fn read<T: Pod>(&self, name: &str) -> Result<&'a [T]> {
        let (binding, bound) = self.find(name)?;
        if binding.space == Space::ReadWrite {
            return Err(self.wrong(format!("{name} is written to: it has cells")));
        }
        let memory = bound.block.of_native()?;
        #[expect(unsafe_code, reason = "to see memory that nothing writes as a slice")]
        // SAFETY: batches and uploads take turns, and a batch runs no dispatch in which a buffer is bound both to be
        // read and to be written (`batch.rs` refuses it), so nothing writes while this dispatch runs.
        let words = unsafe { memory.plain((bound.bytes / 4) as usize) };
        bytemuck::try_cast_slice(words)
            .map_err(|why| self.wrong(format!("{name} holds other elements ({why})")))
    }

    /// A `var<storage, read_write>`.
    ///
    /// # Errors
    /// [`Error::Kernel`] where there is none of this name, or it is only read.
    pub fn cells(&self, name: &str) -> Result<Cells<'a>> {
        let (binding, bound) = self.find(name)?;
        if binding.space != Space::ReadWrite {
            return Err(self.wrong(format!("{name} is only read")));
        }
        let memory = bound.block.of_native()?;
        Ok(memory.cells((bound.bytes / 4) as usize))
    }

    /// Does the groups' work on all threads, in no order.
    pub fn for_each_group(&self, work: impl Fn([u32; 3]) + Sync) {
        let [x, y, z] = self.groups.map(|count| count as usize);
        let groups = (0..x * y * z).into_par_iter();
        // A group is work for many microseconds: none waits behind another while a thread is idle.
        groups.with_max_len(1).for_each(|at| {
            let group = [at % x, at / x % y, at / (x * y)];
            work(group.map(|place| place as u32));
        });
    }

    fn find(&self, name: &str) -> Result<(&'a Binding, &'a Bound)> {
        let mut bound = self.bound.iter().copied();
        let found = bound.find(|(binding, _)| binding.name == name);
        found.ok_or_else(|| self.wrong(format!("no binding named {name}")))
    }

    fn wrong(&self, what: String) -> Error {
        self.kernel.error(format!("native body: {what}"))
    }
}

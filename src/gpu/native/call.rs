//! One dispatch as a native body sees it: constants and bindings by the names of the WGSL, and the grid of groups.

use super::cells::Cells;
use super::claims::Claims;
use super::program::Program;
use super::strips::Strip;
use crate::gpu::args::Bound;
use crate::gpu::kernel::Kernel;
use crate::gpu::reflection::{Binding, Space};
use crate::lanes::Level;
use crate::{Error, Result};
use bytemuck::Pod;
use rayon::prelude::*;
use std::sync::atomic::AtomicU32;

/// A dispatch of a kernel on the host's processor.
pub struct Call<'a> {
    pub(super) kernel: &'a Kernel,
    pub(super) program: &'a Program,
    pub(super) bound: Vec<(&'a Binding, &'a Bound)>,
    pub(super) groups: [u32; 3],
    pub(super) level: Level,
    pub(super) claims: Claims,
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
    /// [`Error::Kernel`] where there is none of this name, or it is only read, or was cut into strips.
    pub fn cells(&self, name: &str) -> Result<Cells<'a>> {
        let (slot, words) = self.written(name)?;
        match self.claims.share(slot) {
            true => Ok(Cells::new(words)),
            false => Err(self.wrong(format!("{name} was cut into strips"))),
        }
    }

    /// Cuts each of these `var<storage, read_write>`, rows of `row_words` words, into strips of `width` columns (the last
    /// one may be narrower), and does the work of each strip on all threads, in no order. It is told where the strip
    /// begins and how many columns it has.
    ///
    /// # Errors
    /// [`Error::Kernel`] where there is none of a name, or it is only read, or it was asked for before: strips are alone.
    pub fn for_each_strip<const N: usize>(
        &self,
        names: [&str; N],
        [row_words, width]: [usize; 2],
        work: impl Fn(usize, usize, [Strip<'a>; N]) + Sync,
    ) -> Result<()> {
        let mut all: [&'a [AtomicU32]; N] = [&[]; N];
        for (words, name) in all.iter_mut().zip(names) {
            let slot;
            (slot, *words) = self.written(name)?;
            if !self.claims.claim(slot) {
                return Err(self.wrong(format!("{name} was asked for before it was cut")));
            }
        }
        let width = width.max(1);
        let strips = (0..row_words.div_ceil(width)).into_par_iter();
        strips.with_max_len(1).for_each(|at| {
            let columns = at * width..((at + 1) * width).min(row_words);
            let strips = all.map(|words| {
                #[expect(unsafe_code, reason = "to write memory that one thread alone touches")]
                // SAFETY: strips of a buffer do not overlap; the claim is given once for each buffer and dispatch and
                // keeps cells away; a dispatch binds a buffer that it writes only once, and batches take turns.
                unsafe {
                    Strip::new(words, row_words, columns.clone())
                }
            });
            work(columns.start, columns.len(), strips);
        });
        Ok(())
    }

    /// The words of a `var<storage, read_write>`, and its slot.
    fn written(&self, name: &str) -> Result<(usize, &'a [AtomicU32])> {
        let (binding, bound) = self.find(name)?;
        if binding.space != Space::ReadWrite {
            return Err(self.wrong(format!("{name} is only read")));
        }
        let memory = bound.block.of_native()?;
        Ok((
            binding.slot as usize,
            memory.words((bound.bytes / 4) as usize),
        ))
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

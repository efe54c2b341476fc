//! Work recorded now and submitted once.

use super::args::Args;
use super::buffer::Buffer;
use super::device::Executor;
use super::pipeline::Executable;
use super::readback::{Download, Staging, Submitted, Work};
use super::{Gpu, driver, native};
use crate::{Error, Result};
use bytemuck::Pod;
use std::borrow::Borrow;
use std::marker::PhantomData;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Dispatches, copies and downloads in the order they are to happen.
pub struct Batch<'gpu> {
    gpu: &'gpu Gpu,
    number: u64,
    recording: Recording<'gpu>,
}

enum Recording<'gpu> {
    Driver(Box<driver::Recording<'gpu>>),
    Native(native::Recording<'gpu>),
}

impl Gpu {
    /// An empty batch.
    pub fn batch(&self) -> Batch<'_> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        Batch {
            gpu: self,
            number: NUMBER.fetch_add(1, Ordering::Relaxed),
            recording: match &self.executor {
                Executor::Driver(driver) => {
                    Recording::Driver(Box::new(driver::Recording::new(driver)))
                }
                Executor::Native(processor) => Recording::Native(native::Recording::new(processor)),
            },
        }
    }
}

impl<'gpu> Batch<'gpu> {
    /// Runs a kernel over a grid of workgroups; it sees what all before it wrote. No groups, no work.
    ///
    /// # Errors
    /// [`Error::Kernel`]: an argument was not given, or the grid is beyond the device's limit;
    /// [`Error::Usage`] for a kernel or buffer of another device.
    pub fn dispatch(&mut self, args: impl Borrow<Args>, groups: [u32; 3]) -> Result<&mut Self> {
        let args = args.borrow();
        let most = self.gpu.limits().workgroups_per_dimension;
        if groups.iter().any(|count| *count > most) {
            return Err(args.pipeline.kernel.error(format!(
                "{groups:?} workgroups, the device takes {most} in each dimension"
            )));
        }
        match (&mut self.recording, &args.pipeline.executable) {
            (Recording::Driver(recording), Executable::Driver(compiled)) => {
                recording.dispatch(args, compiled, groups)?;
            }
            (Recording::Native(recording), Executable::Native(_)) => {
                recording.dispatch(args, groups)?;
            }
            _ => {
                let what = "was made ready for another device";
                return Err(args.pipeline.kernel.error(what));
            }
        }
        Ok(self)
    }

    /// Copies all of `from` into the front of `to`.
    ///
    /// # Errors
    /// [`Error::Usage`] where `to` is shorter, the same buffer, or either is another device's.
    pub fn copy<T: Pod>(&mut self, from: &Buffer<T>, to: &Buffer<T>) -> Result<&mut Self> {
        if from.len() > to.len() || Arc::ptr_eq(&from.block, &to.block) {
            let (from, to) = (from.len(), to.len());
            return Err(Error::Usage(format!(
                "cannot copy {from} elements to a buffer of {to}, or to itself"
            )));
        }
        if !from.is_empty() {
            let (source, target, bytes) = (&from.block, &to.block, from.bytes());
            match &mut self.recording {
                Recording::Driver(recording) => recording.copy(source, target, bytes)?,
                Recording::Native(recording) => recording.copy(source, target, bytes)?,
            }
        }
        Ok(self)
    }

    /// Copies all of `from` to the host, as it is at this place of the batch.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`], [`Error::DeviceLost`].
    pub fn download<T: Pod>(&mut self, from: &Buffer<T>) -> Result<Download<T>> {
        self.download_range(from, 0..from.len())
    }

    /// Copies the elements `range` of `from` to the host.
    ///
    /// # Errors
    /// [`Error::Usage`] past the buffer's end; as [`Batch::download`].
    pub fn download_range<T: Pod>(
        &mut self,
        from: &Buffer<T>,
        range: Range<usize>,
    ) -> Result<Download<T>> {
        if range.start > range.end || range.end > from.len() {
            let len = from.len();
            return Err(Error::Usage(format!(
                "cannot download elements {range:?} of {len}"
            )));
        }
        let len = range.len();
        let span = [range.start, len].map(|n| (n * size_of::<T>()) as u64);
        let what = || format!("the read-back of {len} x {}", std::any::type_name::<T>());
        let staging = match &mut self.recording {
            Recording::Driver(recording) => {
                Staging::Driver(recording.download(&from.block, span, &what)?)
            }
            Recording::Native(recording) => Staging::Native(recording.download(&from.block, span)?),
        };
        Ok(Download {
            batch: self.number,
            len,
            staging,
            item: PhantomData,
        })
    }

    /// Hands the work to the device. A driver returns at once; the host's processor when it is done, one batch after the
    /// other, on rayon's threads. Submit from threads of your own: a rayon task that waited for another batch could wait
    /// for one that stands below it on its own thread, so it gets an error instead.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`], [`Error::DeviceLost`], [`Error::Kernel`] for what the device refuses; [`Error::Usage`] in a
    /// rayon task where the processor works on another batch.
    pub fn submit(self) -> Result<Submitted> {
        let work = match self.recording {
            Recording::Driver(recording) => Work::Driver(recording.submit()?),
            Recording::Native(recording) => {
                recording.run()?;
                Work::Done
            }
        };
        Ok(Submitted {
            number: self.number,
            work,
        })
    }
}

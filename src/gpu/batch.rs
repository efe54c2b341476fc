//! Work recorded now, submitted once, and read back without stopping the next batch.

use super::args::{Args, Group};
use super::buffer::{Block, Buffer};
use super::faults::Faults;
use super::pool::{Pool, Use};
use super::{Gpu, pipeline::Pipeline};
use crate::{Error, Result};
use bytemuck::Pod;
use std::borrow::Borrow;
use std::marker::PhantomData;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, mpsc};

/// Dispatches, copies and downloads in the order they are to happen.
pub struct Batch<'gpu> {
    gpu: &'gpu Gpu,
    number: u64,
    encoder: wgpu::CommandEncoder,
    /// Open while dispatch follows dispatch.
    pass: Option<wgpu::ComputePass<'static>>,
    /// What the commands use, kept from the pool until they are submitted.
    groups: Vec<Arc<Group>>,
    blocks: Vec<Arc<Block>>,
}

/// A copy on its way to the host: [`Submitted::read`] takes it.
pub struct Download<T> {
    batch: u64,
    len: usize,
    staging: wgpu::Buffer,
    mapped: mpsc::Receiver<std::result::Result<(), wgpu::BufferAsyncError>>,
    item: PhantomData<fn() -> T>,
}

/// A batch that the device works on.
pub struct Submitted {
    number: u64,
    device: wgpu::Device,
    faults: Arc<Faults>,
    pool: Arc<Pool>,
    index: wgpu::SubmissionIndex,
    done: Arc<AtomicBool>,
}

impl Gpu {
    /// An empty batch.
    pub fn batch(&self) -> Batch<'_> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        Batch {
            gpu: self,
            number: NUMBER.fetch_add(1, Ordering::Relaxed),
            encoder: self.device.create_command_encoder(&Default::default()),
            pass: None,
            groups: Vec::new(),
            blocks: Vec::new(),
        }
    }
}

impl<'gpu> Batch<'gpu> {
    /// Runs a kernel over a grid of workgroups; it sees what all before it wrote. No groups, no work.
    ///
    /// # Errors
    /// [`Error::Kernel`]: an argument was not given, or the grid is beyond the device's limit.
    pub fn dispatch(&mut self, args: impl Borrow<Args>, groups: [u32; 3]) -> Result<&mut Self> {
        let args = args.borrow();
        let group = args.group(&self.gpu.device)?;
        let most = self.gpu.limits().workgroups_per_dimension;
        if groups.iter().any(|count| *count > most) {
            return Err(args.pipeline.kernel.error(format!(
                "{groups:?} workgroups, the device takes {most} in each dimension"
            )));
        }
        if !groups.contains(&0) {
            self.record(&args.pipeline, &group, groups);
            self.groups.push(group);
        }
        Ok(self)
    }

    fn record(&mut self, pipeline: &Pipeline, group: &Group, [x, y, z]: [u32; 3]) {
        let pass = self.pass.get_or_insert_with(|| {
            let pass = self.encoder.begin_compute_pass(&Default::default());
            pass.forget_lifetime()
        });
        pass.set_pipeline(&pipeline.raw);
        pass.set_bind_group(0, &group.raw, &[]);
        pass.dispatch_workgroups(x, y, z);
    }

    /// Copies all of `from` into the front of `to`.
    ///
    /// # Errors
    /// [`Error::Usage`] where `to` is shorter or the same buffer.
    pub fn copy<T: Pod>(&mut self, from: &Buffer<T>, to: &Buffer<T>) -> Result<&mut Self> {
        if from.len() > to.len() || Arc::ptr_eq(&from.block, &to.block) {
            let (from, to) = (from.len(), to.len());
            return Err(Error::Usage(format!(
                "cannot copy {from} elements to a buffer of {to}, or to itself"
            )));
        }
        if !from.is_empty() {
            let (source, target) = (&from.block.raw, &to.block.raw);
            self.between_passes()
                .copy_buffer_to_buffer(source, 0, target, 0, from.bytes());
            self.blocks.extend([from.block.clone(), to.block.clone()]);
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
        let [start, bytes] = [range.start, len].map(|n| (n * size_of::<T>()) as u64);
        let what = || format!("the read-back of {len} x {}", std::any::type_name::<T>());
        let (staging, _) = self.gpu.raw_buffer(Use::Readback, bytes, &what)?;
        let (send, mapped) = mpsc::channel();
        let encoder = self.between_passes();
        if bytes > 0 {
            encoder.copy_buffer_to_buffer(&from.block.raw, start, &staging, 0, bytes);
        }
        encoder.map_buffer_on_submit(&staging, wgpu::MapMode::Read, .., move |result| {
            // Nobody listens where the download was dropped.
            let _ = send.send(result);
        });
        self.blocks.push(from.block.clone());
        Ok(Download {
            batch: self.number,
            len,
            staging,
            mapped,
            item: PhantomData,
        })
    }

    /// Copies cannot be recorded inside a compute pass.
    fn between_passes(&mut self) -> &mut wgpu::CommandEncoder {
        self.pass = None;
        &mut self.encoder
    }

    /// Hands the work to the device and returns at once.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`], [`Error::DeviceLost`], [`Error::Kernel`] for what the driver refuses.
    pub fn submit(mut self) -> Result<Submitted> {
        self.between_passes();
        let Batch { gpu, encoder, .. } = self;
        let done = Arc::new(AtomicBool::new(false));
        let index = gpu.faults.guard(&gpu.device, "batch", 0, || {
            // Locked until submitted, so that no other batch passes the clearing of its buffers.
            let mut clears = gpu.clears.lock().unwrap_or_else(PoisonError::into_inner);
            let cleared = gpu.record_clears(&mut clears);
            gpu.queue
                .submit(cleared.into_iter().chain([encoder.finish()]))
        })?;
        let finished = done.clone();
        gpu.queue
            .on_submitted_work_done(move || finished.store(true, Ordering::Release));
        Ok(Submitted {
            number: self.number,
            device: gpu.device.clone(),
            faults: gpu.faults.clone(),
            pool: gpu.pool.clone(),
            index,
            done,
        })
    }
}

impl Submitted {
    /// The downloaded values, waiting for the device where needed.
    ///
    /// # Errors
    /// [`Error::DeviceLost`], errors of earlier uploads, [`Error::Usage`] for another batch's download.
    pub fn read<T: Pod>(&self, download: Download<T>) -> Result<Vec<T>> {
        if download.batch != self.number {
            return Err(Error::Usage("a download of another batch".into()));
        }
        self.wait()?;
        let lost = |why: &dyn std::fmt::Display| Error::DeviceLost(format!("read-back: {why}"));
        match download.mapped.recv() {
            Ok(result) => result.map_err(|e| lost(&e))?,
            Err(closed) => return Err(lost(&closed)),
        }
        let view = download
            .staging
            .get_mapped_range(..)
            .map_err(|e| lost(&e))?;
        let bytes = download.len * size_of::<T>();
        let values = bytemuck::pod_collect_to_vec(&view[..bytes]);
        drop(view);
        download.staging.unmap();
        self.pool.give(Use::Readback, download.staging);
        Ok(values)
    }

    /// Waits until the device has done the batch.
    ///
    /// # Errors
    /// [`Error::DeviceLost`], errors of earlier uploads.
    pub fn wait(&self) -> Result<()> {
        let polled = self.device.poll(wgpu::PollType::Wait {
            submission_index: Some(self.index.clone()),
            timeout: None,
        });
        self.faults.check()?;
        polled.map_err(|e| Error::DeviceLost(e.to_string()))?;
        Ok(())
    }

    /// Whether the device has done the batch; does not wait.
    ///
    /// # Errors
    /// As [`Submitted::wait`].
    pub fn is_done(&self) -> Result<bool> {
        let polled = self.device.poll(wgpu::PollType::Poll);
        self.faults.check()?;
        polled.map_err(|e| Error::DeviceLost(e.to_string()))?;
        Ok(self.done.load(Ordering::Acquire))
    }
}

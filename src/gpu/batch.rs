//! Work recorded now and submitted once.

use super::args::{Args, Group};
use super::buffer::{Block, Buffer};
use super::pool::Use;
use super::readback::{Download, Submitted};
use super::timing::Recorder;
use super::{Gpu, pipeline::Pipeline};
use crate::{Error, Result};
use bytemuck::Pod;
use std::borrow::Borrow;
use std::marker::PhantomData;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, mpsc};
use std::time::Instant;

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
    /// Present where timing is on.
    recorder: Option<Recorder>,
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
            recorder: self.timing.recorder(),
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
        if let Some(recorder) = &mut self.recorder {
            let descriptor = wgpu::ComputePassDescriptor {
                label: Some(pipeline.name()),
                timestamp_writes: recorder.next(&self.gpu.device, pipeline.name()),
            };
            // A pass of its own: timestamps are written at the ends of passes. The former pass
            // must have ended before the next begins.
            self.pass = None;
            self.pass = Some(
                self.encoder
                    .begin_compute_pass(&descriptor)
                    .forget_lifetime(),
            );
        }
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
        let (gpu, mut encoder, recorder) = (self.gpu, self.encoder, self.recorder);
        let mut ticks = None;
        // Errors name the kernel that holds most memory: the one whose batch to halve.
        let largest = self.groups.iter().max_by_key(|group| group.bytes);
        let (what, bytes) = largest.map_or(("batch", 0), |group| (group.kernel, group.bytes));
        let begun = Instant::now();
        let index = gpu.faults.guard(&gpu.device, what, bytes, || {
            ticks = recorder
                .as_ref()
                .and_then(|recorder| recorder.resolve(&gpu.device, &mut encoder));
            // Locked until submitted, so that no other batch passes the clearing of its buffers.
            let mut clears = gpu.clears.lock().unwrap_or_else(PoisonError::into_inner);
            let cleared = gpu.record_clears(&mut clears);
            let commands = cleared.into_iter().chain([encoder.finish()]);
            gpu.queue.submit(commands)
        })?;
        let done = Arc::new(OnceLock::new());
        if let Some(recorder) = recorder {
            gpu.timing.submitted(recorder, ticks, begun, done.clone());
        }
        let finished = done.clone();
        gpu.queue.on_submitted_work_done(move || {
            let _ = finished.set(Instant::now());
        });
        Ok(Submitted {
            number: self.number,
            device: gpu.device.clone(),
            faults: gpu.faults.clone(),
            pool: gpu.pool.clone(),
            timing: gpu.timing.clone(),
            index,
            done,
        })
    }
}

//! Work recorded for a driver and submitted once.

use super::bind::Group;
use super::pool::Use;
use super::readback::{Staged, Submission};
use super::timestamps::Recorder;
use super::{Compiled, Driver};
use crate::Result;
use crate::gpu::args::Args;
use crate::gpu::buffer::Block;
use std::sync::{Arc, PoisonError, mpsc};
use std::time::Instant;

/// Dispatches, copies and downloads in the order they are to happen.
pub(in crate::gpu) struct Recording<'gpu> {
    driver: &'gpu Driver,
    encoder: wgpu::CommandEncoder,
    /// Open while dispatch follows dispatch.
    pass: Option<wgpu::ComputePass<'static>>,
    /// What the commands use, kept from the pool until they are submitted.
    groups: Vec<Arc<Group>>,
    blocks: Vec<Arc<Block>>,
    /// Present where timing is on.
    recorder: Option<Recorder>,
}

impl<'gpu> Recording<'gpu> {
    pub(in crate::gpu) fn new(driver: &'gpu Driver) -> Self {
        Recording {
            driver,
            encoder: driver.device.create_command_encoder(&Default::default()),
            pass: None,
            groups: Vec::new(),
            blocks: Vec::new(),
            recorder: driver.timing.recorder(),
        }
    }

    /// # Errors
    /// As [`Args::group`].
    pub(in crate::gpu) fn dispatch(
        &mut self,
        args: &Args,
        compiled: &Compiled,
        groups: [u32; 3],
    ) -> Result<()> {
        let group = args.group(self.driver, compiled)?;
        if !groups.contains(&0) {
            self.record(compiled, &group, groups);
            self.groups.push(group);
        }
        Ok(())
    }

    fn record(&mut self, compiled: &Compiled, group: &Group, [x, y, z]: [u32; 3]) {
        if let Some(recorder) = &mut self.recorder {
            let descriptor = wgpu::ComputePassDescriptor {
                label: Some(group.kernel),
                timestamp_writes: recorder.next(&self.driver.device, group.kernel),
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
        pass.set_pipeline(&compiled.raw);
        pass.set_bind_group(0, &group.raw, &[]);
        pass.dispatch_workgroups(x, y, z);
    }

    /// # Errors
    /// [`crate::Error::Usage`] for another device's block.
    pub(in crate::gpu) fn copy(
        &mut self,
        from: &Arc<Block>,
        to: &Arc<Block>,
        bytes: u64,
    ) -> Result<()> {
        let (source, target) = (&from.of_driver()?.raw, &to.of_driver()?.raw);
        self.between_passes()
            .copy_buffer_to_buffer(source, 0, target, 0, bytes);
        self.blocks.extend([from.clone(), to.clone()]);
        Ok(())
    }

    /// # Errors
    /// [`crate::Error::OutOfMemory`], [`crate::Error::DeviceLost`], [`crate::Error::Usage`] for another device's block.
    pub(in crate::gpu) fn download(
        &mut self,
        from: &Arc<Block>,
        [start, bytes]: [u64; 2],
        what: &dyn Fn() -> String,
    ) -> Result<Staged> {
        let (raw, _) = self.driver.raw_buffer(Use::Readback, bytes, what)?;
        let (send, mapped) = mpsc::channel();
        let source = &from.of_driver()?.raw;
        let encoder = self.between_passes();
        if bytes > 0 {
            encoder.copy_buffer_to_buffer(source, start, &raw, 0, bytes);
        }
        encoder.map_buffer_on_submit(&raw, wgpu::MapMode::Read, .., move |result| {
            // Nobody listens where the download was dropped.
            let _ = send.send(result);
        });
        self.blocks.push(from.clone());
        Ok(Staged { raw, mapped })
    }

    /// Copies cannot be recorded inside a compute pass.
    fn between_passes(&mut self) -> &mut wgpu::CommandEncoder {
        self.pass = None;
        &mut self.encoder
    }

    /// Hands the work to the device and returns at once.
    ///
    /// # Errors
    /// [`crate::Error::OutOfMemory`], [`crate::Error::DeviceLost`], [`crate::Error::Kernel`] for what the driver refuses.
    pub(in crate::gpu) fn submit(mut self) -> Result<Submission> {
        self.between_passes();
        let (driver, mut encoder, recorder) = (self.driver, self.encoder, self.recorder);
        let mut ticks = None;
        // Errors name the kernel that holds most memory: the one whose batch to halve.
        let largest = self.groups.iter().max_by_key(|group| group.bytes);
        let (what, bytes) = largest.map_or(("batch", 0), |group| (group.kernel, group.bytes));
        let begun = Instant::now();
        let index = driver.faults.guard(&driver.device, what, bytes, || {
            ticks = recorder
                .as_ref()
                .and_then(|recorder| recorder.resolve(&driver.device, &mut encoder));
            // Locked until submitted, so that no other batch passes the clearing of its buffers.
            let mut clears = driver.clears.lock().unwrap_or_else(PoisonError::into_inner);
            let cleared = driver.record_clears(&mut clears)?;
            let commands = cleared.into_iter().chain([encoder.finish()]);
            crate::Result::Ok(driver.queue.submit(commands))
        })??;
        if let Some(recorder) = recorder {
            let (timing, queue) = (&driver.timing, &driver.queue);
            timing.submitted(queue, recorder, ticks, begun);
        }
        Ok(Submission {
            device: driver.device.clone(),
            faults: driver.faults.clone(),
            pool: driver.pool.clone(),
            timing: driver.timing.clone(),
            index,
        })
    }
}

//! Blocks of device memory: taken from the pool or the driver, cleared, written, given back.

use super::Driver;
use super::pool::{Pool, Use, class};
use crate::gpu::buffer;
use crate::{Error, Result};
use std::sync::{Arc, PoisonError};

/// Memory of a size class, with the way back to its pool.
pub(in crate::gpu) struct Block {
    pub(super) raw: wgpu::Buffer,
    pool: Arc<Pool>,
}

impl Drop for Block {
    fn drop(&mut self) {
        self.pool.give(Use::Kernel, self.raw.clone());
    }
}

impl Driver {
    /// At least `bytes` bytes; of zero bits where asked for.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`] with what `what` says, [`Error::DeviceLost`].
    pub(in crate::gpu) fn allocate(
        &self,
        bytes: u64,
        zeroed: bool,
        what: &dyn Fn() -> String,
    ) -> Result<Arc<buffer::Block>> {
        let (raw, reused) = self.raw_buffer(Use::Kernel, bytes, what)?;
        let pool = self.pool.clone();
        let block = Arc::new(buffer::Block::Driver(Block { raw, pool }));
        // New memory is zero by wgpu's promise; the clearing of old rides with the next submission.
        if zeroed && reused {
            let mut clears = self.clears.lock().unwrap_or_else(PoisonError::into_inner);
            clears.push(block.clone());
        }
        Ok(block)
    }

    /// Overwrites bytes from `offset`, before the next batch that is submitted and after all that were.
    ///
    /// # Errors
    /// [`Error::Usage`] for another device's block, [`Error::DeviceLost`].
    pub(in crate::gpu) fn write(
        &self,
        block: &Arc<buffer::Block>,
        offset: u64,
        bytes: &[u8],
    ) -> Result<()> {
        self.faults.check()?;
        if bytes.is_empty() {
            return Ok(());
        }
        self.settle_clears(block)?;
        let raw = &block.of_driver()?.raw;
        self.queue.write_buffer(raw, offset, bytes);
        Ok(())
    }

    /// A clearing still to come would wipe what is written now: let it happen first.
    fn settle_clears(&self, block: &Arc<buffer::Block>) -> Result<()> {
        let mut clears = self.clears.lock().unwrap_or_else(PoisonError::into_inner);
        if clears.iter().any(|waiting| Arc::ptr_eq(waiting, block)) {
            self.queue.submit(self.record_clears(&mut clears)?);
        }
        Ok(())
    }

    /// The commands that zero the blocks waiting for it, if any.
    pub(super) fn record_clears(
        &self,
        clears: &mut Vec<Arc<buffer::Block>>,
    ) -> Result<Option<wgpu::CommandBuffer>> {
        if clears.is_empty() {
            return Ok(None);
        }
        let mut encoder = self.device.create_command_encoder(&Default::default());
        for block in clears.drain(..) {
            encoder.clear_buffer(&block.of_driver()?.raw, 0, None);
        }
        Ok(Some(encoder.finish()))
    }

    /// At least `bytes` bytes from the pool (true) or the device (false).
    pub(super) fn raw_buffer(
        &self,
        purpose: Use,
        bytes: u64,
        what: &dyn Fn() -> String,
    ) -> Result<(wgpu::Buffer, bool)> {
        let class = class(bytes).min(self.limits.buffer_bytes & !3);
        if let Some(raw) = self.pool.take(purpose, class) {
            return Ok((raw, true));
        }
        let create = || {
            self.faults.guard(&self.device, &what(), bytes, || {
                self.device.create_buffer(&descriptor(purpose, class))
            })
        };
        let made = match create() {
            // What lies idle may be just what is missing; the driver frees it when polled.
            Err(Error::OutOfMemory { .. }) => {
                self.pool.clear();
                self.faults
                    .poll(&self.device, wgpu::PollType::wait_indefinitely())?;
                create()
            }
            made => made,
        };
        Ok((made?, false))
    }
}

fn descriptor(purpose: Use, size: u64) -> wgpu::BufferDescriptor<'static> {
    use wgpu::BufferUsages as U;
    let usage = match purpose {
        Use::Kernel => U::STORAGE | U::UNIFORM | U::COPY_DST | U::COPY_SRC,
        Use::Readback => U::MAP_READ | U::COPY_DST,
    };
    wgpu::BufferDescriptor {
        label: None,
        size,
        usage,
        mapped_at_creation: false,
    }
}

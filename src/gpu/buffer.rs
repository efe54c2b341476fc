//! Typed buffers on the device: made, written, and given back to the pool when dropped.

use super::Gpu;
use super::pool::{Pool, Use, class};
use crate::{Error, Result};
use bytemuck::Pod;
use std::marker::PhantomData;
use std::sync::{Arc, PoisonError};

/// `len` values of `T` on the device. Dropped, its memory goes to the next buffer of its size,
/// but never before the batches that use it have been submitted.
pub struct Buffer<T> {
    pub(super) block: Arc<Block>,
    len: usize,
    item: PhantomData<fn() -> T>,
}

/// Memory of a size class, with the way back to its pool.
pub(super) struct Block {
    pub(super) raw: wgpu::Buffer,
    pool: Arc<Pool>,
}

impl Drop for Block {
    fn drop(&mut self) {
        self.pool.give(Use::Kernel, self.raw.clone());
    }
}

impl<T> Buffer<T> {
    /// How many values it holds.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it holds none. A kernel still sees room for one: WGSL has no empty arrays.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(super) fn bytes(&self) -> u64 {
        (self.len * size_of::<T>()) as u64
    }
}

/// WGSL counts storage in words of four bytes; other element sizes are refused when compiled.
const fn words<T>() -> usize {
    let bytes = size_of::<T>();
    assert!(
        bytes > 0 && bytes.is_multiple_of(4),
        "elements are whole 32-bit words"
    );
    bytes / 4
}

impl Gpu {
    /// One value that all invocations read: `var<uniform>`.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`], [`Error::DeviceLost`].
    pub fn uniform<T: Pod>(&self, value: T) -> Result<Buffer<T>> {
        self.storage(&[value])
    }

    /// A copy of `values` on the device.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`] beyond the device's memory or limits, [`Error::DeviceLost`].
    pub fn storage<T: Pod>(&self, values: &[T]) -> Result<Buffer<T>> {
        let (buffer, _) = self.allocate(values.len())?;
        self.write(&buffer, 0, values)?;
        Ok(buffer)
    }

    /// `len` values of zero bits.
    ///
    /// # Errors
    /// As [`Gpu::storage`].
    pub fn zeroed<T: Pod>(&self, len: usize) -> Result<Buffer<T>> {
        let (buffer, reused) = self.allocate(len)?;
        // New memory is zero by wgpu's promise; the clearing of old rides with the next submission.
        if reused {
            let mut clears = self.clears.lock().unwrap_or_else(PoisonError::into_inner);
            clears.push(buffer.block.clone());
        }
        Ok(buffer)
    }

    /// `len` copies of `value`, such as a pattern that shows what a kernel did not write.
    ///
    /// # Errors
    /// As [`Gpu::storage`].
    pub fn filled<T: Pod>(&self, len: usize, value: T) -> Result<Buffer<T>> {
        self.storage(&vec![value; len])
    }

    /// Overwrites `values.len()` elements from `start`. It happens before the next batch that is
    /// submitted and after all that were.
    ///
    /// # Errors
    /// [`Error::Usage`] past the buffer's end, [`Error::DeviceLost`].
    pub fn write<T: Pod>(&self, buffer: &Buffer<T>, start: usize, values: &[T]) -> Result<()> {
        let fits = start
            .checked_add(values.len())
            .is_some_and(|end| end <= buffer.len);
        if !fits {
            return Err(Error::Usage(format!(
                "cannot write {} elements from {start} into a buffer of {}",
                values.len(),
                buffer.len
            )));
        }
        self.faults.check()?;
        if values.is_empty() {
            return Ok(());
        }
        self.settle_clears(buffer);
        let offset = (start * size_of::<T>()) as u64;
        self.queue
            .write_buffer(&buffer.block.raw, offset, bytemuck::cast_slice(values));
        Ok(())
    }

    /// A clearing still to come would wipe what is written now: let it happen first.
    fn settle_clears<T>(&self, buffer: &Buffer<T>) {
        let mut clears = self.clears.lock().unwrap_or_else(PoisonError::into_inner);
        if clears.iter().any(|block| Arc::ptr_eq(block, &buffer.block)) {
            self.queue.submit(self.record_clears(&mut clears));
        }
    }

    /// The commands that zero the blocks waiting for it, if any.
    pub(super) fn record_clears(
        &self,
        clears: &mut Vec<Arc<Block>>,
    ) -> Option<wgpu::CommandBuffer> {
        if clears.is_empty() {
            return None;
        }
        let mut encoder = self.device.create_command_encoder(&Default::default());
        for block in clears.drain(..) {
            encoder.clear_buffer(&block.raw, 0, None);
        }
        Some(encoder.finish())
    }

    /// Room for `len` elements, and whether it was used before.
    fn allocate<T: Pod>(&self, len: usize) -> Result<(Buffer<T>, bool)> {
        let asked = (len.max(1) as u64).saturating_mul(const { words::<T>() as u64 * 4 });
        let what = || format!("a buffer of {len} x {}", std::any::type_name::<T>());
        let limits = self.limits();
        if asked > limits.storage_binding_bytes.min(limits.buffer_bytes) {
            let (what, bytes) = (what(), asked);
            return Err(Error::OutOfMemory { what, bytes });
        }
        let (raw, reused) = self.raw_buffer(Use::Kernel, asked, &what)?;
        let pool = self.pool.clone();
        let block = Arc::new(Block { raw, pool });
        let item = PhantomData;
        Ok((Buffer { block, len, item }, reused))
    }

    /// At least `bytes` bytes from the pool (true) or the device (false).
    pub(super) fn raw_buffer(
        &self,
        purpose: Use,
        bytes: u64,
        what: &dyn Fn() -> String,
    ) -> Result<(wgpu::Buffer, bool)> {
        let class = class(bytes).min(self.limits().buffer_bytes & !3);
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

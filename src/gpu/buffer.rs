//! Typed buffers on the device: made, written, and given back when dropped.

use super::Gpu;
use super::device::Executor;
use super::driver;
use super::native::Memory;
use crate::{Error, Result};
use bytemuck::Pod;
use std::marker::PhantomData;
use std::sync::Arc;

/// `len` values of `T` on the device. Dropped, its memory goes to the next buffer of its size,
/// but never before the batches that use it have been submitted.
pub struct Buffer<T> {
    pub(super) block: Arc<Block>,
    len: usize,
    item: PhantomData<fn() -> T>,
}

/// Memory of a device.
pub(super) enum Block {
    Driver(driver::Block),
    Native(Memory),
}

impl Block {
    /// # Errors
    /// [`Error::Usage`] where it is of another sort of device.
    pub(super) fn of_driver(&self) -> Result<&driver::Block> {
        match self {
            Block::Driver(block) => Ok(block),
            Block::Native(_) => Err(foreign()),
        }
    }

    /// # Errors
    /// [`Error::Usage`] where it is of another sort of device.
    pub(super) fn of_native(&self) -> Result<&Memory> {
        match self {
            Block::Native(memory) => Ok(memory),
            Block::Driver(_) => Err(foreign()),
        }
    }
}

/// What it is to give a buffer of one device to another.
pub(super) fn foreign() -> Error {
    Error::Usage("a buffer of one device was given to another".into())
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
        let buffer = self.allocate(values.len(), false)?;
        self.write(&buffer, 0, values)?;
        Ok(buffer)
    }

    /// `len` values of zero bits.
    ///
    /// # Errors
    /// As [`Gpu::storage`].
    pub fn zeroed<T: Pod>(&self, len: usize) -> Result<Buffer<T>> {
        self.allocate(len, true)
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
    /// [`Error::Usage`] past the buffer's end, and in a rayon task as for [`Batch::submit`](super::Batch::submit);
    /// [`Error::DeviceLost`].
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
        let (at, bytes) = (start * size_of::<T>(), bytemuck::cast_slice(values));
        match &self.executor {
            Executor::Driver(driver) => driver.write(&buffer.block, at as u64, bytes),
            Executor::Native(processor) => processor.write(&buffer.block, at, bytes),
        }
    }

    /// Room for `len` elements; of zero bits where asked for.
    fn allocate<T: Pod>(&self, len: usize, zeroed: bool) -> Result<Buffer<T>> {
        let asked = (len.max(1) as u64).saturating_mul(const { words::<T>() as u64 * 4 });
        let what = || format!("a buffer of {len} x {}", std::any::type_name::<T>());
        let limits = self.limits();
        if asked > limits.storage_binding_bytes.min(limits.buffer_bytes) {
            let (what, bytes) = (what(), asked);
            return Err(Error::OutOfMemory { what, bytes });
        }
        let block = match &self.executor {
            Executor::Driver(driver) => driver.allocate(asked, zeroed, &what)?,
            Executor::Native(processor) => Arc::new(Block::Native(processor.memory(asked, &what)?)),
        };
        let item = PhantomData;
        Ok(Buffer { block, len, item })
    }
}

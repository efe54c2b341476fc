//! A submitted batch: waiting for it, and reading what it downloads.

use super::faults::Faults;
use super::pool::{Pool, Use};
use super::timing::Timing;
use crate::{Error, Result};
use bytemuck::Pod;
use std::marker::PhantomData;
use std::sync::{Arc, OnceLock, mpsc};
use std::time::Instant;

/// A copy on its way to the host: [`Submitted::read`] takes it.
pub struct Download<T> {
    pub(super) batch: u64,
    pub(super) len: usize,
    pub(super) staging: wgpu::Buffer,
    pub(super) mapped: mpsc::Receiver<std::result::Result<(), wgpu::BufferAsyncError>>,
    pub(super) item: PhantomData<fn() -> T>,
}

/// A batch that the device works on.
pub struct Submitted {
    pub(super) number: u64,
    pub(super) device: wgpu::Device,
    pub(super) faults: Arc<Faults>,
    pub(super) pool: Arc<Pool>,
    pub(super) index: wgpu::SubmissionIndex,
    pub(super) done: Arc<OnceLock<Instant>>,
    pub(super) timing: Arc<Timing>,
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
        let how = wgpu::PollType::Wait {
            submission_index: Some(self.index.clone()),
            timeout: None,
        };
        self.faults.poll(&self.device, how)?;
        self.timing.collect();
        Ok(())
    }

    /// Whether the device has done the batch; does not wait.
    ///
    /// # Errors
    /// As [`Submitted::wait`].
    pub fn is_done(&self) -> Result<bool> {
        self.faults.poll(&self.device, wgpu::PollType::Poll)?;
        self.timing.collect();
        Ok(self.done.get().is_some())
    }
}

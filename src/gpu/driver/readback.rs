//! A batch that a driver works on: waiting for it, and reading what it downloads.

use super::faults::Faults;
use super::pool::{Pool, Use};
use super::timing::Timing;
use crate::{Error, Result};
use std::sync::{Arc, mpsc};

/// A buffer that the host will see.
pub(in crate::gpu) struct Staged {
    pub(super) raw: wgpu::Buffer,
    pub(super) mapped: mpsc::Receiver<std::result::Result<(), wgpu::BufferAsyncError>>,
}

/// A submitted batch.
pub(in crate::gpu) struct Submission {
    pub(super) device: wgpu::Device,
    pub(super) faults: Arc<Faults>,
    pub(super) pool: Arc<Pool>,
    pub(super) timing: Arc<Timing>,
    pub(super) index: wgpu::SubmissionIndex,
}

impl Submission {
    /// What `take` makes of the bytes that arrived, waiting for the device where needed.
    ///
    /// # Errors
    /// [`Error::DeviceLost`], errors of earlier uploads.
    pub(in crate::gpu) fn read<V>(
        &self,
        staged: Staged,
        take: impl FnOnce(&[u8]) -> V,
    ) -> Result<V> {
        self.wait()?;
        let lost = |why: &dyn std::fmt::Display| Error::DeviceLost(format!("read-back: {why}"));
        match staged.mapped.recv() {
            Ok(result) => result.map_err(|e| lost(&e))?,
            Err(closed) => return Err(lost(&closed)),
        }
        let view = staged.raw.get_mapped_range(..).map_err(|e| lost(&e))?;
        let values = take(&view);
        drop(view);
        staged.raw.unmap();
        self.pool.give(Use::Readback, staged.raw);
        Ok(values)
    }

    /// # Errors
    /// [`Error::DeviceLost`], errors of earlier uploads.
    pub(in crate::gpu) fn wait(&self) -> Result<()> {
        let how = wgpu::PollType::Wait {
            submission_index: Some(self.index.clone()),
            timeout: None,
        };
        self.faults.poll(&self.device, how)?;
        self.timing.collect();
        Ok(())
    }
}

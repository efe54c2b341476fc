//! A submitted batch: waiting for it, and reading what it downloads.

use super::driver::{Staged, Submission};
use super::native::Copied;
use crate::{Error, Result};
use bytemuck::Pod;
use std::marker::PhantomData;

/// A copy on its way to the host: [`Submitted::read`] takes it.
pub struct Download<T> {
    pub(super) batch: u64,
    pub(super) len: usize,
    pub(super) staging: Staging,
    pub(super) item: PhantomData<fn() -> T>,
}

/// Where the copy arrives.
pub(super) enum Staging {
    Driver(Staged),
    Native(Copied),
}

/// A batch that the device works on.
pub struct Submitted {
    pub(super) number: u64,
    pub(super) work: Work,
}

/// What is left to wait for.
pub(super) enum Work {
    Driver(Submission),
    Done,
}

impl Submitted {
    /// The downloaded values, waiting for the device where needed.
    ///
    /// # Errors
    /// [`Error::DeviceLost`], errors of earlier uploads, [`Error::Usage`] for another batch's download.
    pub fn read<T: Pod>(&self, download: Download<T>) -> Result<Vec<T>> {
        let bytes = download.len * size_of::<T>();
        match (&self.work, download.staging) {
            _ if download.batch != self.number => {
                Err(Error::Usage("a download of another batch".into()))
            }
            (Work::Driver(submission), Staging::Driver(staged)) => {
                submission.read(staged, |view| bytemuck::pod_collect_to_vec(&view[..bytes]))
            }
            (_, Staging::Native(copied)) => copied.take(),
            (Work::Done, Staging::Driver(_)) => {
                Err(Error::Usage("a download of another device".into()))
            }
        }
    }

    /// Waits until the device has done the batch.
    ///
    /// # Errors
    /// [`Error::DeviceLost`], errors of earlier uploads.
    pub fn wait(&self) -> Result<()> {
        match &self.work {
            Work::Driver(submission) => submission.wait(),
            Work::Done => Ok(()),
        }
    }
}

//! Turns what the driver reports into our errors, so that nothing it says is a panic.

use crate::{Error, Result};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What went wrong on a device outside any guarded call.
#[derive(Default)]
pub(super) struct Faults {
    /// Set once, for ever: a lost device stays lost.
    lost: OnceLock<String>,
    /// The first error that no scope caught; handed out once.
    stray: Mutex<Option<Error>>,
}

impl Faults {
    /// Listens to a device. wgpu's own handler would panic.
    pub(super) fn watch(device: &wgpu::Device) -> Arc<Self> {
        let faults = Arc::new(Self::default());
        let seen = faults.clone();
        device.set_device_lost_callback(move |reason, message| {
            let _ = seen.lost.set(format!("{message} ({reason:?})"));
        });
        let seen = faults.clone();
        device.on_uncaptured_error(Arc::new(move |error| {
            let mut stray = seen.stray.lock().unwrap_or_else(PoisonError::into_inner);
            stray.get_or_insert(translate(error, "upload", 0));
        }));
        faults
    }

    /// The error that is on record, if any.
    pub(super) fn check(&self) -> Result<()> {
        if let Some(why) = self.lost.get() {
            return Err(Error::DeviceLost(why.clone()));
        }
        let mut stray = self.stray.lock().unwrap_or_else(PoisonError::into_inner);
        stray.take().map_or(Ok(()), Err)
    }

    /// Lets the driver make progress: callbacks run, and with a waiting `how` work gets done.
    pub(super) fn poll(&self, device: &wgpu::Device, how: wgpu::PollType) -> Result<()> {
        // A device that goes away while waited for makes wgpu panic here, after it has told `lost`.
        let polled = catch_unwind(AssertUnwindSafe(|| device.poll(how)));
        self.check()?;
        match polled {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(why)) => Err(Error::DeviceLost(why.to_string())),
            Err(_) => Err(Error::DeviceLost(
                "the driver gave up while waited for".into(),
            )),
        }
    }

    /// Does `work` and returns the first error that the driver reports for it on this thread.
    /// `what` and `bytes` go into the message.
    pub(super) fn guard<T>(
        &self,
        device: &wgpu::Device,
        what: &str,
        bytes: u64,
        work: impl FnOnce() -> T,
    ) -> Result<T> {
        self.check()?;
        let memory = device.push_error_scope(wgpu::ErrorFilter::OutOfMemory);
        let internal = device.push_error_scope(wgpu::ErrorFilter::Internal);
        let invalid = device.push_error_scope(wgpu::ErrorFilter::Validation);
        let value = work();
        // Scopes must be popped in the reverse order, every one of them.
        let errors = [
            pollster::block_on(invalid.pop()),
            pollster::block_on(internal.pop()),
            pollster::block_on(memory.pop()),
        ];
        self.check()?;
        // Out of memory comes first: it is what the caller can act on, the others may follow from it.
        match errors.into_iter().rev().flatten().next() {
            Some(error) => Err(translate(error, what, bytes)),
            None => Ok(value),
        }
    }
}

fn translate(error: wgpu::Error, what: &str, bytes: u64) -> Error {
    match error {
        wgpu::Error::OutOfMemory { .. } => Error::OutOfMemory {
            what: what.into(),
            bytes,
        },
        wgpu::Error::Validation { description, .. } | wgpu::Error::Internal { description, .. } => {
            Error::Kernel {
                kernel: what.into(),
                what: description.trim().into(),
            }
        }
    }
}

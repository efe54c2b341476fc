//! A device behind a graphics driver, reached through wgpu: what buffers, pipelines and batches are made by.

mod batch;
mod bind;
mod cache;
mod faults;
mod listing;
mod memory;
mod pipelines;
mod pool;
mod readback;
mod timestamps;
mod timing;

pub(super) use batch::Recording;
pub(super) use bind::Group;
pub(super) use listing::{hardware_is_likely, listed};
pub(super) use memory::Block;
pub(super) use pipelines::Compiled;
pub(super) use readback::{Staged, Submission};

use super::adapter::Limits;
use faults::Faults;
use pool::Pool;
use std::sync::{Arc, Mutex};
use timing::Timing;

/// An opened device.
pub(super) struct Driver {
    device: wgpu::Device,
    queue: wgpu::Queue,
    faults: Arc<Faults>,
    pool: Arc<Pool>,
    timing: Arc<Timing>,
    cache: Option<cache::DiskCache>,
    /// Reused blocks that must be zero before the next submission runs.
    clears: Mutex<Vec<Arc<super::buffer::Block>>>,
    limits: Limits,
}

impl Driver {
    /// Opens an adapter with all that it offers of what we use.
    ///
    /// # Errors
    /// What the driver says.
    pub(super) fn open(raw: &wgpu::Adapter) -> Result<Self, wgpu::RequestDeviceError> {
        let wanted = listing::WANTED.iter().map(|(_, feature)| *feature);
        let wanted = wanted.fold(wgpu::Features::empty(), |all, feature| all | feature);
        let (device, queue) = pollster::block_on(raw.request_device(&wgpu::DeviceDescriptor {
            label: Some("trimaran"),
            required_features: wanted & raw.features(),
            required_limits: raw.limits(),
            ..Default::default()
        }))?;
        Ok(Self {
            faults: Faults::watch(&device),
            pool: Arc::default(),
            timing: Timing::new(&device, &queue),
            cache: cache::DiskCache::open(&device, &raw.get_info()),
            clears: Mutex::default(),
            limits: listing::limits(&raw.limits()),
            device,
            queue,
        })
    }

    /// Gives the device up as if it had been lost.
    pub(super) fn lose(&self) {
        self.device.destroy();
        let _ = self.faults.poll(&self.device, wgpu::PollType::Poll);
    }
}

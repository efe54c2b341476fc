//! An opened adapter: what buffers, pipelines and batches are made by.

use super::adapter::{self, Adapter, AdapterKind, Limits};
use super::buffer::Block;
use super::faults::Faults;
use super::pipeline::Pipelines;
use super::pool::Pool;
use super::selection;
use super::timing::Timing;
use crate::{Error, Result};
use std::sync::{Arc, Mutex};

/// An opened device. Shared between threads by reference.
pub struct Gpu {
    pub(super) device: wgpu::Device,
    pub(super) queue: wgpu::Queue,
    pub(super) faults: Arc<Faults>,
    pub(super) pool: Arc<Pool>,
    pub(super) pipelines: Pipelines,
    pub(super) timing: Arc<Timing>,
    /// Reused blocks that must be zero before the next submission runs.
    pub(super) clears: Mutex<Vec<Arc<Block>>>,
    pub(super) checks: Checks,
    adapter: Adapter,
}

/// What keeps a kernel's mistakes from doing harm while it runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Checks {
    /// Bounds checks, no bounding of loops: how kernels are shipped.
    #[default]
    Shipped,
    /// All that WebGPU asks for, as browsers have it.
    All,
}

impl std::fmt::Display for Checks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Checks::Shipped => "shipped",
            Checks::All => "checked",
        })
    }
}

impl Gpu {
    /// Opens the device that `selector` names: `auto`, a number, or a part of a name in any case.
    /// Where several fit, the best one that opens.
    ///
    /// # Errors
    /// [`Error::NoDevice`] where none fits or none opens.
    pub fn open(selector: &str) -> Result<Self> {
        let listed = adapter::listed();
        let described: Vec<_> = listed.iter().map(|(adapter, _)| adapter.clone()).collect();
        let mut refused = String::new();
        for number in selection::select(&described, selector)? {
            let (adapter, raw) = &listed[number];
            match request(raw) {
                Ok((device, queue)) => return Ok(Self::new(adapter.clone(), raw, device, queue)),
                Err(why) => refused += &format!("; {}: {why}", adapter.name),
            }
        }
        Err(Error::NoDevice(format!("no device opens{refused}")))
    }

    fn new(
        adapter: Adapter,
        raw: &wgpu::Adapter,
        device: wgpu::Device,
        queue: wgpu::Queue,
    ) -> Self {
        Self {
            faults: Faults::watch(&device),
            pool: Arc::default(),
            pipelines: Pipelines::new(&device, &raw.get_info()),
            timing: Timing::new(&device, &queue),
            clears: Mutex::default(),
            checks: Checks::default(),
            adapter,
            device,
            queue,
        }
    }

    /// The same device, its kernels compiled with these checks from now on.
    pub fn with_checks(self, checks: Checks) -> Self {
        Self { checks, ..self }
    }

    /// What was opened.
    pub fn adapter(&self) -> &Adapter {
        &self.adapter
    }

    /// The limits of the device.
    pub fn limits(&self) -> &Limits {
        &self.adapter.limits
    }

    /// Whether the host's processor does the work: one invocation per item and no barriers pay there.
    pub fn is_software(&self) -> bool {
        self.adapter.kind == AdapterKind::Software
    }

    /// Gives the device up as if it had been lost: everything after is [`Error::DeviceLost`].
    /// For tests of how callers recover.
    pub fn lose(&self) {
        self.device.destroy();
        let _ = self.faults.poll(&self.device, wgpu::PollType::Poll);
    }
}

/// Opens an adapter with all that it offers of what we use.
fn request(
    raw: &wgpu::Adapter,
) -> std::result::Result<(wgpu::Device, wgpu::Queue), wgpu::RequestDeviceError> {
    let wanted = adapter::WANTED.iter().map(|(_, feature)| *feature);
    let wanted = wanted.fold(wgpu::Features::empty(), |all, feature| all | feature);
    pollster::block_on(raw.request_device(&wgpu::DeviceDescriptor {
        label: Some("trimaran"),
        required_features: wanted & raw.features(),
        required_limits: raw.limits(),
        ..Default::default()
    }))
}

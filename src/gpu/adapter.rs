//! Lists the adapters of this machine, best first, with what they offer.

use super::device::Checks;
use super::driver;
use super::native::{self, Processor};

/// What sort of device an adapter is; the order is the order of preference.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum AdapterKind {
    /// A graphics card with its own memory.
    Discrete,
    /// A GPU that shares the host's memory.
    Integrated,
    /// A GPU passed to a virtual machine.
    Virtual,
    /// A device whose driver does not say.
    Other,
    /// The host's processor, by kernels of our own for one of its instruction sets.
    Native,
    /// The host's processor behind a graphics driver (lavapipe, llvmpipe, WARP).
    Software,
}

impl AdapterKind {
    /// Whether it is a device beside the host's processor.
    pub fn is_hardware(self) -> bool {
        self < AdapterKind::Native
    }
}

impl std::fmt::Display for AdapterKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            AdapterKind::Discrete => "discrete",
            AdapterKind::Integrated => "integrated",
            AdapterKind::Virtual => "virtual",
            AdapterKind::Other => "other",
            AdapterKind::Native => "native",
            AdapterKind::Software => "software",
        })
    }
}

/// The limits that kernels and batches are planned by.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Limits {
    /// Largest part of a buffer that one storage binding shows to a kernel, in bytes.
    pub storage_binding_bytes: u64,
    /// Largest part of a buffer that one uniform binding shows to a kernel, in bytes.
    pub uniform_binding_bytes: u64,
    /// Largest buffer, in bytes.
    pub buffer_bytes: u64,
    /// Storage buffers that one kernel may bind.
    pub storage_buffers: u32,
    /// Workgroups in each of the three dimensions of one dispatch.
    pub workgroups_per_dimension: u32,
    /// Invocations of one workgroup.
    pub invocations_per_workgroup: u32,
    /// Memory that the invocations of a workgroup share, in bytes.
    pub workgroup_memory_bytes: u32,
}

/// A physical or software device as the system lists it.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Adapter {
    /// Place in the list, best first: `--device 0` is what `auto` takes.
    pub number: usize,
    /// Name as the driver gives it.
    pub name: String,
    /// What sort of device it is.
    pub kind: AdapterKind,
    /// What it is reached through: vulkan, metal, dx12, gl, or native for kernels of our own.
    pub backend: String,
    /// Name of the driver.
    pub driver: String,
    /// Version of the driver.
    pub driver_info: String,
    /// Optional features it has, of those that trimaran makes use of.
    pub features: Vec<String>,
    /// Limits of the device.
    pub limits: Limits,
}

impl Adapter {
    /// Name and interface: one device may be listed once for each interface that reaches it.
    pub fn label(&self) -> String {
        format!("{}, {}", self.name, self.backend)
    }

    /// What [`Gpu::open`](super::Gpu::open) takes for this adapter and no other.
    pub fn selector(&self) -> String {
        match self.kind {
            AdapterKind::Native => self.name.clone(),
            _ => self.number.to_string(),
        }
    }

    /// Name and version of the driver.
    pub fn driver_label(&self) -> String {
        format!("{} {}", self.driver, self.driver_info)
            .trim()
            .to_owned()
    }

    /// The modes in which runtime checks can be had: a native body has its own, always.
    pub fn modes(&self) -> &'static [Checks] {
        match self.kind {
            AdapterKind::Native => &[Checks::Shipped],
            _ => &[Checks::Shipped, Checks::All],
        }
    }

    /// Whether it has an optional feature, such as `shader-f16`: what variants of kernels go by.
    pub fn has(&self, feature: &str) -> bool {
        self.features.iter().any(|known| known == feature)
    }
}

/// What opens an adapter.
pub(super) enum Handle {
    Driver(wgpu::Adapter),
    Native(Processor),
}

/// Every adapter of this machine that can run compute kernels, best first. Opens none.
pub fn adapters() -> Vec<Adapter> {
    listed().into_iter().map(|(adapter, _)| adapter).collect()
}

/// The adapters with what opens them: hardware, then the processor, then software drivers, and Vulkan before GL.
pub(super) fn listed() -> Vec<(Adapter, Handle)> {
    let drivers = driver::listed().into_iter();
    let drivers = drivers.map(|(adapter, raw)| (adapter, Handle::Driver(raw)));
    let mut found: Vec<_> = drivers.chain(natives()).collect();
    found.sort_by_key(|(adapter, _)| (adapter.kind, adapter.backend == "gl"));
    for (number, (adapter, _)) in found.iter_mut().enumerate() {
        adapter.number = number;
    }
    found
}

/// The processor, once for each instruction set it has kernels for, best first; always there, and quick to list. They are
/// numbered among themselves, from 0: in the list of all adapters they have other numbers.
pub(super) fn natives() -> Vec<(Adapter, Handle)> {
    let listed = native::listed().into_iter().enumerate();
    let numbered = listed.map(|(number, (adapter, processor))| {
        (Adapter { number, ..adapter }, Handle::Native(processor))
    });
    numbered.collect()
}

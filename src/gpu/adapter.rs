//! Lists the adapters of this machine, best first, with what they offer.

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
    /// The host's processor behind a graphics driver (lavapipe, llvmpipe, WARP).
    Software,
}

impl std::fmt::Display for AdapterKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            AdapterKind::Discrete => "discrete",
            AdapterKind::Integrated => "integrated",
            AdapterKind::Virtual => "virtual",
            AdapterKind::Other => "other",
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
    /// Graphics interface it is reached through: vulkan, metal, dx12 or gl.
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

    /// Name and version of the driver.
    pub fn driver_label(&self) -> String {
        format!("{} {}", self.driver, self.driver_info)
            .trim()
            .to_owned()
    }

    /// Whether it has an optional feature, such as `shader-f16`: what variants of kernels go by.
    pub fn has(&self, feature: &str) -> bool {
        self.features.iter().any(|known| known == feature)
    }
}

/// Features asked for where present; no base variant of a kernel needs one.
pub(super) const WANTED: [(&str, wgpu::Features); 5] = [
    ("timestamp-query", wgpu::Features::TIMESTAMP_QUERY),
    ("pipeline-cache", wgpu::Features::PIPELINE_CACHE),
    ("subgroup", wgpu::Features::SUBGROUP),
    ("shader-f16", wgpu::Features::SHADER_F16),
    ("shader-int64", wgpu::Features::SHADER_INT64),
];

/// Every adapter of this machine that can run compute kernels, best first. Opens none.
pub fn adapters() -> Vec<Adapter> {
    listed().into_iter().map(|(adapter, _)| adapter).collect()
}

/// The adapters with the handles that open them: hardware before software, and Vulkan before GL.
pub(super) fn listed() -> Vec<(Adapter, wgpu::Adapter)> {
    let instance = wgpu::Instance::new(wgpu::InstanceDescriptor {
        // Validation layers are for those who write a driver layer; they only cost time here.
        flags: wgpu::InstanceFlags::empty(),
        ..wgpu::InstanceDescriptor::new_without_display_handle()
    });
    let mut found: Vec<_> = pollster::block_on(instance.enumerate_adapters(wgpu::Backends::all()))
        .into_iter()
        .filter(|raw| {
            let downlevel = raw.get_downlevel_capabilities();
            downlevel
                .flags
                .contains(wgpu::DownlevelFlags::COMPUTE_SHADERS)
        })
        .map(|raw| (describe(&raw), raw))
        .collect();
    found.sort_by_key(|(adapter, _)| (adapter.kind, adapter.backend == "gl"));
    for (number, (adapter, _)) in found.iter_mut().enumerate() {
        adapter.number = number;
    }
    found
}

fn describe(raw: &wgpu::Adapter) -> Adapter {
    let info = raw.get_info();
    Adapter {
        number: 0,
        kind: kind(info.device_type),
        backend: info.backend.to_str().to_owned(),
        features: WANTED
            .iter()
            .filter(|(_, feature)| raw.features().contains(*feature))
            .map(|(name, _)| (*name).to_owned())
            .collect(),
        limits: Limits::of(&raw.limits()),
        name: info.name,
        driver: info.driver,
        driver_info: info.driver_info,
    }
}

fn kind(of: wgpu::DeviceType) -> AdapterKind {
    match of {
        wgpu::DeviceType::DiscreteGpu => AdapterKind::Discrete,
        wgpu::DeviceType::IntegratedGpu => AdapterKind::Integrated,
        wgpu::DeviceType::VirtualGpu => AdapterKind::Virtual,
        wgpu::DeviceType::Other => AdapterKind::Other,
        wgpu::DeviceType::Cpu => AdapterKind::Software,
    }
}

impl Limits {
    fn of(raw: &wgpu::Limits) -> Self {
        Self {
            storage_binding_bytes: raw.max_storage_buffer_binding_size,
            uniform_binding_bytes: raw.max_uniform_buffer_binding_size,
            buffer_bytes: raw.max_buffer_size,
            storage_buffers: raw.max_storage_buffers_per_shader_stage,
            workgroups_per_dimension: raw.max_compute_workgroups_per_dimension,
            invocations_per_workgroup: raw.max_compute_invocations_per_workgroup,
            workgroup_memory_bytes: raw.max_compute_workgroup_storage_size,
        }
    }
}

//! The adapters that graphics drivers offer, with the handles that open them.

use crate::gpu::adapter::{Adapter, AdapterKind, Limits};

/// Features asked for where present; no base variant of a kernel needs one.
pub(super) const WANTED: [(&str, wgpu::Features); 5] = [
    ("timestamp-query", wgpu::Features::TIMESTAMP_QUERY),
    ("pipeline-cache", wgpu::Features::PIPELINE_CACHE),
    ("subgroup", wgpu::Features::SUBGROUP),
    ("shader-f16", wgpu::Features::SHADER_F16),
    ("shader-int64", wgpu::Features::SHADER_INT64),
];

/// Every adapter that can run compute kernels. Opens none.
pub(in crate::gpu) fn listed() -> Vec<(Adapter, wgpu::Adapter)> {
    let instance = wgpu::Instance::new(wgpu::InstanceDescriptor {
        // Validation layers are for those who write a driver layer; they only cost time here.
        flags: wgpu::InstanceFlags::empty(),
        ..wgpu::InstanceDescriptor::new_without_display_handle()
    });
    let computes = |raw: &wgpu::Adapter| {
        let downlevel = raw.get_downlevel_capabilities();
        downlevel
            .flags
            .contains(wgpu::DownlevelFlags::COMPUTE_SHADERS)
    };
    pollster::block_on(instance.enumerate_adapters(wgpu::Backends::all()))
        .into_iter()
        .filter(computes)
        .map(|raw| (describe(&raw), raw))
        .collect()
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
        limits: limits(&raw.limits()),
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

pub(super) fn limits(raw: &wgpu::Limits) -> Limits {
    Limits {
        storage_binding_bytes: raw.max_storage_buffer_binding_size,
        uniform_binding_bytes: raw.max_uniform_buffer_binding_size,
        buffer_bytes: raw.max_buffer_size,
        storage_buffers: raw.max_storage_buffers_per_shader_stage,
        workgroups_per_dimension: raw.max_compute_workgroups_per_dimension,
        invocations_per_workgroup: raw.max_compute_invocations_per_workgroup,
        workgroup_memory_bytes: raw.max_compute_workgroup_storage_size,
    }
}

/// Whether a GPU may be there at all, without asking drivers: loading them takes a tenth of a second.
pub(in crate::gpu) fn hardware_is_likely() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    // Render nodes, NVIDIA's own driver, and Windows below Linux.
    ["/dev/dri", "/dev/nvidiactl", "/dev/dxg"]
        .iter()
        .any(|path| std::path::Path::new(path).exists())
}

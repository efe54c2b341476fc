//! Kernels compiled by the graphics driver, with their constants set.

use super::Driver;
use crate::Result;
use crate::gpu::device::Checks;
use crate::gpu::kernel::Kernel;
use crate::gpu::reflection::{Binding, Reflection, Space};
use std::borrow::Cow;
use std::num::NonZeroU64;

/// A compiled kernel.
pub(in crate::gpu) struct Compiled {
    pub(super) layout: wgpu::BindGroupLayout,
    pub(super) raw: wgpu::ComputePipeline,
}

impl Driver {
    /// Compiles the text that was reflected.
    ///
    /// # Errors
    /// [`crate::Error::Kernel`] with what the driver says; [`crate::Error::DeviceLost`].
    pub(in crate::gpu) fn compile(
        &self,
        kernel: &Kernel,
        reflection: &Reflection,
        overrides: &[(&str, f64)],
        checks: Checks,
    ) -> Result<Compiled> {
        let compiled = self.faults.guard(&self.device, kernel.name, 0, || {
            let layout = self.bind_group_layout(kernel, &reflection.bindings);
            let module = self.module(kernel, &reflection.source, checks);
            let raw = self.raw_pipeline(kernel, &module, overrides, &layout);
            Compiled { layout, raw }
        })?;
        if let Some(cache) = &self.cache {
            cache.mark();
        }
        Ok(compiled)
    }

    fn bind_group_layout(&self, kernel: &Kernel, bindings: &[Binding]) -> wgpu::BindGroupLayout {
        let entries: Vec<_> = bindings.iter().map(layout_entry).collect();
        self.device
            .create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
                label: Some(kernel.name),
                entries: &entries,
            })
    }

    fn raw_pipeline(
        &self,
        kernel: &Kernel,
        module: &wgpu::ShaderModule,
        overrides: &[(&str, f64)],
        layout: &wgpu::BindGroupLayout,
    ) -> wgpu::ComputePipeline {
        let label = Some(kernel.name);
        let layout = self
            .device
            .create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
                label,
                bind_group_layouts: &[Some(layout)],
                immediate_size: 0,
            });
        self.device
            .create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
                label,
                layout: Some(&layout),
                module,
                entry_point: Some(kernel.entry()),
                compilation_options: wgpu::PipelineCompilationOptions {
                    constants: overrides,
                    ..Default::default()
                },
                cache: self.cache.as_ref().map(|cache| &cache.raw),
            })
    }

    fn module(&self, kernel: &Kernel, source: &str, checks: Checks) -> wgpu::ShaderModule {
        let shader = wgpu::ShaderModuleDescriptor {
            label: Some(kernel.name),
            source: wgpu::ShaderSource::Wgsl(Cow::Borrowed(source)),
        };
        if checks == Checks::All {
            return self.device.create_shader_module(shader);
        }
        let checks = wgpu::ShaderRuntimeChecks {
            bounds_checks: true,
            force_loop_bounding: false,
            ..wgpu::ShaderRuntimeChecks::checked()
        };
        #[expect(
            unsafe_code,
            reason = "the only way to keep bounds checks and drop loop bounding"
        )]
        // SAFETY: bounds checks stay on; the shaders are this crate's own and their loops end.
        unsafe {
            self.device.create_shader_module_trusted(shader, checks)
        }
    }
}

fn layout_entry(binding: &Binding) -> wgpu::BindGroupLayoutEntry {
    let ty = match binding.space {
        Space::Uniform => wgpu::BufferBindingType::Uniform,
        Space::Read => wgpu::BufferBindingType::Storage { read_only: true },
        Space::ReadWrite => wgpu::BufferBindingType::Storage { read_only: false },
    };
    wgpu::BindGroupLayoutEntry {
        binding: binding.slot,
        visibility: wgpu::ShaderStages::COMPUTE,
        count: None,
        ty: wgpu::BindingType::Buffer {
            ty,
            has_dynamic_offset: false,
            min_binding_size: NonZeroU64::new(binding.least_bytes),
        },
    }
}

//! Kernels compiled for a device with their constants set, each once.

use super::cache::DiskCache;
use super::kernel::Kernel;
use super::reflection::{Binding, Reflection, Space};
use super::{Args, Checks, Gpu};
use crate::Result;
use std::borrow::Cow;
use std::collections::HashMap;
use std::num::NonZeroU64;
use std::sync::{Arc, Mutex, PoisonError};

/// A compiled kernel.
pub struct Pipeline {
    pub(super) kernel: Kernel,
    pub(super) bindings: Vec<Binding>,
    pub(super) layout: wgpu::BindGroupLayout,
    pub(super) raw: wgpu::ComputePipeline,
}

impl Pipeline {
    /// Name of the kernel.
    pub fn name(&self) -> &'static str {
        self.kernel.name
    }

    /// Whether the kernel may write the variable of this name.
    pub fn writes(&self, name: &str) -> bool {
        let mut named = self.bindings.iter().filter(|binding| binding.name == name);
        named.any(|binding| binding.space == Space::ReadWrite)
    }

    /// An empty set of arguments, to be filled by the names that the WGSL declares.
    pub fn args(self: &Arc<Self>) -> Args {
        Args::new(self.clone())
    }
}

/// A kernel's name, the addresses of its texts, and its constants.
type Key = (&'static str, Vec<usize>, String);

/// A text of kernels, and what stands in its place.
#[derive(Clone)]
struct Substitute {
    original: &'static str,
    text: String,
}

/// The pipelines of one device.
pub(super) struct Pipelines {
    made: Mutex<HashMap<Key, Arc<Pipeline>>>,
    substitute: Mutex<Option<Substitute>>,
    disk: Option<DiskCache>,
}

impl Pipelines {
    pub(super) fn new(device: &wgpu::Device, info: &wgpu::AdapterInfo) -> Self {
        Self {
            made: Mutex::default(),
            substitute: Mutex::default(),
            disk: DiskCache::open(device, info),
        }
    }
}

impl Gpu {
    /// The kernel with these constants, compiled on first use. Names found in its capacities set
    /// those, all others are its `override` constants.
    ///
    /// # Errors
    /// [`crate::Error::Kernel`]: WGSL or driver refuse it, or a constant has no such name;
    /// [`crate::Error::DeviceLost`].
    pub fn pipeline(&self, kernel: &Kernel, constants: &[(&str, f64)]) -> Result<Arc<Pipeline>> {
        let texts = kernel
            .sources
            .iter()
            .map(|text| text.as_ptr().addr())
            .collect();
        let key = (kernel.name, texts, format!("{constants:?}"));
        let made = || {
            self.pipelines
                .made
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        if let Some(pipeline) = made().get(&key) {
            return Ok(pipeline.clone());
        }
        // Not under the lock: other threads go on while this one compiles.
        let pipeline = Arc::new(self.compile(kernel, constants)?);
        Ok(made().entry(key).or_insert(pipeline).clone())
    }

    /// From now on compiles kernels with `text` wherever one of their sources is `original`, and no
    /// longer with any earlier substitute. Twins and [`Kernel::reflect`] go on reading the original:
    /// for tools that ask whether a wrong kernel would be noticed.
    pub fn substitute(&self, original: &'static str, text: &str) {
        let text = text.to_owned();
        let substitute = self.pipelines.substitute.lock();
        *substitute.unwrap_or_else(PoisonError::into_inner) = Some(Substitute { original, text });
        let made = self.pipelines.made.lock();
        made.unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn compile(&self, kernel: &Kernel, constants: &[(&str, f64)]) -> Result<Pipeline> {
        let substitute = self.pipelines.substitute.lock();
        let substitute = substitute.unwrap_or_else(PoisonError::into_inner).clone();
        let texts = kernel.sources.iter().map(|source| match &substitute {
            Some(found) if found.original == *source => &*found.text,
            _ => source,
        });
        let texts: Vec<&str> = texts.collect();
        let reflection = kernel.reflect_source(kernel.source_from(&texts, constants)?)?;
        let overrides = overrides(kernel, &reflection, constants)?;
        let (layout, raw) = self.faults.guard(&self.device, kernel.name, 0, || {
            let layout = self.bind_group_layout(kernel, &reflection.bindings);
            let raw = self.raw_pipeline(kernel, reflection.source, &overrides, &layout);
            (layout, raw)
        })?;
        if let Some(disk) = &self.pipelines.disk {
            disk.mark();
        }
        Ok(Pipeline {
            kernel: *kernel,
            bindings: reflection.bindings,
            layout,
            raw,
        })
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
        source: String,
        overrides: &[(&str, f64)],
        layout: &wgpu::BindGroupLayout,
    ) -> wgpu::ComputePipeline {
        let label = Some(kernel.name);
        let shader = wgpu::ShaderModuleDescriptor {
            label,
            source: wgpu::ShaderSource::Wgsl(Cow::Owned(source)),
        };
        let module = self.module(shader);
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
                module: &module,
                entry_point: Some(kernel.entry()),
                compilation_options: wgpu::PipelineCompilationOptions {
                    constants: overrides,
                    ..Default::default()
                },
                cache: self.pipelines.disk.as_ref().map(|disk| &disk.raw),
            })
    }
}

impl Gpu {
    fn module(&self, shader: wgpu::ShaderModuleDescriptor) -> wgpu::ShaderModule {
        if self.checks == Checks::All {
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

/// The constants that are no capacities; each must be an `override` of the text.
fn overrides<'a>(
    kernel: &Kernel,
    reflection: &Reflection,
    constants: &[(&'a str, f64)],
) -> Result<Vec<(&'a str, f64)>> {
    let is_capacity = |name: &str| kernel.capacities.iter().any(|(known, _)| *known == name);
    let rest: Vec<_> = constants
        .iter()
        .copied()
        .filter(|(name, _)| !is_capacity(name))
        .collect();
    match rest
        .iter()
        .find(|(name, _)| !reflection.overrides.iter().any(|known| known == name))
    {
        None => Ok(rest),
        Some((name, _)) => Err(kernel.error(format!(
            "no constant named {name}; capacities are {:?}, override constants {:?}",
            kernel.capacities, reflection.overrides
        ))),
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

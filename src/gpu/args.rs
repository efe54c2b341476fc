//! Arguments of a dispatch, bound by the names that the WGSL declares, with element sizes checked.

use super::buffer::{Block, Buffer};
use super::pipeline::Pipeline;
use super::reflection::Binding;
use crate::Result;
use bytemuck::Pod;
use std::sync::{Arc, OnceLock};

/// Buffers for the bindings of one kernel. May be dispatched many times by reference.
pub struct Args {
    pub(super) pipeline: Arc<Pipeline>,
    /// One place per binding, in the pipeline's order.
    given: Vec<Option<Bound>>,
    group: OnceLock<Arc<Group>>,
}

struct Bound {
    block: Arc<Block>,
    bytes: u64,
}

/// The bind group, and the blocks that must not be reused before it has been submitted.
pub(super) struct Group {
    pub(super) raw: wgpu::BindGroup,
    pub(super) kernel: &'static str,
    pub(super) bytes: u64,
    _blocks: Vec<Arc<Block>>,
}

impl Args {
    pub(super) fn new(pipeline: Arc<Pipeline>) -> Self {
        let given = pipeline.bindings.iter().map(|_| None).collect();
        let group = OnceLock::new();
        Self {
            pipeline,
            given,
            group,
        }
    }

    /// Binds `buffer` to the variable `name`, replacing what was bound there.
    ///
    /// # Errors
    /// [`crate::Error::Kernel`]: no such name, or an element size other than the shader's, or too few bytes.
    pub fn with<T: Pod>(self, name: &str, buffer: &Buffer<T>) -> Result<Self> {
        self.with_elements(name, buffer, size_of::<T>())
    }

    /// [`Args::with`] for a buffer whose elements of so many bytes came as words.
    ///
    /// # Errors
    /// As [`Args::with`].
    pub fn with_elements<T: Pod>(
        mut self,
        name: &str,
        buffer: &Buffer<T>,
        element_bytes: usize,
    ) -> Result<Self> {
        let place = self.place(name)?;
        let binding = &self.pipeline.bindings[place];
        let bytes = checked_bytes(&self.pipeline, binding, buffer, element_bytes as u64)?;
        let block = buffer.block.clone();
        self.given[place] = Some(Bound { block, bytes });
        self.group = OnceLock::new();
        Ok(self)
    }

    fn place(&self, name: &str) -> Result<usize> {
        let bindings = &self.pipeline.bindings;
        let place = bindings.iter().position(|binding| binding.name == name);
        place.ok_or_else(|| {
            let known: Vec<_> = bindings.iter().map(|binding| &*binding.name).collect();
            let known = known.join(", ");
            self.pipeline
                .kernel
                .error(format!("no binding named {name}; it has {known}"))
        })
    }

    /// The bind group, made on first use.
    pub(super) fn group(&self, device: &wgpu::Device) -> Result<Arc<Group>> {
        if let Some(group) = self.group.get() {
            return Ok(group.clone());
        }
        let bindings = self.pipeline.bindings.iter().zip(&self.given);
        let entries = bindings
            .map(|(binding, bound)| self.entry(binding, bound.as_ref()))
            .collect::<Result<Vec<_>>>()?;
        let raw = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some(self.pipeline.name()),
            layout: &self.pipeline.layout,
            entries: &entries,
        });
        let given = || self.given.iter().flatten();
        let group = Arc::new(Group {
            raw,
            kernel: self.pipeline.name(),
            bytes: given().map(|bound| bound.bytes).sum(),
            _blocks: given().map(|bound| bound.block.clone()).collect(),
        });
        Ok(self.group.get_or_init(|| group).clone())
    }

    fn entry<'a>(
        &self,
        binding: &Binding,
        bound: Option<&'a Bound>,
    ) -> Result<wgpu::BindGroupEntry<'a>> {
        let missing = || format!("binding {} was not given", binding.name);
        let bound = bound.ok_or_else(|| self.pipeline.kernel.error(missing()))?;
        Ok(wgpu::BindGroupEntry {
            binding: binding.slot,
            // Not the entire block: `arrayLength` must be the buffer's own length.
            resource: wgpu::BindingResource::Buffer(wgpu::BufferBinding {
                buffer: &bound.block.raw,
                offset: 0,
                size: std::num::NonZeroU64::new(bound.bytes),
            }),
        })
    }
}

/// Bytes to show to the kernel, where the buffer's elements are what the shader declares.
fn checked_bytes<T: Pod>(
    pipeline: &Pipeline,
    binding: &Binding,
    buffer: &Buffer<T>,
    rust: u64,
) -> Result<u64> {
    let name = &binding.name;
    // An array of fixed length may be given by element or as a whole.
    if rust != binding.element_bytes && rust != binding.least_bytes {
        let (wgsl, of) = (binding.element_bytes, std::any::type_name::<T>());
        return Err(pipeline.kernel.error(format!(
            "binding {name}: a WGSL element is {wgsl} bytes, a Rust {of} is {rust}"
        )));
    }
    // An empty buffer has room for one element, which the kernel must not count.
    let bytes = buffer.bytes().max(rust);
    if bytes < binding.least_bytes {
        let least = binding.least_bytes;
        return Err(pipeline.kernel.error(format!(
            "binding {name}: the shader needs {least} bytes, the buffer has {bytes}"
        )));
    }
    Ok(bytes)
}

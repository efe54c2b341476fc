//! Bind groups: the buffers of a dispatch as the driver takes them.

use super::{Compiled, Driver};
use crate::Result;
use crate::gpu::args::Bound;
use crate::gpu::buffer;
use crate::gpu::kernel::Kernel;
use crate::gpu::reflection::Binding;
use std::sync::Arc;

/// The bind group, and the blocks that must not be reused before it has been submitted.
pub(in crate::gpu) struct Group {
    pub(super) raw: wgpu::BindGroup,
    pub(super) kernel: &'static str,
    pub(super) bytes: u64,
    _blocks: Vec<Arc<buffer::Block>>,
}

impl Driver {
    /// # Errors
    /// [`crate::Error::Usage`] for another device's buffer.
    pub(in crate::gpu) fn group(
        &self,
        kernel: &Kernel,
        compiled: &Compiled,
        bound: &[(&Binding, &Bound)],
    ) -> Result<Group> {
        let entries = bound.iter().map(|(binding, bound)| {
            Ok(wgpu::BindGroupEntry {
                binding: binding.slot,
                // Not the entire block: `arrayLength` must be the buffer's own length.
                resource: wgpu::BindingResource::Buffer(wgpu::BufferBinding {
                    buffer: &bound.block.of_driver()?.raw,
                    offset: 0,
                    size: std::num::NonZeroU64::new(bound.bytes),
                }),
            })
        });
        let entries = entries.collect::<Result<Vec<_>>>()?;
        let raw = self.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some(kernel.name),
            layout: &compiled.layout,
            entries: &entries,
        });
        let bound = bound.iter().map(|(_, bound)| bound);
        Ok(Group {
            raw,
            kernel: kernel.name,
            bytes: bound.clone().map(|bound| bound.bytes).sum(),
            _blocks: bound.map(|bound| bound.block.clone()).collect(),
        })
    }
}

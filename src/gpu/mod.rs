//! The only room that names wgpu and naga: adapters, kernels, buffers, batches, timing.

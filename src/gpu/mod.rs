//! The only room that names wgpu and naga: adapters, kernels, buffers, batches, timing.
//!
//! ```no_run
//! use trimaran::gpu::{Gpu, Kernel};
//! # fn main() -> trimaran::Result<()> {
//! const DOUBLE: Kernel = Kernel { name: "test/double", native: None, capacities: &[], sources: &["
//! @group(0) @binding(0) var<storage, read_write> values: array<f32>;
//! @compute @workgroup_size(64) fn double(@builtin(global_invocation_id) id: vec3<u32>) {
//!     if id.x < arrayLength(&values) { values[id.x] *= 2.0; }
//! }"] };
//! let gpu = Gpu::open("auto")?;
//! let values = gpu.storage(&[1.0f32, 2.0, 3.0])?;
//! let args = gpu.pipeline(&DOUBLE, &[])?.args().with("values", &values)?;
//! let mut batch = gpu.batch();
//! batch.dispatch(args, [1, 1, 1])?;
//! let doubled = batch.download(&values)?;
//! assert_eq!(batch.submit()?.read(doubled)?, [2.0, 4.0, 6.0]);
//! # Ok(()) }
//! ```

mod adapter;
mod args;
mod batch;
mod buffer;
mod device;
mod driver;
mod kernel;
mod native;
mod pipeline;
mod profile;
mod readback;
mod reflection;
mod selection;

pub use adapter::{Adapter, AdapterKind, Limits, adapters};
pub use args::Args;
pub use batch::Batch;
pub use buffer::Buffer;
pub use device::{Checks, Gpu};
pub use kernel::{HostStruct, Kernel, NativeBody};
pub use native::{Call, Cells, Strip};
pub use pipeline::Pipeline;
pub use profile::{Profile, ProfileRow};
pub use readback::{Download, Submitted};
pub use reflection::{Binding, Reflection, Space};
pub use selection::selected;

//! Local search by ADADELTA (Zeiler 2012, arXiv:1212.5701).

use super::search_state::{CAPACITIES, LocalSearchKernel, search_sources};
use crate::gpu::Kernel;

/// The kernel.
pub const KERNEL: Kernel = Kernel {
    name: "dock/adadelta",
    sources: search_sources!("../../../shaders/dock/adadelta.wgsl"),
    capacities: CAPACITIES,
};

/// The kernel with its constants.
pub const LOCAL_SEARCH: LocalSearchKernel = LocalSearchKernel {
    kernel: KERNEL,
    constants: &[],
};

//! Local search by adaptive random steps (Solis and Wets 1981, Math Oper Res 6:19).

use super::search_state::{CAPACITIES, LocalSearchKernel, search_sources};
use crate::gpu::Kernel;

/// The kernel.
pub const KERNEL: Kernel = Kernel {
    name: "dock/solis_wets",
    sources: search_sources!("../../../shaders/dock/solis_wets.wgsl"),
    capacities: CAPACITIES,
};

/// The kernel with its constants: energies alone are enough.
pub const LOCAL_SEARCH: LocalSearchKernel = LocalSearchKernel {
    kernel: KERNEL,
    constants: &[("GRADIENT", 0.0)],
};

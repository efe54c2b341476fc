//! Stock of every ligand after a round: generations finished, runs done, agreement.

use super::search_state::{CAPACITIES, search_sources};
use crate::gpu::Kernel;

/// The kernel.
pub const KERNEL: Kernel = Kernel {
    name: "dock/census",
    sources: search_sources!("../../../shaders/dock/census.wgsl"),
    capacities: CAPACITIES,
};

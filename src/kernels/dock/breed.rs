//! A new generation of every run that is due: random poses, then children by tournament, crossover, mutation.

use super::search_state::{CAPACITIES, search_sources};
use crate::gpu::Kernel;

/// The kernel.
pub const KERNEL: Kernel = Kernel {
    name: "dock/breed",
    sources: search_sources!("../../../shaders/dock/breed.wgsl"),
    capacities: CAPACITIES,
};

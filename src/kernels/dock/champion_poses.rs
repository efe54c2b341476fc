//! The best poses of chosen individuals, collected for the host.

use crate::gpu::Kernel;

/// The kernel.
pub const KERNEL: Kernel = Kernel {
    name: "dock/champion_poses",
    sources: &[
        include_str!("../../../shaders/lib/search_layout.wgsl"),
        include_str!("../../../shaders/dock/champion_poses.wgsl"),
    ],
    capacities: &[("FRAGMENTS", 16)],
};

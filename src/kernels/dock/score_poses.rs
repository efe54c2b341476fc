//! Energy terms and gradient of given poses.

use crate::gpu::Kernel;

/// The kernel.
pub const KERNEL: Kernel = Kernel {
    name: "dock/score_poses",
    sources: &[
        include_str!("../../../shaders/lib/quaternion.wgsl"),
        include_str!("../../../shaders/lib/affinity_grid.wgsl"),
        include_str!("../../../shaders/lib/ad4_pairs.wgsl"),
        include_str!("../../../shaders/lib/pose_energy.wgsl"),
        include_str!("../../../shaders/dock/score_poses.wgsl"),
    ],
    capacities: super::search_state::CAPACITIES,
};

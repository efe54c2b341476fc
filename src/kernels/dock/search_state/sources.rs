//! Texts that the kernels of a search are put together from, and the capacities in front of them.

use crate::kernels::dock::packed_lanes::LANES;

/// Texts that every kernel of the search begins with, for one invocation a pose or for one workgroup a pose.
macro_rules! search_sources {
    ($($own:literal),+) => {
        search_sources!(of "../../../shaders/lib/pose_energy.wgsl", $($own),+)
    };
    (workgroup $($own:literal),+) => {
        search_sources!(of "../../../shaders/lib/pose_energy_workgroup.wgsl", $($own),+)
    };
    (of $pose_energy:literal, $($own:literal),+) => {
        &[
            crate::kernels::dock::random::PHILOX,
            include_str!("../../../shaders/lib/sine_cosine.wgsl"),
            include_str!("../../../shaders/lib/quaternion.wgsl"),
            include_str!("../../../shaders/lib/affinity_grid.wgsl"),
            include_str!("../../../shaders/lib/ad4_pairs.wgsl"),
            include_str!("../../../shaders/lib/pose_layout.wgsl"),
            include_str!("../../../shaders/lib/ligand.wgsl"),
            include_str!($pose_energy),
            include_str!("../../../shaders/lib/search_layout.wgsl"),
            include_str!("../../../shaders/lib/search_state.wgsl"),
            $(include_str!($own)),+
        ]
    };
}
pub(in crate::kernels::dock) use search_sources;

/// Sizes of private arrays that the search kernels take, with the defaults of their tests.
pub(in crate::kernels::dock) const CAPACITIES: &[(&str, u32)] = &[("ATOMS", 64), ("FRAGMENTS", 16)];

/// The same where a workgroup works on a pose.
pub(in crate::kernels::dock) const WORKGROUP_CAPACITIES: &[(&str, u32)] =
    &[CAPACITIES[0], CAPACITIES[1], ("LANES", LANES)];

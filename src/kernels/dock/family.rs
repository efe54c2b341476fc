//! The two families of the kernels that score poses, and the one rule that chooses between them.

use super::packed_lanes::LANES;
use super::search_state::Capacity;
use crate::gpu::Gpu;

/// Who works on a pose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// One invocation: a software device does several poses at once in its vectors, and pays dearly for barriers.
    Invocation,
    /// A workgroup of 64 lanes: arrays in workgroup memory, none in a GPU's scratch memory.
    Workgroup,
}

/// Invocations of a workgroup with one invocation a pose.
const WIDE: u32 = 64;
/// The same on a software device: small parts of a queue spread evenly over its threads.
const NARROW: u32 = 16;

impl Family {
    /// The family for ligands of this capacity on this device.
    pub fn of(gpu: &Gpu, capacity: Capacity) -> Self {
        let room = gpu.limits().workgroup_memory_bytes;
        match !gpu.is_software() && workgroup_bytes(capacity) <= room {
            true => Family::Workgroup,
            false => Family::Invocation,
        }
    }

    /// Invocations of a workgroup.
    pub fn invocations(self, gpu: &Gpu) -> u32 {
        match self {
            Family::Workgroup => LANES as u32,
            Family::Invocation if gpu.is_software() => NARROW,
            Family::Invocation => WIDE,
        }
    }

    /// Poses that a workgroup of so many invocations works on.
    pub fn poses(self, invocations: u32) -> u32 {
        match self {
            Family::Workgroup => 1,
            Family::Invocation => invocations,
        }
    }
}

/// Workgroup memory that shaders/lib/pose_energy_workgroup.wgsl takes.
fn workgroup_bytes(capacity: Capacity) -> u32 {
    let (atoms, fragments, lanes) = (capacity.atoms, capacity.fragments, LANES as u32);
    let frames = 5 * 16 * fragments;
    let slopes = 2 * 16 * atoms + 16 * (atoms + lanes);
    let moves = 4 * (6 + fragments) + 16 * (5 + fragments);
    // Energies of lanes, of eights and of all; the word that is broadcast.
    frames + slopes + moves + 8 * (lanes + 8 + 1) + 4 + 16
}

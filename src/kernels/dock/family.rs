//! The two families of the kernels that score poses, and the one rule that chooses between them.

use super::packed_lanes::LANES;
use super::search_state::Capacity;
use crate::Result;
use crate::gpu::{Gpu, Kernel};

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
    /// The family by whether a workgroup works on a pose.
    pub const fn with_workgroup(workgroup: bool) -> Self {
        if workgroup {
            Family::Workgroup
        } else {
            Family::Invocation
        }
    }

    /// Name that results of its kernels are listed under.
    pub const fn variant(self) -> &'static str {
        match self {
            Family::Invocation => "base",
            Family::Workgroup => "workgroup",
        }
    }

    /// The family that suits this device, where ligands of this capacity fit; `by_workgroup` is the kernel to be run.
    ///
    /// # Errors
    /// What reading the kernel reports.
    pub fn of(gpu: &Gpu, by_workgroup: &Kernel, capacity: Capacity) -> Result<Self> {
        if gpu.is_software() {
            return Ok(Family::Invocation);
        }
        let taken = by_workgroup
            .reflect(&capacity.constants())?
            .workgroup_bytes();
        let fits = taken <= gpu.limits().workgroup_memory_bytes;
        Ok(Family::with_workgroup(fits))
    }

    /// Invocations of a workgroup.
    pub fn invocations(self, gpu: &Gpu) -> u32 {
        match self {
            Family::Workgroup => LANES,
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

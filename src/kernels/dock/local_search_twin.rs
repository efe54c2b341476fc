//! A local search beside its twin, in both families: one text, one rule, one set of samples.

use super::descent::{Descent, Left};
use super::family::Family;
use super::local_search::{self, Input, WHOLE_SEARCHES};
use super::search_state::LocalSearchKernel;
use super::snapshot::Snapshot;
use super::synthetic::Draws;
use crate::Result;
use crate::gpu::{Gpu, Kernel};
use crate::twin::{Launch, Tolerance, Twin, Value};
use std::marker::PhantomData;

/// A kernel that improves individuals, and its rule in f64.
pub trait LocalSearch: Send + Sync + 'static {
    /// The kernel with one invocation on a pose.
    const BY_INVOCATION: Kernel;
    /// The same text with a workgroup on a pose.
    const BY_WORKGROUP: Kernel;
    /// Its `override` constants.
    const CONSTANTS: &'static [(&'static str, f64)];
    /// Constants with which a search ends by its steps alone.
    const ENDLESS: &'static [(&'static str, f64)];
    /// How far apart kernel and rule may be.
    const TOLERANCE: Tolerance;

    /// How an individual of a sample begins: its remembered numbers and its status.
    fn begin(s: &mut Snapshot, individual: usize, draws: &mut Draws);
    /// Some steps of one individual by the rule.
    fn steps(descent: &mut Descent, s: &Snapshot, individual: usize) -> Left;

    /// The kernel of a family with its constants.
    fn kernel(family: Family) -> LocalSearchKernel {
        LocalSearchKernel {
            kernel: match family {
                Family::Invocation => Self::BY_INVOCATION,
                Family::Workgroup => Self::BY_WORKGROUP,
            },
            family,
            constants: Self::CONSTANTS,
        }
    }
}

/// A local search in one of the families.
pub struct Variant<S, const WORKGROUP: bool>(PhantomData<S>);

impl<S: LocalSearch, const WORKGROUP: bool> Variant<S, WORKGROUP> {
    const FAMILY: Family = Family::with_workgroup(WORKGROUP);
}

impl<S: LocalSearch, const WORKGROUP: bool> Twin for Variant<S, WORKGROUP> {
    const KERNEL: Kernel = if WORKGROUP {
        S::BY_WORKGROUP
    } else {
        S::BY_INVOCATION
    };
    const VARIANT: &'static str = Self::FAMILY.variant();
    const TOLERANCE: Tolerance = S::TOLERANCE;
    type Input = Input;

    fn sizes() -> &'static [usize] {
        // Barriers are slow on the software devices that the tests run on.
        match Self::FAMILY {
            Family::Invocation => &[1, 63, 64, 65, 144, WHOLE_SEARCHES],
            Family::Workgroup => &[1, 3, 65, WHOLE_SEARCHES],
        }
    }

    fn sample(size: usize, seed: u64) -> Input {
        local_search::sample(size, seed, Self::FAMILY, S::begin, S::steps)
    }

    fn twin(input: &Input) -> Vec<Value> {
        local_search::twin(input)
    }

    fn launch(input: &Input) -> Option<Launch> {
        local_search::launch(input, S::kernel(Self::FAMILY))
    }

    fn run(gpu: &Gpu, input: &Input) -> Result<Vec<f64>> {
        local_search::run(gpu, input, S::kernel(Self::FAMILY), S::ENDLESS)
    }
}

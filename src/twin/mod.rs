//! A kernel beside the same computation in f64: samples, what the twin says of them, one dispatch as data.

mod case;
mod known_failure;
mod launch;
mod tolerance;
mod values;

pub use case::{Case, Listed};
pub use known_failure::KnownFailure;
pub use launch::{Argument, Launch, Outcome};
pub use tolerance::{Comparison, Tolerance, Value, compare_values, exact};
pub use values::{Format, Values, gather};

use crate::gpu::{Gpu, Kernel};
use crate::{Error, Result};

/// A kernel beside the same computation on the host in f64, written from the formula and not from
/// the shader.
pub trait Twin: 'static {
    /// The kernel.
    const KERNEL: Kernel;
    /// Name that results are listed under: a variant bears that of its base.
    const NAME: &'static str = Self::KERNEL.name;
    /// Which of the kernels of that name this is.
    const VARIANT: &'static str = "base";
    /// How far apart the two may be.
    const TOLERANCE: Tolerance;
    /// Where it is known to fail.
    const KNOWN_FAILURES: &'static [KnownFailure] = &[];
    /// All that determines the result.
    type Input: Send + Sync;

    /// Sizes to compare at: 0 or 1, workgroup - 1, workgroup, workgroup + 1, large.
    fn sizes() -> &'static [usize];
    /// An input with values that hurt. The same seed gives the same input.
    fn sample(size: usize, seed: u64) -> Self::Input;
    /// The result by the formula, with plain loops.
    fn twin(input: &Self::Input) -> Vec<Value>;
    /// The dispatch that computes it, its values in the twin's order. `None` where it takes several: then there is a
    /// [`Twin::run`], and the sample cannot be handed to other implementations.
    fn launch(input: &Self::Input) -> Option<Launch>;
    /// The result by the kernel, in the twin's order, where one dispatch does not do.
    ///
    /// # Errors
    /// What the device reports.
    fn run(_gpu: &Gpu, _input: &Self::Input) -> Result<Vec<f64>> {
        Err(Error::Kernel {
            kernel: Self::KERNEL.name.into(),
            what: "this sample says neither `launch` nor `run`".into(),
        })
    }
}

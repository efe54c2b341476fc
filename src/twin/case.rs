//! A kernel of the list, whatever its type, and one of its samples beside what the twin says of it.

use super::Twin;
use super::known_failure::KnownFailure;
use super::launch::Launch;
use super::tolerance::{Comparison, Tolerance, Value, compare_values};
use crate::gpu::{Adapter, AdapterKind, Gpu, Kernel};
use crate::{Error, Result};

/// A kernel of the list.
#[derive(Clone, Copy)]
pub struct Listed {
    /// The kernel.
    pub kernel: Kernel,
    /// Name that its results are listed under.
    pub name: &'static str,
    /// Which of the kernels of that name this is.
    pub variant: &'static str,
    /// How far it may be from its twin.
    pub tolerance: Tolerance,
    /// Sizes to compare at.
    pub sizes: &'static [usize],
    /// Where it is known to fail.
    pub known_failures: &'static [KnownFailure],
    case: fn(usize, u64) -> Case,
}

impl Listed {
    /// The kernel of a twin.
    pub fn of<T: Twin>() -> Self {
        Listed {
            kernel: T::KERNEL,
            name: T::NAME,
            variant: T::VARIANT,
            tolerance: T::TOLERANCE,
            sizes: T::sizes(),
            known_failures: T::KNOWN_FAILURES,
            case: Case::of::<T>,
        }
    }

    /// Whether an adapter can run it: all that have a graphics driver can, the host's processor where it has a body.
    pub fn runs_on(&self, adapter: &Adapter) -> bool {
        adapter.kind != AdapterKind::Native || self.kernel.native.is_some()
    }

    /// The sample of this size with its expected values, which may take seconds.
    pub fn case(&self, size: usize, seed: u64) -> Case {
        (self.case)(size, seed)
    }
}

/// Runs a sample that one dispatch does not do.
type Several = Box<dyn Fn(&Gpu) -> Result<Vec<f64>> + Send + Sync>;

/// A sample and what the twin says of it: made once, run on any device.
pub struct Case {
    /// The dispatch, where one does.
    pub launch: Option<Launch>,
    /// The twin's values.
    pub expected: Vec<Value>,
    kernel: &'static str,
    tolerance: Tolerance,
    several: Several,
}

impl Case {
    fn of<T: Twin>(size: usize, seed: u64) -> Self {
        let input = T::sample(size, seed);
        Case {
            launch: T::launch(&input),
            expected: T::twin(&input),
            kernel: T::KERNEL.name,
            tolerance: T::TOLERANCE,
            several: Box::new(move |gpu| T::run(gpu, &input)),
        }
    }

    /// Runs the kernel and compares.
    ///
    /// # Errors
    /// What the device reports; [`Error::Kernel`] where the lengths of the results differ.
    pub fn compare(&self, gpu: &Gpu) -> Result<Comparison> {
        let got = match &self.launch {
            Some(launch) => launch.result(gpu)?,
            None => (self.several)(gpu)?,
        };
        if self.expected.len() != got.len() {
            let (want, got) = (self.expected.len(), got.len());
            return Err(Error::Kernel {
                kernel: self.kernel.into(),
                what: format!("the twin gives {want} values, the kernel {got}"),
            });
        }
        Ok(compare_values(&self.expected, &got, self.tolerance))
    }
}

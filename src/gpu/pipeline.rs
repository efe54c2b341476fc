//! Kernels made ready for a device with their constants set, each once.

use super::device::Executor;
use super::driver::Compiled;
use super::kernel::Kernel;
use super::native::Program;
use super::reflection::{Binding, Reflection, Space};
use super::{Args, Gpu};
use crate::Result;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A kernel that can be dispatched.
pub struct Pipeline {
    pub(super) kernel: Kernel,
    pub(super) bindings: Vec<Binding>,
    pub(super) executable: Executable,
}

/// What a device runs.
pub(super) enum Executable {
    Driver(Compiled),
    Native(Program),
}

impl Pipeline {
    /// Name of the kernel.
    pub fn name(&self) -> &'static str {
        self.kernel.name
    }

    /// Whether the kernel may write the variable of this name.
    pub fn writes(&self, name: &str) -> bool {
        let mut named = self.bindings.iter().filter(|binding| binding.name == name);
        named.any(|binding| binding.space == Space::ReadWrite)
    }

    /// An empty set of arguments, to be filled by the names that the WGSL declares.
    pub fn args(self: &Arc<Self>) -> Args {
        Args::new(self.clone())
    }
}

/// A kernel's name, the addresses of its texts, and its constants.
type Key = (&'static str, Vec<usize>, String);

/// A text of kernels, and what stands in its place.
#[derive(Clone)]
struct Substitute {
    original: &'static str,
    text: String,
}

/// The pipelines of one device.
#[derive(Default)]
pub(super) struct Pipelines {
    made: Mutex<HashMap<Key, Arc<Pipeline>>>,
    substitute: Mutex<Option<Substitute>>,
}

impl Gpu {
    /// The kernel with these constants, made ready on first use. Names found in its capacities set
    /// those, all others are its `override` constants.
    ///
    /// # Errors
    /// [`crate::Error::Kernel`]: WGSL or driver refuse it, it has no native body where one is needed, or a constant
    /// has no such name; [`crate::Error::DeviceLost`].
    pub fn pipeline(&self, kernel: &Kernel, constants: &[(&str, f64)]) -> Result<Arc<Pipeline>> {
        let texts = kernel
            .sources
            .iter()
            .map(|text| text.as_ptr().addr())
            .collect();
        let key = (kernel.name, texts, format!("{constants:?}"));
        let made = || {
            self.pipelines
                .made
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        if let Some(pipeline) = made().get(&key) {
            return Ok(pipeline.clone());
        }
        // Not under the lock: other threads go on while this one compiles.
        let pipeline = Arc::new(self.compile(kernel, constants)?);
        Ok(made().entry(key).or_insert(pipeline).clone())
    }

    /// From now on compiles kernels with `text` wherever one of their sources is `original`, and no
    /// longer with any earlier substitute. Twins, native bodies and [`Kernel::reflect`] know the original only:
    /// for tools that ask whether a wrong shader would be noticed.
    pub fn substitute(&self, original: &'static str, text: &str) {
        let text = text.to_owned();
        let substitute = self.pipelines.substitute.lock();
        *substitute.unwrap_or_else(PoisonError::into_inner) = Some(Substitute { original, text });
        let made = self.pipelines.made.lock();
        made.unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn compile(&self, kernel: &Kernel, constants: &[(&str, f64)]) -> Result<Pipeline> {
        let reflection = self.reflection(kernel, constants)?;
        let overrides = overrides(kernel, &reflection, constants)?;
        let executable = match &self.executor {
            Executor::Driver(driver) => {
                Executable::Driver(driver.compile(kernel, &reflection, &overrides, self.checks)?)
            }
            Executor::Native(processor) => {
                processor.check()?;
                Executable::Native(Program::new(kernel, &reflection, constants)?)
            }
        };
        Ok(Pipeline {
            kernel: *kernel,
            bindings: reflection.bindings,
            executable,
        })
    }

    /// What naga reads out of the kernel's text, or of what stands in its place.
    fn reflection(&self, kernel: &Kernel, constants: &[(&str, f64)]) -> Result<Reflection> {
        let substitute = self.pipelines.substitute.lock();
        let substitute = substitute.unwrap_or_else(PoisonError::into_inner).clone();
        let texts = kernel.sources.iter().map(|source| match &substitute {
            Some(found) if found.original == *source => &*found.text,
            _ => source,
        });
        let texts: Vec<&str> = texts.collect();
        kernel.reflect_source(kernel.source_from(&texts, constants)?)
    }
}

/// The constants that are no capacities; each must be an `override` of the text.
fn overrides<'a>(
    kernel: &Kernel,
    reflection: &Reflection,
    constants: &[(&'a str, f64)],
) -> Result<Vec<(&'a str, f64)>> {
    let is_capacity = |name: &str| kernel.capacities.iter().any(|(known, _)| *known == name);
    let rest: Vec<_> = constants
        .iter()
        .copied()
        .filter(|(name, _)| !is_capacity(name))
        .collect();
    match rest
        .iter()
        .find(|(name, _)| !reflection.overrides.iter().any(|known| known == name))
    {
        None => Ok(rest),
        Some((name, _)) => Err(kernel.error(format!(
            "no constant named {name}; capacities are {:?}, override constants {:?}",
            kernel.capacities, reflection.overrides
        ))),
    }
}

//! Arguments of a dispatch, bound by the names that the WGSL declares, with element sizes checked.

use super::buffer::{Block, Buffer};
use super::driver::{Compiled, Driver, Group};
use super::pipeline::Pipeline;
use super::reflection::Binding;
use crate::Result;
use bytemuck::Pod;
use std::sync::{Arc, OnceLock};

/// Buffers for the bindings of one kernel. May be dispatched many times by reference.
pub struct Args {
    pub(super) pipeline: Arc<Pipeline>,
    /// One place per binding, in the pipeline's order.
    given: Vec<Option<Bound>>,
    group: OnceLock<Arc<Group>>,
}

/// What is bound: memory, and how much of it the kernel sees.
#[derive(Clone)]
pub(super) struct Bound {
    pub(super) block: Arc<Block>,
    pub(super) bytes: u64,
}

impl Args {
    pub(super) fn new(pipeline: Arc<Pipeline>) -> Self {
        let given = pipeline.bindings.iter().map(|_| None).collect();
        let group = OnceLock::new();
        Self {
            pipeline,
            given,
            group,
        }
    }

    /// Binds `buffer` to the variable `name`, replacing what was bound there.
    ///
    /// # Errors
    /// [`crate::Error::Kernel`]: no such name, or an element size other than the shader's, or too few bytes.
    pub fn with<T: Pod>(self, name: &str, buffer: &Buffer<T>) -> Result<Self> {
        self.with_elements(name, buffer, size_of::<T>())
    }

    /// [`Args::with`] for a buffer whose elements of so many bytes came as words.
    ///
    /// # Errors
    /// As [`Args::with`].
    pub fn with_elements<T: Pod>(
        mut self,
        name: &str,
        buffer: &Buffer<T>,
        element_bytes: usize,
    ) -> Result<Self> {
        let place = self.place(name)?;
        let binding = &self.pipeline.bindings[place];
        let bytes = checked_bytes(&self.pipeline, binding, buffer, element_bytes as u64)?;
        let block = buffer.block.clone();
        self.given[place] = Some(Bound { block, bytes });
        self.group = OnceLock::new();
        Ok(self)
    }

    fn place(&self, name: &str) -> Result<usize> {
        let bindings = &self.pipeline.bindings;
        let place = bindings.iter().position(|binding| binding.name == name);
        place.ok_or_else(|| {
            let known: Vec<_> = bindings.iter().map(|binding| &*binding.name).collect();
            let known = known.join(", ");
            self.pipeline
                .kernel
                .error(format!("no binding named {name}; it has {known}"))
        })
    }

    /// Every binding with what is bound to it.
    ///
    /// # Errors
    /// [`crate::Error::Kernel`] where one was not given.
    pub(super) fn bound(&self) -> Result<Vec<(&Binding, &Bound)>> {
        let bindings = self.pipeline.bindings.iter().zip(&self.given);
        let bound = bindings.map(|(binding, bound)| match bound {
            Some(bound) => Ok((binding, bound)),
            None => {
                let missing = format!("binding {} was not given", binding.name);
                Err(self.pipeline.kernel.error(missing))
            }
        });
        bound.collect()
    }

    /// The bind group, made on first use.
    ///
    /// # Errors
    /// As [`Args::bound`]; [`crate::Error::Usage`] for another device's buffer.
    pub(super) fn group(&self, driver: &Driver, compiled: &Compiled) -> Result<Arc<Group>> {
        if let Some(group) = self.group.get() {
            return Ok(group.clone());
        }
        let kernel = &self.pipeline.kernel;
        let group = Arc::new(driver.group(kernel, compiled, &self.bound()?)?);
        Ok(self.group.get_or_init(|| group).clone())
    }
}

/// Bytes to show to the kernel, where the buffer's elements are what the shader declares.
fn checked_bytes<T: Pod>(
    pipeline: &Pipeline,
    binding: &Binding,
    buffer: &Buffer<T>,
    rust: u64,
) -> Result<u64> {
    let name = &binding.name;
    // An array of fixed length may be given by element or as a whole.
    if rust != binding.element_bytes && rust != binding.least_bytes {
        let (wgsl, of) = (binding.element_bytes, std::any::type_name::<T>());
        return Err(pipeline.kernel.error(format!(
            "binding {name}: a WGSL element is {wgsl} bytes, a Rust {of} is {rust}"
        )));
    }
    // An empty buffer has room for one element, which the kernel must not count.
    let bytes = buffer.bytes().max(rust);
    if bytes < binding.least_bytes {
        let least = binding.least_bytes;
        return Err(pipeline.kernel.error(format!(
            "binding {name}: the shader needs {least} bytes, the buffer has {bytes}"
        )));
    }
    Ok(bytes)
}

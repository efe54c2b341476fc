//! One dispatch of a kernel as data, and the one place that runs it.

use super::values::{Values, gather};
use crate::Result;
use crate::gpu::{Gpu, Kernel};
use bytemuck::Pod;

/// What is written over what a kernel is to write, so that it shows where it does not: as a float not a number.
const UNWRITTEN: u32 = u32::MAX;

/// A dispatch: what is bound before it, and where its results stand after it.
#[derive(Clone, Debug)]
pub struct Launch {
    /// The kernel.
    pub kernel: Kernel,
    /// Its capacities and `override` constants.
    pub constants: Vec<(&'static str, f64)>,
    /// Workgroups along x, y, z.
    pub groups: [u32; 3],
    /// All that it binds.
    pub arguments: Vec<Argument>,
    /// Its results, in the twin's order.
    pub values: Vec<Values>,
}

/// What is bound to a variable of the WGSL.
#[derive(Clone, Debug)]
pub struct Argument {
    /// Name of the variable.
    pub name: &'static str,
    /// The bytes, by words.
    words: Vec<u32>,
    /// Size of the elements that they were made from.
    element_bytes: usize,
}

impl Argument {
    /// These elements, each of whole 32-bit words. WGSL has no empty arrays: none are one of zeros.
    pub fn new<T: Pod>(name: &'static str, elements: &[T]) -> Self {
        let element_bytes = size_of::<T>();
        let words = match elements {
            [] => vec![0; element_bytes.div_ceil(4)],
            _ => bytemuck::pod_collect_to_vec(elements),
        };
        Argument {
            name,
            words,
            element_bytes,
        }
    }

    /// What the buffer holds.
    pub fn bytes(&self) -> &[u8] {
        bytemuck::cast_slice(&self.words)
    }
}

impl Launch {
    /// A dispatch that binds nothing yet.
    pub fn new(kernel: Kernel, constants: &[(&'static str, f64)], groups: [u32; 3]) -> Self {
        Launch {
            kernel,
            constants: constants.to_vec(),
            groups,
            arguments: Vec::new(),
            values: Vec::new(),
        }
    }

    /// Binds elements that the kernel reads, or changes.
    pub fn with<T: Pod>(mut self, name: &'static str, elements: &[T]) -> Self {
        self.arguments.push(Argument::new(name, elements));
        self
    }

    /// Binds room for `len` elements that the kernel is to write, all of them.
    pub fn output<T: Pod>(mut self, name: &'static str, len: usize) -> Self {
        let element_bytes = size_of::<T>();
        self.arguments.push(Argument {
            name,
            words: vec![UNWRITTEN; len.max(1) * element_bytes / 4],
            element_bytes,
        });
        self
    }

    /// Adds results, behind those named before.
    pub fn values(mut self, values: impl IntoIterator<Item = Values>) -> Self {
        self.values.extend(values);
        self
    }

    /// Runs it and returns the values.
    ///
    /// # Errors
    /// As [`Launch::run`].
    pub fn result(&self, gpu: &Gpu) -> Result<Vec<f64>> {
        Ok(gather(&self.values, &self.run(gpu)?.written))
    }

    /// Runs it.
    ///
    /// # Errors
    /// What the device reports; [`crate::Error::Kernel`] for a binding whose name or element size is not the shader's.
    pub fn run(&self, gpu: &Gpu) -> Result<Outcome> {
        let pipeline = gpu.pipeline(&self.kernel, &self.constants)?;
        let (mut args, mut buffers) = (pipeline.args(), Vec::new());
        for argument in &self.arguments {
            let buffer = gpu.storage(&argument.words)?;
            args = args.with_elements(argument.name, &buffer, argument.element_bytes)?;
            buffers.push(buffer);
        }
        let mut batch = gpu.batch();
        batch.dispatch(args, self.groups)?;
        let mut downloads = Vec::new();
        for (argument, buffer) in self.arguments.iter().zip(&buffers) {
            if pipeline.writes(argument.name) {
                downloads.push((argument, batch.download(buffer)?));
            }
        }
        let submitted = batch.submit()?;
        let written = downloads.into_iter().map(|(argument, words)| {
            Ok(Argument {
                words: submitted.read(words)?,
                ..*argument
            })
        });
        let written = written.collect::<Result<_>>()?;
        Ok(Outcome { written })
    }
}

/// The buffers that a kernel may write, as it left them.
pub struct Outcome {
    written: Vec<Argument>,
}

impl Outcome {
    /// The elements of one of them; none where it has no such buffer.
    pub fn elements<T: Pod>(&self, name: &str) -> Vec<T> {
        let named = self.written.iter().find(|buffer| buffer.name == name);
        named.map_or(Vec::new(), |buffer| {
            bytemuck::pod_collect_to_vec(&buffer.words)
        })
    }
}

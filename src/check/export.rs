//! Samples with their expected values as files, for other implementations of WebGPU to run.

use super::{Sizes, sizes_of};
use crate::gpu::{Reflection, Space};
use crate::twin::{Case, Launch, Listed, Value, Values};
use crate::whole_file::write_whole;
use crate::{Error, Result};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::path::Path;

/// What the folder holds.
#[derive(Serialize)]
struct Manifest {
    format: u32,
    trimaran: &'static str,
    samples: Vec<Sample>,
}

/// One dispatch: files are names in the folder.
#[derive(Serialize)]
struct Sample {
    kernel: &'static str,
    variant: &'static str,
    sample: String,
    wgsl: String,
    entry: &'static str,
    constants: BTreeMap<&'static str, f64>,
    groups: [u32; 3],
    bindings: Vec<Bound>,
    values: Vec<Values>,
    expected: String,
    roundings: f64,
}

/// A buffer as it is before the dispatch.
#[derive(Serialize)]
struct Bound {
    name: String,
    group: u32,
    binding: u32,
    kind: &'static str,
    file: String,
}

/// The folder, and what stands in it: equal contents share a file.
struct Folder<'a> {
    path: &'a Path,
    names: HashMap<Vec<u8>, String>,
}

/// Writes the small samples of these kernels that one dispatch does, and `manifest.json` last. Returns how many.
///
/// # Errors
/// [`Error::File`] where the folder cannot be written.
pub fn export(kernels: &[Listed], seed: u64, path: &Path) -> Result<usize> {
    std::fs::create_dir_all(path).map_err(Error::at(path))?;
    let names = HashMap::new();
    let mut folder = Folder { path, names };
    let mut samples = Vec::new();
    for kernel in kernels {
        for size in sizes_of(kernel, Sizes::Small) {
            let case = kernel.case(size, seed);
            if let Some(launch) = &case.launch {
                samples.push(folder.sample(kernel, size, launch, &case)?);
            }
        }
    }
    let count = samples.len();
    let manifest = Manifest {
        format: 1,
        trimaran: env!("CARGO_PKG_VERSION"),
        samples,
    };
    write_whole(&path.join("manifest.json"), |file| {
        Ok(serde_json::to_writer(file, &manifest)?)
    })?;
    Ok(count)
}

impl Folder<'_> {
    fn sample(
        &mut self,
        kernel: &Listed,
        size: usize,
        launch: &Launch,
        case: &Case,
    ) -> Result<Sample> {
        let reflection = launch.kernel.reflect(&launch.constants)?;
        let name = [&kernel.name.replace('/', "_"), kernel.variant].join("_");
        let is_capacity = |name: &str| {
            launch
                .kernel
                .capacities
                .iter()
                .any(|(known, _)| *known == name)
        };
        let overrides = launch
            .constants
            .iter()
            .filter(|(name, _)| !is_capacity(name));
        Ok(Sample {
            kernel: kernel.name,
            variant: kernel.variant,
            sample: size.to_string(),
            wgsl: self.file(format!("{name}_{size}.wgsl"), reflection.source.as_bytes())?,
            entry: launch.kernel.entry(),
            constants: overrides.copied().collect(),
            groups: launch.groups,
            bindings: self.bindings(&format!("{name}_{size}"), launch, &reflection)?,
            values: launch.values.clone(),
            expected: self.file(
                format!("{name}_{size}_expected.f64"),
                &bytes(&case.expected),
            )?,
            roundings: kernel.tolerance.roundings,
        })
    }

    fn bindings(
        &mut self,
        of: &str,
        launch: &Launch,
        reflection: &Reflection,
    ) -> Result<Vec<Bound>> {
        let mut bound = Vec::new();
        for argument in &launch.arguments {
            // A name that the shader does not have would not have run here either.
            let mut bindings = reflection.bindings.iter();
            let Some(binding) = bindings.find(|binding| binding.name == argument.name) else {
                continue;
            };
            bound.push(Bound {
                name: binding.name.clone(),
                group: 0,
                binding: binding.slot,
                kind: kind(binding.space),
                file: self.file(format!("{of}_{}.bin", binding.name), argument.bytes())?,
            });
        }
        Ok(bound)
    }

    /// The name of the file with this content: this one, or that of an equal one before it.
    fn file(&mut self, name: String, content: &[u8]) -> Result<String> {
        if let Some(name) = self.names.get(content) {
            return Ok(name.clone());
        }
        write_whole(&self.path.join(&name), |file| file.write_all(content))?;
        self.names.insert(content.to_vec(), name.clone());
        Ok(name)
    }
}

fn kind(space: Space) -> &'static str {
    match space {
        Space::Uniform => "uniform",
        Space::Read => "read-only-storage",
        Space::ReadWrite => "storage",
    }
}

/// Pairs of value and magnitudes.
fn bytes(values: &[Value]) -> Vec<u8> {
    let numbers = values.iter().flatten();
    numbers.flat_map(|number| number.to_le_bytes()).collect()
}

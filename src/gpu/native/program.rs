//! A kernel's native body with its constants set.

use crate::Result;
use crate::gpu::kernel::{Kernel, NativeBody};
use crate::gpu::reflection::Reflection;
use std::collections::BTreeMap;

/// What a dispatch runs.
pub(in crate::gpu) struct Program {
    pub(super) body: NativeBody,
    pub(super) constants: BTreeMap<String, f64>,
}

impl Program {
    /// # Errors
    /// [`crate::Error::Kernel`] where the kernel has no native body.
    pub(in crate::gpu) fn new(
        kernel: &Kernel,
        reflection: &Reflection,
        given: &[(&str, f64)],
    ) -> Result<Self> {
        let missing = "has no native body: choose another device (`trimaran devices` lists them)";
        let body = kernel.native.ok_or_else(|| kernel.error(missing))?;
        let capacities = kernel.capacities.iter();
        let capacities = capacities.map(|(name, value)| ((*name).to_owned(), f64::from(*value)));
        let overrides = reflection.overrides.iter();
        let overrides =
            overrides.filter_map(|name| Some((name.clone(), reflection.default_of(name)?)));
        let given = given
            .iter()
            .map(|(name, value)| ((*name).to_owned(), *value));
        Ok(Program {
            body,
            constants: capacities.chain(overrides).chain(given).collect(),
        })
    }
}

//! A kernel in SPIR-V, as wgpu hands it to a Vulkan driver.

use crate::variants::Variant;
use anyhow::{Result, anyhow};
use ash::vk;
use naga::back::{pipeline_constants, spv};
use std::ffi::CString;

/// A kernel translated to SPIR-V.
pub struct Translation {
    pub entry_point: CString,
    pub words: Vec<u32>,
    /// Slot in group 0 and kind of each binding.
    pub bindings: Vec<(u32, vk::DescriptorType)>,
}

impl Translation {
    /// Translates with the variant's constants in place.
    ///
    /// # Errors
    /// The text is no WGSL, or a constant does not fit it.
    pub fn new(variant: &Variant) -> Result<Self> {
        let kernel = &variant.kernel;
        let text = kernel.source(variant.constants)?;
        let module = naga::front::wgsl::parse_str(&text)
            .map_err(|e| anyhow!("{}: {}", kernel.name, e.emit_to_string(&text)))?;
        let everything = naga::valid::Capabilities::all();
        let info = naga::valid::Validator::new(naga::valid::ValidationFlags::all(), everything)
            .validate(&module)
            .map_err(|e| anyhow!("{}: {}", kernel.name, e.emit_to_string(&text)))?;
        let is_capacity = |name: &str| kernel.capacities.iter().any(|(known, _)| *known == name);
        let overrides = variant
            .constants
            .iter()
            .filter(|(name, _)| !is_capacity(name));
        let overrides = overrides
            .map(|(name, value)| ((*name).to_string(), *value))
            .collect();
        let entry = (naga::ShaderStage::Compute, kernel.entry());
        let (module, info) =
            pipeline_constants::process_overrides(&module, &info, Some(entry), &overrides)?;
        Ok(Self {
            words: spv::write_vec(&module, &info, &options(), None)?,
            bindings: bindings(&module)?,
            entry_point: CString::new(kernel.entry())?,
        })
    }
}

/// As shipped kernels are compiled: array indices checked, buffers left to the driver's own check, loops not bounded.
fn options() -> spv::Options<'static> {
    spv::Options {
        bounds_check_policies: naga::proc::BoundsCheckPolicies {
            index: naga::proc::BoundsCheckPolicy::Restrict,
            ..Default::default()
        },
        force_loop_bounding: false,
        ..Default::default()
    }
}

fn bindings(module: &naga::Module) -> Result<Vec<(u32, vk::DescriptorType)>> {
    let globals = module.global_variables.iter();
    let bound = globals.filter_map(|(_, variable)| Some((variable.binding?, variable.space)));
    bound
        .map(|(place, space)| match (place.group, space) {
            (0, naga::AddressSpace::Uniform) => {
                Ok((place.binding, vk::DescriptorType::UNIFORM_BUFFER))
            }
            (0, naga::AddressSpace::Storage { .. }) => {
                Ok((place.binding, vk::DescriptorType::STORAGE_BUFFER))
            }
            _ => Err(anyhow!("binding {place:?} is no buffer of group 0")),
        })
        .collect()
}

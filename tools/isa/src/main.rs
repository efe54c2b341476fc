//! Prints what AMD's compiler in Mesa makes of a WGSL kernel, on a machine that needs no GPU: registers, spills, occupancy.
//!
//! Use: `isa FILE.wgsl... [NAME=VALUE...]`, the files in the order in which the kernel concatenates them. NAME=VALUE sets
//! an `override`, or writes `const NAME: u32 = VALUE;` in front where the text has no such override. RADV_FORCE_FAMILY
//! names the GPU (NAVI21 where unset; also NAVI10, VEGA10, ...). Needs mesa-vulkan-drivers and libvulkan1.

mod compiler;

use ash::vk;
use std::error::Error;
use std::ffi::CString;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Where Debian puts the description of AMD's driver; VK_ICD_FILENAMES names another place.
const DRIVER: &str = "/usr/share/vulkan/icd.d/radeon_icd.x86_64.json";

fn main() -> Result<()> {
    let (settings, files): (Vec<String>, Vec<String>) = std::env::args()
        .skip(1)
        .partition(|word| word.contains('='));
    if files.is_empty() {
        return Err("use: isa FILE.wgsl... [NAME=VALUE...]".into());
    }
    for (name, value) in [
        ("RADV_FORCE_FAMILY", "NAVI21"),
        ("VK_ICD_FILENAMES", DRIVER),
    ] {
        if std::env::var_os(name).is_none() {
            // SAFETY: no other thread runs yet.
            unsafe { std::env::set_var(name, value) };
        }
    }
    let kernel = Kernel::read(&files, &settings)?;
    // SAFETY: every Vulkan object is used within this call, with the layouts of the kernel's own bindings.
    unsafe { compiler::print_statistics(&kernel) }
}

/// A kernel translated to SPIR-V.
struct Kernel {
    entry_point: CString,
    words: Vec<u32>,
    /// Slot in group 0 and kind of each binding.
    bindings: Vec<(u32, vk::DescriptorType)>,
}

impl Kernel {
    fn read(files: &[String], settings: &[String]) -> Result<Kernel> {
        let (text, constants) = assemble(files, settings)?;
        let module = naga::front::wgsl::parse_str(&text).map_err(|e| e.emit_to_string(&text))?;
        let mut validator = naga::valid::Validator::new(
            naga::valid::ValidationFlags::all(),
            naga::valid::Capabilities::all(),
        );
        let info = validator
            .validate(&module)
            .map_err(|e| e.emit_to_string(&text))?;
        let name = module
            .entry_points
            .first()
            .ok_or("no entry point")?
            .name
            .clone();
        let entry_point = Some((naga::ShaderStage::Compute, name.as_str()));
        let (module, info) = naga::back::pipeline_constants::process_overrides(
            &module,
            &info,
            entry_point,
            &constants,
        )?;
        Ok(Kernel {
            words: naga::back::spv::write_vec(&module, &info, &options(), None)?,
            bindings: bindings(&module)?,
            entry_point: CString::new(name)?,
        })
    }
}

/// The whole text, and the values of its overrides.
fn assemble(
    files: &[String],
    settings: &[String],
) -> Result<(String, naga::back::PipelineConstants)> {
    let mut body = String::new();
    for file in files {
        body += &std::fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
    }
    // Extensions must stand before everything else, whichever file asks for them.
    let (extensions, body): (Vec<&str>, Vec<&str>) =
        body.lines().partition(|line| line.starts_with("enable "));
    let (mut head, body) = (extensions.join("\n") + "\n", body.join("\n"));
    let mut constants = naga::back::PipelineConstants::default();
    for setting in settings {
        let (name, value) = setting.split_once('=').ok_or("NAME=VALUE")?;
        if body.contains(&format!("override {name}")) {
            constants.insert(name.to_string(), value.parse()?);
        } else {
            head += &format!("const {name}: u32 = {value};\n");
        }
    }
    Ok((head + &body, constants))
}

/// As shipped kernels are compiled: array indices checked, buffers left to the driver's own check, loops not bounded.
fn options() -> naga::back::spv::Options<'static> {
    naga::back::spv::Options {
        bounds_check_policies: naga::proc::BoundsCheckPolicies {
            index: naga::proc::BoundsCheckPolicy::Restrict,
            ..Default::default()
        },
        force_loop_bounding: false,
        ..Default::default()
    }
}

fn bindings(module: &naga::Module) -> Result<Vec<(u32, vk::DescriptorType)>> {
    let bound = module
        .global_variables
        .iter()
        .filter_map(|(_, v)| Some((v.binding?, v.space)));
    bound
        .map(|(place, space)| match (place.group, space) {
            (0, naga::AddressSpace::Uniform) => {
                Ok((place.binding, vk::DescriptorType::UNIFORM_BUFFER))
            }
            (0, naga::AddressSpace::Storage { .. }) => {
                Ok((place.binding, vk::DescriptorType::STORAGE_BUFFER))
            }
            _ => Err(format!("binding {place:?} is no buffer of group 0").into()),
        })
        .collect()
}

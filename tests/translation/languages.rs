//! A kernel in each shading language, as wgpu has it written.

use naga::back::pipeline_constants::process_overrides;
use naga::back::{PipelineConstants, glsl, hlsl, msl, spv};
use naga::proc::{BoundsCheckPolicies, BoundsCheckPolicy};
use naga::{Module, ShaderStage, valid};
use std::io::Write;
use std::process::{Command, Stdio};
use trimaran::gpu::Kernel;

/// Values of constants by their names.
pub type Constants = Vec<(&'static str, f64)>;
/// Writes a kernel, with all runtime checks or as shipped.
pub type Language = fn(&Translated, bool) -> Result<(), String>;

pub const LANGUAGES: [(&str, Language); 4] = [
    ("SPIR-V", |shader, checked| spirv(shader, checked).map(drop)),
    ("MSL", msl),
    ("HLSL", hlsl),
    ("GLSL ES", glsl_es),
];

/// A kernel with its constants in place.
pub struct Translated {
    kernel: Kernel,
    pub constants: Constants,
    module: Module,
    info: valid::ModuleInfo,
}

/// The kernel with these constants.
pub fn translated(kernel: Kernel, constants: Constants) -> Translated {
    let source = kernel.source(&constants).unwrap();
    let module = naga::front::wgsl::parse_str(&source).unwrap();
    let info = valid::Validator::new(valid::ValidationFlags::all(), valid::Capabilities::all())
        .validate(&module)
        .unwrap();
    let is_capacity = |name: &str| kernel.capacities.iter().any(|(known, _)| *known == name);
    let overrides = constants.iter().filter(|(name, _)| !is_capacity(name));
    let overrides: PipelineConstants = overrides
        .map(|(name, value)| ((*name).to_owned(), *value))
        .collect();
    let (module, info) = process_overrides(&module, &info, None, &overrides).unwrap();
    let (module, info) = (module.into_owned(), info.into_owned());
    Translated {
        kernel,
        constants,
        module,
        info,
    }
}

/// What is asked of indices: storage buffers are left to drivers that promise to check them themselves.
fn policies(checked: bool) -> BoundsCheckPolicies {
    let buffer = match checked {
        true => BoundsCheckPolicy::Restrict,
        false => BoundsCheckPolicy::Unchecked,
    };
    BoundsCheckPolicies {
        index: BoundsCheckPolicy::Restrict,
        buffer,
        ..BoundsCheckPolicies::default()
    }
}

/// Of Vulkan 1.1. Kernels that `enable` nothing must do with what every device has.
fn spirv(shader: &Translated, checked: bool) -> Result<Vec<u32>, String> {
    let source = shader.kernel.sources.concat();
    let base = || [spv::Capability::Shader, spv::Capability::Matrix].into_iter();
    let options = spv::Options {
        lang_version: (1, 3),
        capabilities: (!source.contains("enable ")).then(|| base().collect()),
        bounds_check_policies: policies(checked),
        force_loop_bounding: checked,
        ..spv::Options::default()
    };
    spv::write_vec(&shader.module, &shader.info, &options, None).map_err(|e| e.to_string())
}

fn msl(shader: &Translated, checked: bool) -> Result<(), String> {
    let options = msl::Options {
        fake_missing_bindings: true,
        bounds_check_policies: policies(checked),
        force_loop_bounding: checked,
        ..msl::Options::default()
    };
    let written = msl::write_string(&shader.module, &shader.info, &options, &Default::default());
    written.map(drop).map_err(|e| e.to_string())
}

fn hlsl(shader: &Translated, checked: bool) -> Result<(), String> {
    let options = hlsl::Options {
        fake_missing_bindings: true,
        restrict_indexing: true,
        force_loop_bounding: checked,
        ..hlsl::Options::default()
    };
    let mut text = String::new();
    hlsl::Writer::new(&mut text, &options, &Default::default())
        .write(&shader.module, &shader.info, None)
        .map(drop)
        .map_err(|e| e.to_string())
}

/// Version 3.10, the first with compute shaders.
fn glsl_es(shader: &Translated, checked: bool) -> Result<(), String> {
    let options = glsl::Options {
        version: glsl::Version::new_gles(310),
        ..glsl::Options::default()
    };
    let entry = glsl::PipelineOptions {
        shader_stage: ShaderStage::Compute,
        entry_point: shader.kernel.entry().into(),
        multiview: None,
    };
    let (mut text, policies) = (String::new(), policies(checked));
    let (module, info) = (&shader.module, &shader.info);
    glsl::Writer::new(&mut text, module, info, &options, &entry, policies)
        .and_then(|mut writer| writer.write())
        .map(drop)
        .map_err(|e| e.to_string())
}

/// What the validator says, if it finds fault.
pub fn validate(shader: &Translated, checked: bool) -> Result<(), String> {
    let words = spirv(shader, checked)?;
    let mut validator = Command::new("spirv-val")
        .args(["--target-env", "vulkan1.1", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| e.to_string())?;
    let input = validator.stdin.take().ok_or("no pipe to spirv-val")?;
    let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    // It may end before it has read all: what it says counts.
    let _ = { input }.write_all(&bytes);
    let ended = validator.wait_with_output().map_err(|e| e.to_string())?;
    match ended.status.success() {
        true => Ok(()),
        false => Err([ended.stdout, ended.stderr]
            .map(|text| String::from_utf8_lossy(&text).into_owned())
            .concat()),
    }
}

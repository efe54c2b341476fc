//! Every kernel in every shading language that a driver may ask for, with all sizes and constants that it is used with,
//! as shipped and with all runtime checks. Needs no device; SPIR-V's own validator where it is installed.

#[path = "translation/languages.rs"]
mod languages;

use languages::{Constants, LANGUAGES, Language, Translated, translated, validate};
use libtest_mimic::{Arguments, Failed, Trial};
use std::process::Command;
use std::sync::Arc;
use trimaran::kernels::list;
use trimaran::twin::Listed;

/// Values that capacities have in use: private arrays for ligands of several sizes, probes of one dispatch.
const CAPACITIES: [(&str, &[u32]); 3] = [
    ("ATOMS", &[32, 64, 128]),
    ("FRAGMENTS", &[8, 16, 32]),
    ("SLOTS", &[1, 2, 3, 4, 5, 6]),
];
/// Samples up to this size are looked at for their constants.
const SMALL: usize = 65;

/// All combinations of capacities that the kernel has, and the constants of its samples.
fn variants(kernel: &Listed) -> Vec<Constants> {
    let mut all: Vec<Constants> = vec![Vec::new()];
    for (name, default) in kernel.kernel.capacities {
        let known = CAPACITIES.iter().find(|(known, _)| known == name);
        let values = known.map_or(std::slice::from_ref(default), |(_, values)| *values);
        let with = |constants: &Constants, value: u32| {
            [&constants[..], &[(*name, f64::from(value))]].concat()
        };
        all = all
            .iter()
            .flat_map(|constants| values.iter().map(move |value| with(constants, *value)))
            .collect();
    }
    for size in kernel.sizes.iter().filter(|size| **size <= SMALL) {
        let launch = kernel.case(*size, 1).launch;
        let of_sample = launch.map(|launch| launch.constants);
        let new = |constants: &Constants| !all.contains(constants);
        all.extend(of_sample.filter(new));
    }
    all
}

/// One language for all variants of a kernel, in both modes.
fn trial(name: &str, language: &str, shaders: &Arc<Vec<Translated>>, check: Language) -> Trial {
    let shaders = shaders.clone();
    Trial::test(format!("{name}::{language}"), move || {
        for shader in shaders.iter() {
            for checked in [false, true] {
                check(shader, checked).map_err(|what| {
                    let mode = if checked { "checked" } else { "shipped" };
                    Failed::from(format!("{mode}, {:?}: {what}", shader.constants))
                })?;
            }
        }
        Ok(())
    })
}

fn main() {
    let arguments = Arguments::from_args();
    let validator = Command::new("spirv-val").arg("--version").output();
    let mut trials = Vec::new();
    for kernel in list() {
        let name = format!("{}::{}", kernel.name, kernel.variant);
        let shaders = variants(&kernel).into_iter();
        let shaders = shaders.map(|constants| translated(kernel.kernel, constants));
        let shaders = Arc::new(shaders.collect());
        for (language, check) in LANGUAGES {
            trials.push(trial(&name, language, &shaders, check));
        }
        trials.push(match &validator {
            Ok(_) => trial(&name, "spirv-val", &shaders, validate),
            Err(_) => Trial::test(
                format!("{name}::spirv-val (not found: package spirv-tools)"),
                || Ok(()),
            )
            .with_ignored_flag(true),
        });
    }
    libtest_mimic::run(&arguments, trials).exit();
}

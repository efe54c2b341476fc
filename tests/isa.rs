//! What AMD's compiler makes of every kernel against `tools/isa/baseline.json`: no new spill or scratch memory, and no
//! more than a tenth of inverse throughput lost. Needs no GPU, but Mesa's driver in the version of the baseline.

use libtest_mimic::{Arguments, Failed, Trial};
use std::path::PathBuf;
use std::process::{Command, Output};

const FAMILIES: [&str; 3] = ["NAVI21", "NAVI10", "VEGA20"];

/// The tool, which `cargo test` builds with the other examples.
fn tool() -> Option<PathBuf> {
    let test = std::env::current_exe().ok()?;
    let name = format!("isa{}", std::env::consts::EXE_SUFFIX);
    let tool = test.parent()?.parent()?.join("examples").join(name);
    tool.exists().then_some(tool)
}

fn isa(tool: &PathBuf, arguments: &[&str]) -> std::io::Result<Output> {
    Command::new(tool).args(arguments).output()
}

/// The tool where its figures can be compared with the baseline, else why not.
fn usable() -> Result<PathBuf, String> {
    let Some(tool) = tool() else {
        return Err("cargo build --example isa".into());
    };
    let driver = isa(&tool, &["--driver"]).map_err(|e| e.to_string())?;
    if !driver.status.success() {
        return Err("no AMD driver (package mesa-vulkan-drivers)".into());
    }
    let baseline = include_str!("../tools/isa/baseline.json");
    let baseline: serde_json::Value = serde_json::from_str(baseline).map_err(|e| e.to_string())?;
    let accepted = baseline["driver"].as_str().unwrap_or_default();
    let driver = String::from_utf8_lossy(&driver.stdout).trim().to_string();
    if driver == accepted {
        Ok(tool)
    } else {
        Err(format!("{driver}, and the baseline is of {accepted}"))
    }
}

fn is_no_worse(tool: &PathBuf, family: &str) -> Result<(), Failed> {
    let output = isa(tool, &["--check", "--family", family])?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let failed = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(Failed::from(said + &failed))
}

fn main() {
    let arguments = Arguments::from_args();
    let trials = match usable() {
        Ok(tool) => FAMILIES.map(|family| {
            let tool = tool.clone();
            Trial::test(format!("isa::{family}"), move || is_no_worse(&tool, family))
        }),
        Err(why) => FAMILIES.map(|family| {
            let name = format!("isa::{family}: {why}");
            Trial::test(name, || Ok(())).with_ignored_flag(true)
        }),
    };
    libtest_mimic::run(&arguments, trials.into()).exit();
}

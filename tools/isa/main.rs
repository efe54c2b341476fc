//! What AMD's compiler in Mesa makes of every kernel, on a machine that needs no GPU: registers, spills, occupancy.
//!
//! `cargo run --example isa` prints a table; `-- --check` compares with `baseline.json` and exits with 1 where a kernel
//! has become worse; `-- --record` writes the baseline anew, its reasons kept. Needs mesa-vulkan-drivers and libvulkan1.

mod baseline;
mod compiler;
mod figures;
mod translation;
mod variants;

use anyhow::{Context, Result, ensure};
use baseline::Baseline;
use clap::Parser;
use compiler::Compiler;
use figures::Row;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use translation::Translation;

/// Where Debian puts the description of AMD's driver; VK_ICD_FILENAMES names another place.
const DRIVER: &str = "/usr/share/vulkan/icd.d/radeon_icd.x86_64.json";

/// Tells what AMD's compiler makes of the kernels.
#[derive(Parser)]
struct Args {
    /// Families of GPUs, as Mesa names them
    #[arg(long, value_delimiter = ',', default_value = "NAVI21,NAVI10,VEGA20")]
    family: Vec<String>,
    /// Only kernels whose name holds this
    #[arg(long, default_value = "")]
    kernel: String,
    /// One JSON document instead of a table
    #[arg(long)]
    json: bool,
    /// Compare with the baseline
    #[arg(long)]
    check: bool,
    /// Write the baseline anew
    #[arg(long)]
    record: bool,
    /// Print the driver and compile nothing
    #[arg(long)]
    driver: bool,
    /// In a process of its own: the driver reads the family once
    #[arg(long, hide = true)]
    child: bool,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("isa: {error:#}");
            ExitCode::from(3)
        }
    }
}

fn run(args: &Args) -> Result<bool> {
    if args.child {
        let rows = compile(&args.family[0], &args.kernel, args.driver)?;
        println!("{}", serde_json::to_string(&rows)?);
        return Ok(true);
    }
    let mut driver = String::new();
    let mut rows = Vec::new();
    for family in &args.family {
        let (name, more): (String, Vec<Row>) = in_child(args, family)?;
        driver = name;
        rows.extend(more);
    }
    rows.sort_by_cached_key(|row| [&row.kernel, &row.variant, &row.constants].map(String::clone));
    if args.driver {
        println!("{driver}");
        return Ok(true);
    }
    report(args, driver, rows)
}

fn report(args: &Args, driver: String, rows: Vec<Row>) -> Result<bool> {
    let path = baseline_file();
    let accepted = Baseline::read(&path)?;
    if args.record {
        let baseline = Baseline {
            driver,
            rows,
            ..accepted
        };
        std::fs::write(&path, serde_json::to_string_pretty(&baseline)? + "\n")?;
        return Ok(true);
    }
    if !args.check {
        match args.json {
            true => println!("{}", serde_json::to_string_pretty(&rows)?),
            false => figures::print(&rows),
        }
        return Ok(true);
    }
    let complaints = accepted.complaints(&rows);
    complaints
        .iter()
        .for_each(|complaint| println!("{complaint}"));
    if driver != accepted.driver {
        eprintln!(
            "isa: the baseline is of {}, this is {driver}",
            accepted.driver
        );
    }
    Ok(complaints.is_empty())
}

fn baseline_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tools/isa/baseline.json")
}

/// The driver, and a row for each variant.
fn compile(family: &str, kernel: &str, driver_alone: bool) -> Result<(String, Vec<Row>)> {
    let compiler = Compiler::open()?;
    let mut rows = Vec::new();
    let variants = variants::variants().into_iter();
    let named = variants.filter(|v| !driver_alone && v.kernel.name.contains(kernel));
    for variant in named {
        let figures = compiler.figures(&Translation::new(&variant)?);
        rows.push(Row {
            kernel: variant.kernel.name.into(),
            variant: variant.name.into(),
            constants: variant.label(),
            family: family.into(),
            figures: figures.with_context(|| variant.kernel.name)?,
        });
    }
    Ok((compiler.driver, rows))
}

fn in_child(args: &Args, family: &str) -> Result<(String, Vec<Row>)> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["--child", "--family", family, "--kernel", &args.kernel]);
    command.args(args.driver.then_some("--driver"));
    command.env("RADV_FORCE_FAMILY", family);
    if std::env::var_os("VK_ICD_FILENAMES").is_none() {
        command.env("VK_ICD_FILENAMES", DRIVER);
    }
    let output = command.stderr(std::process::Stdio::inherit()).output()?;
    ensure!(
        output.status.success(),
        "no figures of {family}: {}",
        output.status
    );
    Ok(serde_json::from_slice(&output.stdout)?)
}

//! Changes one operator, constant, comparison or index of a shader at a time and demands that a kernel then disagrees
//! with its twin: what survives shows where the samples are too easy.
//!
//! `cargo run --example mutate -- --file lib/philox.wgsl`. Exit codes: 0 all survivors are explained in
//! `equivalent.json`, 1 some are not, 2 usage, 3 device.

mod equivalents;
mod jury;
mod mutants;
mod report;
mod tokens;
mod worker;

use anyhow::{Result, bail};
use clap::Parser;
use equivalents::Equivalents;
use jury::{Files, Jury, Verdict};
use report::{Journal, Judged, Report};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use worker::Worker;

/// Tests the tests: which changes of a shader does no comparison notice?
#[derive(Parser)]
struct Args {
    /// Only this file under shaders, such as lib/philox.wgsl; may be given several times
    #[arg(long)]
    file: Vec<String>,
    /// Only every Nth mutant
    #[arg(long, default_value_t = 1)]
    sample: usize,
    /// Take over what the journal says was killed; try the rest
    #[arg(long)]
    resume: bool,
    /// Verdicts, one a line, as they come
    #[arg(long, default_value = "target/mutants.jsonl")]
    journal: PathBuf,
    /// Seconds that a mutant may take
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Adapter, by number or name
    #[arg(long, default_value = "llvmpipe")]
    device: String,
    /// One JSON document instead of the readable report
    #[arg(long)]
    json: bool,
    /// Name the mutants and judge none
    #[arg(long)]
    list: bool,
    #[arg(long, hide = true)]
    child: bool,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("mutate: {error:#}");
            let code = error.downcast_ref::<trimaran::Error>();
            ExitCode::from(code.map_or(2, trimaran::Error::exit_code))
        }
    }
}

fn run(args: &Args) -> Result<bool> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = Jury::files(&root.join("shaders"));
    if args.child {
        worker::serve(&args.device, &files)?;
        return Ok(true);
    }
    let chosen = chosen(args, &files)?;
    if args.list {
        for mutant in &chosen {
            let [before, after] = mutant.lines(files[&mutant.file]);
            println!("{}: {before}  ->  {after}", mutant.file);
        }
        return Ok(true);
    }
    let judged = judge(args, &files, chosen)?;
    let known = Equivalents::read(root)?;
    let report = Report::new(&judged, &files, &known);
    match args.json {
        true => println!("{}", serde_json::to_string_pretty(&report)?),
        false => report.print(),
    }
    Ok(report.is_clean())
}

/// The mutants that are asked for.
fn chosen(args: &Args, files: &Files) -> Result<Vec<mutants::Mutant>> {
    if let Some(unknown) = args.file.iter().find(|file| !files.contains_key(*file)) {
        let known: Vec<_> = files.keys().map(String::as_str).collect();
        bail!(
            "{unknown} is no text of a kernel; there are {}",
            known.join(", ")
        );
    }
    let wanted = |file: &str| args.file.is_empty() || args.file.iter().any(|f| f == file);
    let files = files.iter().filter(|(file, _)| wanted(file));
    let all = files.flat_map(|(file, text)| mutants::mutants(file, text));
    Ok(all.step_by(args.sample.max(1)).collect())
}

fn judge(args: &Args, files: &Files, chosen: Vec<mutants::Mutant>) -> Result<Vec<Judged>> {
    let mut journal = Journal::open(&args.journal, args.resume)?;
    let mut worker = Worker::new(&args.device, Duration::from_secs(args.seconds));
    let (count, start) = (chosen.len(), Instant::now());
    let mut judged = Vec::with_capacity(count);
    for (number, mutant) in chosen.into_iter().enumerate() {
        let lines = mutant.lines(files[&mutant.file]);
        let known = journal.killed(&mutant, &lines);
        let is_new = known.is_none();
        let verdict = known.map_or_else(|| worker.judge(&mutant), Ok)?;
        if let Verdict::Broken(why) = verdict {
            bail!("kernel and twin disagree before any change: {why}");
        }
        let one = Judged {
            mutant,
            lines,
            verdict,
        };
        if is_new {
            journal.add(&one)?;
        }
        if one.verdict == Verdict::Survived {
            eprintln!(
                "survives: {}: {}  ->  {}",
                one.mutant.file, one.lines[0], one.lines[1]
            );
        }
        if number % 100 == 99 {
            eprintln!(
                "{} of {count} after {:.0} s",
                number + 1,
                start.elapsed().as_secs_f64()
            );
        }
        judged.push(one);
    }
    Ok(judged)
}

//! What tests of the program share: running it on the processor, its inputs, archives made in memory.

#![allow(dead_code, reason = "every test takes what it needs")]

use libtest_mimic::Trial;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use trimaran::gpu::{AdapterKind, adapters};

pub const RECEPTOR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/1hpv_protein.pdbqt");
pub const BOUND_LIGAND: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/data/1hpv_amprenavir.pdbqt"
);
pub const LIBRARY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/drugs.tar.gz");

/// The device that the program runs on where a test names no other: every machine has it.
pub const DEVICE: &str = "cpu";

/// Number of a software adapter of this machine, which runs the shaders.
pub fn software_device() -> Option<String> {
    static NUMBER: OnceLock<Option<String>> = OnceLock::new();
    let find = || {
        let mut adapters = adapters().into_iter();
        let software = adapters.find(|adapter| adapter.kind == AdapterKind::Software)?;
        Some(software.number.to_string())
    };
    NUMBER.get_or_init(find).clone()
}

/// One trial a case.
pub fn trials(cases: &[(&str, fn())]) -> Vec<Trial> {
    let trial = |(name, case): &(&str, fn())| {
        let case = *case;
        Trial::test(*name, move || {
            case();
            Ok(())
        })
    };
    cases.iter().map(trial).collect()
}

/// Cases that cannot run here, reported as ignored with the reason.
pub fn ignored(cases: &[(&str, fn())], reason: &str) -> Vec<Trial> {
    let trial = |(name, _): &(&str, fn())| {
        Trial::test(format!("{name} ({reason})"), || Ok(())).with_ignored_flag(true)
    };
    cases.iter().map(trial).collect()
}

/// Trials that need a software adapter.
pub fn on_software(cases: &[(&str, fn())]) -> Vec<Trial> {
    match software_device() {
        Some(_) => trials(cases),
        None => ignored(cases, "no software adapter: package mesa-vulkan-drivers"),
    }
}

/// The program in `folder` on the processor, its standard output and errors kept.
pub fn trimaran(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trimaran"));
    command.current_dir(folder).args(arguments);
    command.env("TRIMARAN_DEVICE", DEVICE);
    command.stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What the program said on standard error.
pub fn message(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Rows of a `results.csv` as text cells.
pub fn rows(output: &Path) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_path(output.join("results.csv")).unwrap();
    reader.records().map(|row| row.unwrap()).collect()
}

/// Uncompressed bytes of a tar with these members.
pub fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn save(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, bytes).unwrap();
    path
}

/// Names and texts of the ligands of tests/data/drugs.tar.gz.
pub fn drugs() -> Vec<(String, Vec<u8>)> {
    let file = std::fs::File::open(LIBRARY).unwrap();
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(file));
    let mut drugs = Vec::new();
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        let name = entry
            .path()
            .unwrap()
            .file_stem()
            .unwrap()
            .to_string_lossy()
            .into_owned();
        let mut text = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut text).unwrap();
        if !text.is_empty() {
            drugs.push((name, text));
        }
    }
    drugs
}

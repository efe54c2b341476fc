//! Vina, AutoDock4 and Meeko read prepared ligands, and make of them what they make of Meeko's own; ignored where a
//! program is absent.

use super::drugs::{RECORDS, prepared};
use super::program::{RECEPTOR, drugs, save, trimaran};
use libtest_mimic::{Failed, Trial};
use std::collections::HashMap;
use std::ffi::OsString;
use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// One drug of so many goes through the programs that take a process for each.
const EVERY: usize = 8;
/// Coordinates and charges of either file are rounded: a score may differ by this, kcal/mol.
const SCORE_ROUNDING: f64 = 0.02;
const TYPES: &str = "A Br C Cl F HD I N NA OA P S SA";
const READER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/read_pdbqt.py");

/// One trial a program.
pub fn trials() -> Vec<Trial> {
    let python = std::env::var_os("TRIMARAN_PYTHON").filter(|python| !python.is_empty());
    let no_python = "no TRIMARAN_PYTHON with Meeko and RDKit";
    let meeko = python.as_ref().map_or(Err(no_python), |_| Ok(()));
    let python = python.unwrap_or_default();
    vec![
        trial("vina", is_there("vina", "package autodock-vina"), vina),
        trial(
            "autodock4",
            is_there("autodock4", "package autodock"),
            autodock,
        ),
        trial("meeko", meeko, move || come_back(&python)),
    ]
}

fn is_there(program: &str, reason: &'static str) -> Result<(), &'static str> {
    let started = Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .output();
    started.map(drop).map_err(|_| reason)
}

fn trial(
    program: &str,
    there: Result<(), &str>,
    run: impl FnOnce() -> Result<(), Failed> + Send + 'static,
) -> Trial {
    let reason = there
        .err()
        .map_or(String::new(), |reason| format!(" ({reason})"));
    Trial::test(format!("{program}_reads_them{reason}"), run).with_ignored_flag(there.is_err())
}

/// Names of drugs, one of [`EVERY`], and their texts: ours, and Meeko's. Neither Vina nor AutoDock4 knows boron.
fn pairs(folder: &Path) -> Vec<(String, String, String)> {
    let ours = prepared(folder, &[RECORDS]);
    let known = |text: &String| !text.lines().any(|line| line.ends_with(" B "));
    let pair = |(name, meeko): (String, Vec<u8>)| {
        let ours = ours[&name].clone();
        (name, ours, String::from_utf8(meeko).unwrap())
    };
    let pairs = drugs().into_iter().map(pair);
    pairs.filter(|pair| known(&pair.1)).step_by(EVERY).collect()
}

/// The standard output of a program that ended well.
fn output(command: &mut Command) -> Result<String, Failed> {
    let Output {
        status,
        stdout,
        stderr,
    } = command.stdin(Stdio::null()).output()?;
    let text = String::from_utf8_lossy(&stdout).into_owned();
    match status.success() {
        true => Ok(text),
        false => Err(format!("{text}\n{}", String::from_utf8_lossy(&stderr)).into()),
    }
}

/// The number behind the first `mark`.
fn number(text: &str, mark: &str) -> Result<f64, Failed> {
    let found = text.lines().find_map(|line| {
        let (_, rest) = line.split_once(mark)?;
        let word = rest
            .trim_start_matches([' ', ':', '=', '\t'])
            .split_whitespace()
            .next()?;
        word.parse().ok()
    });
    found.ok_or_else(|| format!("no `{mark}` in\n{text}").into())
}

fn vina() -> Result<(), Failed> {
    let t = tempfile::tempdir()?;
    let score = |text: &str| {
        save(t.path(), "ligand.pdbqt", text);
        let mut vina = Command::new("vina");
        vina.current_dir(t.path())
            .args(["--receptor", RECEPTOR, "--ligand", "ligand.pdbqt"]);
        vina.args(["--score_only", "--autobox", "--cpu", "1"]);
        number(&output(&mut vina)?, "Estimated Free Energy of Binding")
    };
    for (name, ours, meeko) in pairs(t.path()) {
        let (ours, meeko) = (score(&ours)?, score(&meeko)?);
        if (ours - meeko).abs() > SCORE_ROUNDING {
            return Err(format!("{name}: {ours} where {meeko} is Meeko's").into());
        }
    }
    // Its parser knows broken rings too.
    let broken = tempfile::tempdir()?;
    let broken = prepared(broken.path(), &[RECORDS, "--macrocycles"]);
    let broken: Vec<&String> = broken
        .values()
        .filter(|text| text.contains("CG0"))
        .collect();
    assert_eq!(broken.len(), 2);
    for text in broken {
        score(text)?;
    }
    Ok(())
}

fn autodock() -> Result<(), Failed> {
    let t = tempfile::tempdir()?;
    let arguments = [
        "maps",
        RECEPTOR,
        "--center",
        "0,0,0",
        "--size",
        "48,48,48",
        "--spacing",
        "1",
    ];
    let types = TYPES.replace(' ', ",");
    let rest = ["--types", &types, "-o", "site"];
    output(&mut trimaran(t.path(), &[&arguments[..], &rest].concat()))?;
    save(t.path(), "site.dpf", docking_parameters());
    let read = |text: &str| -> Result<[f64; 3], Failed> {
        save(t.path(), "ligand.pdbqt", text);
        let mut autodock = Command::new("autodock4");
        output(
            autodock
                .current_dir(t.path())
                .args(["-p", "site.dpf", "-l", "site.dlg"]),
        )?;
        let log = std::fs::read_to_string(t.path().join("site.dlg"))?;
        Ok([
            number(&log, "Number of atoms in ligand:")?,
            number(&log, "Number of Rotatable Bonds in Small Molecule")?,
            number(&log, "(2) Final Total Internal Energy")?,
        ])
    };
    for (name, ours, meeko) in pairs(t.path()) {
        let (ours, meeko) = (read(&ours)?, read(&meeko)?);
        if ours[..2] != meeko[..2] || (ours[2] - meeko[2]).abs() > SCORE_ROUNDING {
            return Err(format!("{name}: {ours:?} where {meeko:?} is of Meeko's file").into());
        }
    }
    Ok(())
}

/// A parameter file that scores `ligand.pdbqt` as it stands.
fn docking_parameters() -> String {
    let mut text = format!(
        "autodock_parameter_version 4.2\noutlev 1\nintelec\nseed 11 12\nligand_types {TYPES}\nfld site.maps.fld\n"
    );
    for kind in TYPES.split(' ') {
        writeln!(text, "map site.{kind}.map").unwrap();
    }
    text + "elecmap site.e.map\ndesolvmap site.d.map\nmove ligand.pdbqt\nabout 0 0 0\nunbound_model bound\nepdb\n"
}

/// Bonds, hydrogens, handedness and places of all drugs come back, their rings whole or broken.
fn come_back(python: &OsString) -> Result<(), Failed> {
    for options in [&[RECORDS][..], &[RECORDS, "--macrocycles"]] {
        let t = tempfile::tempdir()?;
        let texts: HashMap<String, String> = prepared(t.path(), options);
        for (name, text) in &texts {
            save(t.path(), &format!("read/{name}.pdbqt"), text);
        }
        let mut reader = Command::new(python);
        let read = output(reader.arg(READER).arg(t.path().join("read")).arg(RECORDS))?;
        let found: serde_json::Value = serde_json::from_str(&read)?;
        assert_eq!(
            found,
            serde_json::json!({"read": texts.len(), "differing": {}})
        );
    }
    Ok(())
}

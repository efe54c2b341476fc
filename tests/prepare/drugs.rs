//! Eighty drugs as SDF, V2000 and V3000 by turns, beside what Meeko made of the same conformers.

use super::fixture::{manifest, members, prepare};
use super::program::drugs;
use std::collections::HashMap;
use std::path::Path;

pub const RECORDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/drugs.sdf.gz");

/// Half a digit of the file's coordinates more than the last of PDBQT's, and one digit of its charges.
const OFF: f64 = 0.00151;

/// Coordinates and charge of an atom's record, and all of it around them.
fn split(line: &str) -> ([f64; 4], String) {
    let number = |from: usize, to: usize| line[from..to].trim().parse().unwrap();
    let numbers = [
        number(30, 38),
        number(38, 46),
        number(46, 54),
        number(66, 76),
    ];
    (numbers, format!("{}{}", &line[..30], &line[76..]))
}

/// Compares the records of the torsion tree: same order, serial numbers, types; places and charges within rounding.
fn compare(name: &str, got: &str, want: &str) {
    let records = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| !line.starts_with("REMARK"));
        lines.map(|line| line.trim_end().to_string()).collect()
    };
    let (got, want) = (records(got), records(want));
    assert_eq!(got.len(), want.len(), "{name}");
    for (got, want) in got.iter().zip(&want) {
        if !want.starts_with("ATOM") {
            assert_eq!(got, want, "{name}");
            continue;
        }
        let ((got_numbers, got_rest), (numbers, rest)) = (split(got), split(want));
        assert_eq!(got_rest, rest, "{name}");
        let near = got_numbers
            .iter()
            .zip(numbers)
            .all(|(a, b)| (a - b).abs() < OFF);
        assert!(near, "{name}:\n{got}\n{want}");
    }
}

/// Text of each prepared drug by its name.
pub fn prepared(folder: &Path, arguments: &[&str]) -> HashMap<String, String> {
    prepare(folder, &[arguments, &["-o", "out"]].concat(), 0);
    let output = folder.join("out");
    let rows = manifest(&output);
    let (archive, _) = rows[0]["output"].split_once(':').unwrap();
    let texts: HashMap<String, String> = members(&output.join(archive)).into_iter().collect();
    let text = |row: &super::fixture::Row| {
        let (_, path) = row["output"].split_once(':').unwrap();
        (row["name"].clone(), texts[path].clone())
    };
    rows.iter().map(text).collect()
}

pub fn as_by_meeko() {
    let t = tempfile::tempdir().unwrap();
    let texts = prepared(t.path(), &[RECORDS]);
    assert_eq!(texts.len(), 81);
    for (name, want) in drugs() {
        compare(&name, &texts[&name], std::str::from_utf8(&want).unwrap());
    }
}

/// Options that free or freeze bonds do so.
pub fn options_change_torsions() {
    let torsions = |options: &[&str]| -> usize {
        let t = tempfile::tempdir().unwrap();
        prepared(t.path(), &[&[RECORDS], options].concat());
        let rows = manifest(&t.path().join("out"));
        rows.iter()
            .map(|row| row["torsions"].parse::<usize>().unwrap())
            .sum()
    };
    let plain = torsions(&[]);
    assert!(torsions(&["--flexible-amides"]) > plain);
    let frozen = torsions(&["--rigid", "[CX4][CX4]"]);
    assert!(frozen < plain);
    assert!(torsions(&["--rigid", "[CX4][CX4]", "--rigid", "[#6][OX2H] 2 1"]) < frozen);
}

/// Takes all hydrogens out of the records of V2000; what is prepared must have the same types and torsions.
pub fn hydrogens_come_back() {
    let t = tempfile::tempdir().unwrap();
    let mut text = String::new();
    let file = std::fs::File::open(RECORDS).unwrap();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(file), &mut text).unwrap();
    let bare = text
        .split_inclusive("$$$$\n")
        .filter(|record| record.contains("V2000"))
        .map(without_hydrogens);
    std::fs::write(t.path().join("bare.sdf"), bare.collect::<String>()).unwrap();
    let texts = prepared(t.path(), &["bare.sdf"]);
    assert_eq!(texts.len(), 41);
    let count = |text: &str, word: &str| text.lines().filter(|line| line.starts_with(word)).count();
    let types = |text: &str| {
        let atoms = text.lines().filter(|line| line.starts_with("ATOM"));
        let mut types: Vec<String> = atoms.map(|line| line[77..].trim().to_string()).collect();
        types.sort();
        types
    };
    for (name, want) in drugs() {
        let want = String::from_utf8(want).unwrap();
        let Some(got) = texts.get(&name) else {
            continue;
        };
        assert_eq!(types(got), types(&want), "{name}");
        assert_eq!(count(got, "BRANCH"), count(&want, "BRANCH"), "{name}");
    }
}

/// The record without its atoms of hydrogen, which RDKit puts behind all others.
fn without_hydrogens(record: &str) -> String {
    let lines: Vec<&str> = record.lines().collect();
    let count = |from: usize| lines[3][from..from + 3].trim().parse::<usize>().unwrap();
    let (atoms, bonds) = lines[4..].split_at(count(0));
    let heavy: Vec<&str> = atoms
        .iter()
        .copied()
        .filter(|line| line[31..34].trim() != "H")
        .collect();
    let end = |line: &str, from: usize| line[from..from + 3].trim().parse::<usize>().unwrap();
    let kept = bonds[..count(3)].iter().copied();
    let kept: Vec<&str> = kept
        .filter(|line| end(line, 0) <= heavy.len() && end(line, 3) <= heavy.len())
        .collect();
    let counts = format!("{:3}{:3}{}", heavy.len(), kept.len(), &lines[3][6..]);
    let charges = bonds[count(3)..].iter().copied();
    let all = lines[..3]
        .iter()
        .copied()
        .chain([counts.as_str()])
        .chain(heavy)
        .chain(kept)
        .chain(charges);
    all.map(|line| format!("{line}\n")).collect()
}

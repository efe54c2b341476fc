//! Odd and broken inputs of the shared data set: each has its rows, and those that other programs can read are read.

use super::fixture::{Row, manifest, members, prepare};
use std::path::{Path, PathBuf};

pub const CASES: [(&str, fn()); 3] = [
    ("every_input_has_a_row", every_input_has_a_row),
    ("as_by_meeko", as_by_meeko),
    ("broken_archives", broken_archives),
];

/// Where they lie.
pub fn folder() -> PathBuf {
    let shared =
        std::env::var_os("TRIMARAN_SHARED").map_or(PathBuf::from("../shared"), PathBuf::from);
    std::path::absolute(shared.join("data/ligands/odd")).unwrap()
}

/// What other programs made of each input.
fn expected() -> Vec<serde_json::Value> {
    let text = std::fs::read_to_string(folder().join("expected.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn prepared(folder: &Path, archive: &str, options: &[&str]) -> Vec<Row> {
    let archive = self::folder().join(archive);
    let arguments = [archive.to_str().unwrap(), "-o", "out"];
    prepare(folder, &[&arguments, options].concat(), 1);
    manifest(&folder.join("out"))
}

fn every_input_has_a_row() {
    let t = tempfile::tempdir().unwrap();
    let rows = prepared(t.path(), "odd.tar.gz", &[]);
    for input in expected() {
        let member = input["member"].as_str().unwrap();
        let mut rows = rows.iter().filter(|row| row["member"] == member).peekable();
        assert!(rows.peek().is_some(), "no row of {member}");
        for row in rows {
            let failed = row["status"] == "failed";
            assert!(failed == row["output"].is_empty(), "{row:?}");
            assert!(!failed || row["reason"].len() > 10, "{row:?}");
        }
    }
}

/// What Meeko prepares and we refuse: it does not ask whether a ligand is flat, or all in one place.
const MEEKO_ALONE: [(&str, &str); 2] = [
    ("odd/meeko_vancomycin.sdf", "a drawing in two dimensions"),
    ("odd/rdkit_O2.sdf", "no coordinates"),
];

/// What we prepare and Meeko does not: RDKit reads neither CR as a line's end nor most dialects of MOL2, and Meeko adds
/// no hydrogens.
const WE_ALONE: [&str; 12] = [
    "odd/cr_only.sdf",
    "odd/ethanol_noH.sdf",
    "odd/kekule_fail.mol2",
    "odd/meeko_nicotine.mol2",
    "odd/ob_culgi_00.mol2",
    "odd/ob_culgi_01.mol2",
    "odd/ob_culgi_02.mol2",
    "odd/ob_culgi_03.mol2",
    "odd/ob_culgi_04.mol2",
    "odd/rdkit_salt_0.sdf",
    "odd/rdkit_salt_2.sdf",
    "odd/rdkit_salt_3.sdf",
];

/// Of all inputs that Meeko prepares, types and torsions are the same with macrocycles broken, as is its default; and
/// who prepares what the other does not is known by name.
fn as_by_meeko() {
    let t = tempfile::tempdir().unwrap();
    let rows = prepared(t.path(), "odd.tar.gz", &["--macrocycles"]);
    let texts = members(&t.path().join("out/odd.tar.gz"));
    let (mut compared, mut meeko_alone, mut we_alone) = (0, Vec::new(), Vec::new());
    for input in expected() {
        let member = input["member"].as_str().unwrap();
        let row = rows.iter().find(|row| row["member"] == member).unwrap();
        match (row["status"] == "ok", input["meeko"]["types"].is_array()) {
            (true, true) => {
                compare(row, &texts, &input["meeko"]);
                compared += 1;
            }
            (true, false) => we_alone.push(member.to_owned()),
            (false, true) => meeko_alone.push((member.to_owned(), row["reason"].clone())),
            (false, false) => {}
        }
    }
    we_alone.sort();
    assert_eq!(we_alone, WE_ALONE);
    assert_eq!(compared, 86);
    assert_eq!(meeko_alone.len(), MEEKO_ALONE.len());
    for (found, (member, words)) in meeko_alone.iter().zip(MEEKO_ALONE) {
        assert!(found.0 == member && found.1.contains(words), "{found:?}");
    }
}

/// Types and torsions of a prepared ligand, whose first record alone other programs were given.
fn compare(row: &Row, texts: &[(String, String)], want: &serde_json::Value) {
    let (_, path) = row["output"].split_once(':').unwrap();
    let (_, text) = texts.iter().find(|(name, _)| name == path).unwrap();
    let atoms = text.lines().filter(|line| line.starts_with("ATOM"));
    let mut got: Vec<&str> = atoms.map(|line| line[77..].trim()).collect();
    let types = want["types"].as_array().unwrap().iter();
    let mut types: Vec<&str> = types.map(|kind| kind.as_str().unwrap()).collect();
    got.sort_unstable();
    types.sort_unstable();
    assert_eq!(got, types, "{path}");
    assert_eq!(row["torsions"], want["torsdof"].to_string(), "{path}");
}

fn broken_archives() {
    for (archive, words) in [
        ("truncated.tar.gz", "truncated"),
        ("corrupt.tar.gz", "archive damaged"),
        ("empty.tar.gz", "the file is empty"),
        ("not_a_tar.tar.gz", "archive damaged"),
    ] {
        let t = tempfile::tempdir().unwrap();
        let rows = prepared(t.path(), archive, &[]);
        let last = &rows[rows.len() - 1]["reason"];
        assert!(last.contains(words), "{archive}: {last}");
    }
    let t = tempfile::tempdir().unwrap();
    let once = prepared(t.path(), "odd.tar.gz", &[]).len();
    let t = tempfile::tempdir().unwrap();
    assert_eq!(
        prepared(t.path(), "two_members_concat.tar.gz", &[]).len(),
        2 * once
    );
}

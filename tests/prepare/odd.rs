//! Odd and broken inputs of the shared data set: each has its rows, and those that other programs can read are read.

use super::fixture::{Row, manifest, members, prepare};
use std::path::{Path, PathBuf};

pub const CASES: [(&str, fn()); 3] = [
    ("every_input_has_a_row", every_input_has_a_row),
    ("types_agree_with_meeko", types_agree_with_meeko),
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

fn prepared(folder: &Path, archive: &str) -> Vec<Row> {
    let archive = self::folder().join(archive);
    prepare(folder, &[archive.to_str().unwrap(), "-o", "out"], 1);
    manifest(&folder.join("out"))
}

fn every_input_has_a_row() {
    let t = tempfile::tempdir().unwrap();
    let rows = prepared(t.path(), "odd.tar.gz");
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

/// What Meeko prepares is prepared, and with the same types, but for its broken rings and for drawings in a plane.
fn types_agree_with_meeko() {
    let t = tempfile::tempdir().unwrap();
    let rows = prepared(t.path(), "odd.tar.gz");
    let texts = members(&t.path().join("out/odd.tar.gz"));
    let mut compared = 0;
    for input in expected() {
        let member = input["member"].as_str().unwrap();
        let Some(types) = input["meeko"]["types"].as_array() else {
            continue;
        };
        let mut want: Vec<&str> = types.iter().map(|kind| kind.as_str().unwrap()).collect();
        let row = rows.iter().find(|row| row["member"] == member).unwrap();
        if want.iter().any(|kind| kind.starts_with('G')) || row["reason"].contains("coordinates") {
            continue;
        }
        assert_eq!(row["status"], "ok", "{row:?}");
        let (_, path) = row["output"].split_once(':').unwrap();
        let (_, text) = texts.iter().find(|(name, _)| name == path).unwrap();
        let atoms = text.lines().filter(|line| line.starts_with("ATOM"));
        let mut got: Vec<&str> = atoms.map(|line| line[77..].trim()).collect();
        want.sort_unstable();
        got.sort_unstable();
        assert_eq!(got, want, "{member}");
        compared += 1;
    }
    assert!(compared > 60, "only {compared} compared");
}

fn broken_archives() {
    for (archive, words) in [
        ("truncated.tar.gz", "truncated"),
        ("corrupt.tar.gz", "archive damaged"),
        ("empty.tar.gz", "the file is empty"),
        ("not_a_tar.tar.gz", "archive damaged"),
    ] {
        let t = tempfile::tempdir().unwrap();
        let rows = prepared(t.path(), archive);
        let last = &rows[rows.len() - 1]["reason"];
        assert!(last.contains(words), "{archive}: {last}");
    }
    let t = tempfile::tempdir().unwrap();
    let once = prepared(t.path(), "odd.tar.gz").len();
    let t = tempfile::tempdir().unwrap();
    assert_eq!(
        prepared(t.path(), "two_members_concat.tar.gz").len(),
        2 * once
    );
}

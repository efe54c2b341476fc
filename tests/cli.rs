//! Wrong input on the command line: one sentence that says what, where and what to do, the promised exit code, nothing half-written.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const RECEPTOR: &str = "tests/data/1hpv_protein.pdbqt";
const LIGAND: &str = "tests/data/1hpv_amprenavir.pdbqt";
const BOX: [&str; 4] = ["--center", "9.5,16.3,8.5", "--size", "20,20,20"];

/// The program with these arguments, ended by itself.
fn trimaran(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_trimaran"))
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the program starts")
}

/// Runs with a fresh folder as the output; it must end with `code` and a message that holds every one of `words`,
/// and leave no file behind.
fn refused(code: i32, words: &[&str], arguments: &[&str]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = folder.path().join("out");
    let mut all = arguments.to_vec();
    all.extend(["-o", output.to_str().expect("a plain path")]);
    let ended = trimaran(&all);
    let message = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(code), "{all:?}: {message}");
    for word in words {
        assert!(message.contains(word), "{all:?}: no `{word}` in: {message}");
    }
    assert!(!message.contains("panicked"), "{message}");
    assert_eq!(files(&output), Vec::<PathBuf>::new(), "{all:?}");
}

/// All files in and below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .flatten()
        .flat_map(|entry| match entry.path() {
            path if path.is_dir() => files(&path),
            path => vec![path],
        })
        .collect()
}

fn dock(code: i32, words: &[&str], receptor: &str, ligand: &str, space: &[&str]) {
    let mut arguments = vec!["dock", receptor, ligand, "--runs", "1", "--evals", "1000"];
    arguments.extend(space);
    refused(code, words, &arguments);
}

#[test]
fn missing_files_are_named() {
    dock(2, &["absent.pdbqt"], "absent.pdbqt", LIGAND, &BOX);
    dock(2, &["absent.pdbqt"], RECEPTOR, "absent.pdbqt", &BOX);
    refused(
        2,
        &["absent.tar.gz"],
        &[&["screen", RECEPTOR, "absent.tar.gz"][..], &BOX].concat(),
    );
    refused(
        2,
        &["absent.pdbqt"],
        &[&["maps", "absent.pdbqt", "--ligand", LIGAND][..], &BOX].concat(),
    );
}

#[test]
fn wrong_ligands_are_named_with_their_line() {
    for (file, words) in [
        ("empty", ["empty.pdbqt", "PDBQT"]),
        ("not_a_pdbqt", ["not_a_pdbqt.pdbqt", "PDBQT"]),
        ("unknown_type", ["line", "Xx"]),
        ("nan", ["line", "nan"]),
        ("short_line", ["short_line.pdbqt", "line"]),
        ("no_endbranch", ["no_endbranch.pdbqt", "BRANCH"]),
        ("flexible_residue", ["flexible_residue.pdbqt", "flexible"]),
    ] {
        let path = format!("tests/data/bad/{file}.pdbqt");
        dock(2, &words, RECEPTOR, &path, &BOX);
    }
}

#[test]
fn a_wrong_receptor_is_named_with_its_line() {
    let path = "tests/data/bad/receptor_nan.pdbqt";
    dock(
        2,
        &["receptor_nan.pdbqt, line 8", "nan"],
        path,
        LIGAND,
        &BOX,
    );
    dock(
        2,
        &["empty.pdbqt"],
        "tests/data/bad/empty.pdbqt",
        LIGAND,
        &BOX,
    );
}

#[test]
fn boxes_that_hold_nothing_are_refused() {
    let center = ["--center", "9.5,16.3,8.5"];
    dock(
        2,
        &["box"],
        RECEPTOR,
        LIGAND,
        &[&center[..], &["--size", "0,20,20"]].concat(),
    );
    dock(
        2,
        &["--size"],
        RECEPTOR,
        LIGAND,
        &[&center[..], &["--size", "20,20"]].concat(),
    );
    dock(
        2,
        &["--size"],
        RECEPTOR,
        LIGAND,
        &[&center[..], &["--size", "nan,20,20"]].concat(),
    );
    let far = ["--center", "900,900,900", "--size", "20,20,20"];
    dock(2, &["box"], RECEPTOR, LIGAND, &far);
    dock(2, &["--center", "--around"], RECEPTOR, LIGAND, &[]);
}

#[test]
fn an_unknown_device_is_a_device_error() {
    let space = [&BOX[..], &["--device", "no such device"]].concat();
    dock(3, &["no such device"], RECEPTOR, LIGAND, &space);
}

#[test]
fn an_output_that_cannot_be_written_is_named() {
    let arguments = [
        &["dock", RECEPTOR, LIGAND, "--runs", "1", "--evals", "1000"][..],
        &BOX,
        &["-o", "/dev/null/out"],
    ]
    .concat();
    let ended = trimaran(&arguments);
    let message = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(2), "{message}");
    assert!(message.contains("/dev/null/out"), "{message}");
}

#[test]
fn a_reader_that_left_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_trimaran"))
        .args(["score", RECEPTOR, LIGAND, "--around", LIGAND])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let ended = child.wait_with_output().expect("the program ends");
    let message = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{message}");
}

#[test]
fn maps_of_another_box_or_spacing_are_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let prefix = folder.path().join("maps").display().to_string();
    let field = format!("{prefix}.maps.fld");
    let small = ["--center", "9.5,16.3,8.5", "--size", "9,9,9"];
    let made = trimaran(
        &[
            &["maps", RECEPTOR, "--ligand", LIGAND, "-o", &prefix][..],
            &small,
        ]
        .concat(),
    );
    assert!(made.status.success(), "{made:?}");
    for other in [
        &["--center", "9.5,16.3,8.5", "--size", "12,12,12"][..],
        &["--center", "9,16.3,8.5", "--size", "9,9,9"],
        &["--spacing", "0.5"],
    ] {
        let space = [&["--maps", &field][..], other].concat();
        dock(
            2,
            &["the maps have", "leave --center"],
            RECEPTOR,
            LIGAND,
            &space,
        );
    }
}

#[test]
fn wrong_members_of_a_library_get_their_row_and_the_rest_is_docked() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = folder.path().join("out").display().to_string();
    let mut arguments = vec!["screen", RECEPTOR, "--runs", "1", "--evals", "1000"];
    arguments.extend(BOX);
    arguments.extend([
        "tests/data/bad/broken_ligand.tar.gz",
        "tests/data/bad/truncated.tar.gz",
        "tests/data/bad/not_an_archive.tar.gz",
        "tests/data/bad/empty.pdbqt",
        "tests/data/amprenavir.pdbqt",
        "-o",
        &output,
    ]);
    let ended = trimaran(&arguments);
    assert_eq!(ended.status.code(), Some(1), "{ended:?}");
    let table =
        std::fs::read_to_string(folder.path().join("out/results.csv")).expect("the table is there");
    let lines = |word: &str| table.lines().filter(|line| line.contains(word)).count();
    for (word, at_least) in [
        ("caffeine", 1),
        ("amprenavir", 1),
        ("broken", 1),
        ("Xx", 1),
        ("truncated.tar.gz", 1),
        ("not_an_archive.tar.gz", 1),
        ("empty.pdbqt", 1),
    ] {
        assert!(lines(word) >= at_least, "no row about {word}:\n{table}");
    }
}

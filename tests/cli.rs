//! Wrong input on the command line: one sentence that says what, where and what to do, the promised exit code, nothing half-written.

mod program;

use program::{BOUND_LIGAND, LIBRARY, RECEPTOR, message, save, trimaran};
use std::path::{Path, PathBuf};

const BOX: [&str; 4] = ["--center", "9.5,16.3,8.5", "--size", "20,20,20"];

/// A command on this receptor: its name, and what it takes behind the receptor.
const DOCK: [&str; 2] = ["dock", BOUND_LIGAND];
const SCORE: [&str; 2] = ["score", BOUND_LIGAND];
const SCREEN: [&str; 2] = ["screen", LIBRARY];
const MAPS: [&str; 2] = ["maps", "--types=C,OA"];
const ALL: [[&str; 2]; 4] = [DOCK, SCORE, SCREEN, MAPS];

fn bad(file: &str) -> String {
    format!("{}/tests/data/bad/{file}", env!("CARGO_MANIFEST_DIR"))
}

/// All files in and below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let below = entries.flat_map(|entry| match entry.path() {
        path if path.is_dir() => files(&path),
        path => vec![path],
    });
    below.collect()
}

/// Runs a command in a fresh folder; it must end with `code` and one message that holds all of `words`, and leave no file.
fn refused(code: i32, words: &[&str], [name, what]: [&str; 2], receptor: &str, more: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let mut arguments = vec![name, receptor, what];
    arguments.extend(more);
    match name {
        "score" => {}
        // Names of maps begin with it; for the others it is a folder.
        _ => arguments.extend(["-o", "out"]),
    }
    let ended = trimaran(folder.path(), &arguments).output().unwrap();
    let message = message(&ended);
    assert_eq!(ended.status.code(), Some(code), "{arguments:?}: {message}");
    for word in words {
        assert!(
            message.contains(word),
            "{arguments:?}: no `{word}` in: {message}"
        );
    }
    // Those of clap explain themselves in more lines, with an empty one before the usage.
    let lines = message.lines().take_while(|line| !line.is_empty()).count();
    assert!(lines == 1 || message.starts_with("error: "), "{message}");
    assert!(
        ended.stdout.is_empty() && !message.contains("panicked"),
        "{message}"
    );
    assert_eq!(files(folder.path()), Vec::<PathBuf>::new(), "{arguments:?}");
}

#[test]
fn missing_files_are_named() {
    let missing = ["absent.pdbqt: No such file"];
    for command in ALL {
        refused(2, &missing, command, "absent.pdbqt", &BOX);
    }
    for name in ["dock", "score", "screen"] {
        refused(2, &missing, [name, "absent.pdbqt"], RECEPTOR, &BOX);
        let around = ["--around", "absent.pdbqt"];
        refused(2, &missing, [name, BOUND_LIGAND], RECEPTOR, &around);
        let maps = ["--maps", "absent.maps.fld"];
        refused(
            2,
            &["absent.maps.fld: No such file"],
            [name, BOUND_LIGAND],
            RECEPTOR,
            &maps,
        );
    }
    refused(
        2,
        &missing,
        ["maps", "--ligand=absent.pdbqt"],
        RECEPTOR,
        &BOX,
    );
    let reference = [&BOX[..], &["--reference", "absent.pdbqt"]].concat();
    refused(2, &missing, DOCK, RECEPTOR, &reference);
}

#[test]
fn wrong_ligands_are_named_with_their_line() {
    for (file, words) in [
        ("empty", ["empty.pdbqt", "ATOM"]),
        ("not_a_pdbqt", ["not_a_pdbqt.pdbqt", "ATOM"]),
        ("unknown_type", ["line", "Xx"]),
        ("nan", ["line", "nan"]),
        ("short_line", ["short_line.pdbqt", "line"]),
        ("no_endbranch", ["no_endbranch.pdbqt", "BRANCH"]),
        ("flexible_residue", ["flexible_residue.pdbqt", "flexible"]),
    ] {
        let path = bad(&format!("{file}.pdbqt"));
        for name in ["dock", "score"] {
            refused(2, &words, [name, &path], RECEPTOR, &BOX);
        }
        refused(
            2,
            &words,
            ["maps", &format!("--ligand={path}")],
            RECEPTOR,
            &BOX,
        );
    }
}

#[test]
fn a_wrong_receptor_is_named_with_its_line() {
    for command in ALL {
        let nan = ["receptor_nan.pdbqt, line 8", "nan"];
        refused(2, &nan, command, &bad("receptor_nan.pdbqt"), &BOX);
        refused(2, &["empty.pdbqt"], command, &bad("empty.pdbqt"), &BOX);
        refused(2, &["drugs.tar.gz"], command, LIBRARY, &BOX);
    }
}

#[test]
fn boxes_that_hold_nothing_are_refused() {
    let around = |size| ["--center", "9.5,16.3,8.5", "--size", size];
    for command in ALL {
        refused(
            2,
            &["box", "longer than 0"],
            command,
            RECEPTOR,
            &around("0,20,20"),
        );
        refused(2, &["--size", "X,Y,Z"], command, RECEPTOR, &around("20,20"));
        refused(
            2,
            &["--size", "nan"],
            command,
            RECEPTOR,
            &around("nan,20,20"),
        );
        refused(
            2,
            &["grid points"],
            command,
            RECEPTOR,
            &around("900,900,900"),
        );
        let far = ["--center", "900,900,900", "--size", "20,20,20"];
        refused(
            2,
            &["the box around", "Angstrom away"],
            command,
            RECEPTOR,
            &far,
        );
        let dense = [&BOX[..], &["--spacing", "0"]].concat();
        refused(2, &["--spacing"], command, RECEPTOR, &dense);
    }
    for command in [DOCK, SCORE, SCREEN] {
        refused(2, &["--center", "--around"], command, RECEPTOR, &[]);
        let no_size = ["--center", "9.5,16.3,8.5"];
        refused(2, &["--size"], command, RECEPTOR, &no_size);
    }
}

#[test]
fn atom_types_that_are_not_known_are_named() {
    refused(2, &["Xx", "OA"], ["maps", "--types=C,Xx"], RECEPTOR, &BOX);
}

#[test]
fn searches_that_cannot_be_are_refused() {
    for (option, value) in [
        ("--runs", "0"),
        ("--evals", "none"),
        ("--population", "1"),
        ("--local-search", "lbfgs"),
    ] {
        let options = [&BOX[..], &[option, value]].concat();
        refused(2, &[option, value], DOCK, RECEPTOR, &options);
        refused(2, &[option, value], SCREEN, RECEPTOR, &options);
    }
}

#[test]
fn an_unknown_device_is_a_device_error() {
    let words = ["no such device", "choose auto", "cpu"];
    let options = [&BOX[..], &["--device", "no such device"]].concat();
    for command in [DOCK, SCORE, MAPS] {
        refused(3, &words, command, RECEPTOR, &options);
    }
}

#[test]
fn a_reference_of_another_molecule_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (_, text) = program::drugs().swap_remove(1);
    let other = save(folder.path(), "other.pdbqt", text);
    let options = [&BOX[..], &["--reference", other.to_str().unwrap()]].concat();
    refused(2, &["the reference", "atoms"], DOCK, RECEPTOR, &options);
}

#[test]
fn an_output_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "file", "");
    for [name, what] in [DOCK, SCREEN, MAPS] {
        let command = [&[name, RECEPTOR, what][..], &BOX, &["-o", "file/out"]].concat();
        let ended = trimaran(folder.path(), &command).output().unwrap();
        let message = message(&ended);
        assert_eq!(ended.status.code(), Some(2), "{message}");
        assert!(
            message.contains("file") && message.lines().count() == 1,
            "{message}"
        );
    }
}

#[test]
fn what_times_no_device_refuses_a_profile() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["check", "devices"] {
        let mut command = trimaran(folder.path(), &[name, "--profile", "trace.json"]);
        let ended = command.output().unwrap();
        let message = message(&ended);
        assert_eq!(ended.status.code(), Some(2), "{name}: {message}");
        for word in ["trace.json", name, "dock"] {
            assert!(message.contains(word), "{name}: no `{word}` in: {message}");
        }
        assert!(ended.stdout.is_empty() && files(folder.path()).is_empty());
    }
}

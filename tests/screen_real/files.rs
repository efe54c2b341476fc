//! Maps that are not those asked for, and outputs that cannot be written or read on: a sentence, a code, no half file.

use super::program::{BOUND_LIGAND, RECEPTOR, message, save, trimaran};
use std::path::Path;
use std::process::{Command, Output, Stdio};

const BOX: [&str; 4] = ["--center", "9.5,16.3,8.5", "--size", "15,15,15"];
const QUICK: [&str; 6] = ["--runs", "20", "--evals", "500", "--population", "10"];

/// `maps` of the bound ligand's atom types.
fn maps(prefix: &str) -> Vec<&str> {
    [
        &["maps", RECEPTOR, "--ligand", BOUND_LIGAND][..],
        &BOX,
        &["-o", prefix],
    ]
    .concat()
}

fn dock<'a>(space: &[&'a str]) -> Vec<&'a str> {
    [
        &["dock", RECEPTOR, BOUND_LIGAND][..],
        space,
        &QUICK,
        &["-o", "out"],
    ]
    .concat()
}

/// The run must end with this code and one sentence that holds all of `words`.
fn refused(ended: &Output, code: i32, words: &[&str]) {
    let message = message(ended);
    assert_eq!(ended.status.code(), Some(code), "{message}");
    assert_eq!(message.lines().count(), 1, "{message}");
    for word in words {
        assert!(message.contains(word), "no `{word}` in: {message}");
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect()
}

pub fn other_maps_than_asked() {
    let t = tempfile::tempdir().unwrap();
    let made = trimaran(t.path(), &maps("m")).output().unwrap();
    assert!(made.status.success(), "{}", message(&made));
    let with = |space: &[&str]| {
        let space = [&["--maps", "m.maps.fld"][..], space].concat();
        trimaran(t.path(), &dock(&space)).output().unwrap()
    };
    refused(&with(&["--spacing", "0.5"]), 2, &["0.375", "0.5"]);
    let elsewhere = ["--center", "9.5,16.3,9.5", "--size", "15,15,15"];
    refused(
        &with(&elsewhere),
        2,
        &["9.500,16.300,8.500", "9.500,16.300,9.500"],
    );
    assert!(with(&BOX).status.success());

    let short = std::fs::read_to_string(t.path().join("m.OA.map")).unwrap();
    save(t.path(), "m.OA.map", &short[..short.len() / 2]);
    refused(&with(&[]), 2, &["m.OA.map, line"]);
    std::fs::remove_file(t.path().join("m.OA.map")).unwrap();
    refused(&with(&[]), 2, &["m.OA.map: No such file"]);
}

/// A limit on the size of files stands in for a full disk: every write beyond it fails.
fn with_little_room(folder: &Path, arguments: &[&str], blocks: u32) -> Output {
    let program = trimaran(folder, arguments);
    let mut shell = Command::new("bash");
    shell
        .arg("-c")
        .arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\""))
        .arg("bash");
    shell
        .arg(program.get_program())
        .args(program.get_args())
        .current_dir(folder);
    shell.envs(
        program
            .get_envs()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    // The driver keeps a cache of its own, which is not what is tried here.
    shell.env("MESA_SHADER_CACHE_DISABLE", "true");
    shell.stdin(Stdio::null()).output().unwrap()
}

pub fn maps_on_a_full_disk() {
    let t = tempfile::tempdir().unwrap();
    // Kibibytes: a map has 41 x 41 x 41 values of at least six bytes.
    let ended = with_little_room(t.path(), &maps("m"), 200);
    refused(&ended, 2, &["m.", ".map: File too large"]);
    let left = names(t.path());
    assert!(left.is_empty(), "{left:?}");
}

pub fn dock_on_a_full_disk() {
    let t = tempfile::tempdir().unwrap();
    let ended = with_little_room(t.path(), &dock(&BOX), 8);
    refused(&ended, 2, &["poses.pdbqt: File too large"]);
    let left = names(&t.path().join("out"));
    assert!(left.is_empty(), "{left:?}");
}

/// Standard output on a disk that is full.
pub fn results_to_a_full_device() {
    let t = tempfile::tempdir().unwrap();
    let Ok(full) = std::fs::File::create("/dev/full") else {
        return;
    };
    let score = ["score", RECEPTOR, BOUND_LIGAND, "--around", BOUND_LIGAND];
    let ended = trimaran(t.path(), &score).stdout(full).output().unwrap();
    refused(&ended, 2, &["No space left"]);
}

/// `trimaran ... | head -0`.
pub fn a_reader_that_left() {
    let t = tempfile::tempdir().unwrap();
    let score = ["score", RECEPTOR, BOUND_LIGAND, "--around", BOUND_LIGAND];
    for arguments in [&score[..], &dock(&BOX), &maps("m"), &["devices"]] {
        let mut child = trimaran(t.path(), arguments).spawn().unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        assert!(
            ended.status.success() && ended.stderr.is_empty(),
            "{}",
            message(&ended)
        );
    }
}

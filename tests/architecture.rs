//! The rules of the house, checked by reading the sources: who may know whom, and what stands where.

use std::fs;
use std::path::{Path, PathBuf};

/// Rooms that a room of `src` may name. `main` and `cli` may name all.
const MAY_NAME: [(&str, &[&str]); 9] = [
    ("error", &[]),
    ("gpu", &["error"]),
    ("twin", &["gpu", "error"]),
    ("kernels", &["gpu", "twin", "error"]),
    ("molecule", &["error"]),
    ("formats", &["molecule", "error"]),
    ("archive", &["formats", "molecule", "error"]),
    ("cluster", &["error"]),
    ("report", &["dock", "formats", "molecule", "error"]),
];

/// `dock` says what docking is; it stands on all but the command line.
const DOCK_MAY_NOT_NAME: [&str; 1] = ["cli"];

/// Names that belong to some rooms alone: (text, rooms).
const KEPT_TO: [(&str, &[&str]); 12] = [
    ("wgpu::", &["gpu"]),
    ("naga::", &["gpu"]),
    ("mpi::", &["cluster"]),
    ("clap::", &["cli", "main"]),
    ("indicatif::", &["cli", "report"]),
    ("anyhow::", &["cli", "main"]),
    ("println!", &["cli", "main"]),
    ("print!", &["cli", "main"]),
    ("eprintln!", &["cli", "main"]),
    ("eprint!", &["cli", "main"]),
    ("stdout()", &["cli", "main"]),
    ("exit(", &["main"]),
];

/// What would end the program instead of returning an error.
const PANICS: [&str; 5] = [
    ".unwrap()",
    ".expect(",
    "panic!(",
    "todo!(",
    "unimplemented!(",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below `folder` with this ending, sorted.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false if path.extension().is_some_and(|e| e == ending) => found.push(path),
                false => {}
            }
        }
    }
    found.sort();
    found
}

/// Path below the root, with `/` on every system.
fn name(path: &Path) -> String {
    let parts = path.strip_prefix(root()).unwrap().components();
    let parts: Vec<_> = parts
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

/// The room of a file of `src`: its first folder, or the file itself.
fn room(path: &Path) -> String {
    let name = name(path);
    let first = name.split('/').nth(1).unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The lines that are shipped code: neither comments nor the tests at the end of a file.
fn code(path: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(path).unwrap();
    let shipped = text
        .lines()
        .take_while(|line| line.trim() != "#[cfg(test)]");
    let lines = shipped
        .enumerate()
        .map(|(at, line)| (at + 1, line.trim().to_owned()));
    lines.filter(|(_, line)| !line.starts_with("//")).collect()
}

/// Whether `line` names `word` with nothing before it that would make it part of another name.
fn names(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before
            .is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.' && !word.starts_with('.'))
            || word.starts_with('.')
    })
}

/// Fails with one line per offence.
fn none(offences: Vec<String>) {
    assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
}

#[test]
fn rooms_know_only_those_below_them() {
    let rooms = MAY_NAME
        .map(|(room, _)| room)
        .into_iter()
        .chain(["dock", "cli"]);
    let rooms: Vec<_> = rooms.collect();
    let may_name = |from: &str, to: &str| match from {
        "main" | "lib" | "cli" => true,
        "dock" => !DOCK_MAY_NOT_NAME.contains(&to),
        _ => MAY_NAME
            .iter()
            .any(|(room, below)| *room == from && below.contains(&to)),
    };
    let mut offences = Vec::new();
    for path in files("src", "rs") {
        let from = room(&path);
        for (at, line) in code(&path) {
            let named = rooms.iter().filter(|to| {
                let imported = [format!("crate::{to}::"), format!("crate::{to};")];
                **to != from && imported.iter().any(|word| names(&line, word))
            });
            let wrong = named.filter(|to| !may_name(&from, to));
            offences.extend(wrong.map(|to| format!("{}:{at}: {from} names {to}", name(&path))));
        }
    }
    none(offences);
}

#[test]
fn imports_are_written_one_room_a_line() {
    // The check above reads `crate::room::`; a grouped import would pass it unseen.
    let grouped = |path: &PathBuf| {
        let lines = code(path).into_iter();
        let lines = lines.filter(|(_, line)| {
            let group = line.strip_prefix("use crate::{").unwrap_or_default();
            group
                .split(", ")
                .any(|item| item.starts_with(char::is_lowercase))
        });
        lines
            .map(|(at, line)| format!("{}:{at}: {line}", name(path)))
            .collect::<Vec<_>>()
    };
    none(files("src", "rs").iter().flat_map(grouped).collect());
}

#[test]
fn some_names_are_kept_to_their_rooms() {
    let mut offences = Vec::new();
    for path in files("src", "rs") {
        let from = room(&path);
        for (at, line) in code(&path) {
            let kept = KEPT_TO
                .iter()
                .filter(|(word, rooms)| names(&line, word) && !rooms.contains(&&*from));
            offences.extend(kept.map(|(word, _)| format!("{}:{at}: {word}", name(&path))));
        }
    }
    none(offences);
}

#[test]
fn the_gpu_room_shows_no_wgpu_type() {
    let mut offences = Vec::new();
    for path in files("src/gpu", "rs") {
        for (at, line) in code(&path) {
            let public = line.starts_with("pub ") && !line.starts_with("pub use");
            if public && (line.contains("wgpu::") || line.contains("naga::")) {
                offences.push(format!("{}:{at}: {line}", name(&path)));
            }
        }
    }
    none(offences);
}

#[test]
fn shipped_code_does_not_panic() {
    let mut offences = Vec::new();
    for path in files("src", "rs") {
        for (at, line) in code(&path) {
            let words = PANICS.iter().filter(|word| names(&line, word));
            offences.extend(words.map(|word| format!("{}:{at}: {word}", name(&path))));
        }
    }
    none(offences);
}

#[test]
fn every_file_begins_with_its_purpose() {
    let rust = ["src", "tests", "benches"]
        .into_iter()
        .flat_map(|folder| files(folder, "rs"));
    let rust = rust.map(|path| (path, "//! "));
    let shaders = files("shaders", "wgsl")
        .into_iter()
        .map(|path| (path, "// "));
    let mut offences = Vec::new();
    for (path, mark) in rust.chain(shaders) {
        let text = fs::read_to_string(&path).unwrap();
        let first = text.lines().next().unwrap_or_default();
        if !(first.starts_with(mark) || first.starts_with("/// ")) {
            offences.push(format!("{}: first line is `{first}`", name(&path)));
        }
    }
    none(offences);
}

#[test]
fn kernels_and_shaders_stand_side_by_side() {
    let list = fs::read_to_string(root().join("src/kernels/mod.rs")).unwrap();
    let mut offences = Vec::new();
    for path in files("shaders", "wgsl") {
        let shader = name(&path);
        let kernel = shader
            .replacen("shaders/", "src/kernels/", 1)
            .replace(".wgsl", ".rs");
        if shader.starts_with("shaders/lib/") {
            continue;
        }
        if !root().join(&kernel).exists() {
            offences.push(format!("{shader} has no {kernel}"));
        }
        let module = kernel
            .trim_start_matches("src/")
            .trim_end_matches(".rs")
            .replace('/', "::");
        if !list.contains(&format!("$crate::{module}::")) {
            offences.push(format!("{kernel} is not in the list of kernels"));
        }
    }
    for path in files("src/kernels", "rs") {
        let kernel = name(&path);
        let shader = kernel
            .replacen("src/kernels/", "shaders/", 1)
            .replace(".rs", ".wgsl");
        let is_kernel = code(&path)
            .iter()
            .any(|(_, line)| line.starts_with("impl Twin for"));
        if is_kernel && !root().join(&shader).exists() {
            offences.push(format!("{kernel} has no {shader}"));
        }
    }
    none(offences);
}

//! The rules of the house, checked by reading the sources: who may know whom, and what stands where.

use std::fs;
use std::path::{Path, PathBuf};

/// Who may know whom: a room of `src` may name these others, and nothing else. `Error` and `Result` are for all.
const MAY_NAME: [(&str, &[&str]); 18] = [
    ("main", &["cli"]),
    (
        "cli",
        &[
            "dock",
            "bigint",
            "preparation",
            "check",
            "archive",
            "cluster",
            "report",
            "formats",
            "molecule",
            "integers",
            "gpu",
        ],
    ),
    (
        "dock",
        &[
            "preparation",
            "archive",
            "cluster",
            "report",
            "formats",
            "molecule",
            "kernels",
            "gpu",
            "whole_file",
        ],
    ),
    (
        "preparation",
        &["archive", "cluster", "formats", "molecule", "whole_file"],
    ),
    ("bigint", &["integers", "kernels", "gpu"]),
    ("check", &["report", "kernels", "twin", "gpu", "whole_file"]),
    ("kernels", &["gpu", "twin", "lanes"]),
    ("twin", &["gpu"]),
    ("gpu", &["lanes", "whole_file"]),
    ("lanes", &[]),
    ("formats", &["molecule", "integers", "whole_file"]),
    ("cluster", &["whole_file"]),
    ("molecule", &[]),
    ("integers", &[]),
    ("archive", &[]),
    ("report", &[]),
    ("whole_file", &[]),
    ("error", &[]),
];

/// What rooms that do not drive the device may name of `gpu`: `dock` the device, to hand it on; `bigint`, which joins
/// launches of kernels, what these take and give as well. Kernels, pipelines and arguments are for `kernels`.
const MAY_NAME_OF_GPU: [(&str, &[&str]); 2] = [
    ("dock", &["Gpu"]),
    (
        "bigint",
        &["Gpu", "Batch", "Buffer", "Download", "Submitted"],
    ),
];

/// Names that belong to some rooms alone: (text, rooms).
const KEPT_TO: [(&str, &[&str]); 15] = [
    ("wgpu::", &["gpu"]),
    ("naga::", &["gpu"]),
    ("fearless_simd::", &["lanes"]),
    ("dashu_int::", &["integers", "bigint"]),
    ("mpi::", &["cluster"]),
    ("signal_hook::", &["cli"]),
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

/// How an item at the outermost level begins.
const ITEMS: [&str; 9] = [
    "pub", "fn ", "impl", "struct ", "enum ", "const ", "static ", "use ", "mod ",
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

/// Whether a file of `src` holds nothing but tests of the file beside it.
fn is_test(path: &Path) -> bool {
    let name = name(path);
    name.ends_with("/tests.rs") || name.ends_with("_tests.rs")
}

/// The lines that are shipped code: neither comments nor tests, which stand at the end of a file.
fn code(path: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(path).unwrap();
    let shipped = text
        .lines()
        .take_while(|line| !is_test(path) && line.trim() != "#[cfg(test)]");
    let lines = shipped
        .enumerate()
        .map(|(at, line)| (at + 1, line.trim().to_owned()));
    lines.filter(|(_, line)| !line.starts_with("//")).collect()
}

/// `file:line: what` for every shipped line in which `wrong` finds something.
fn offences(folder: &str, wrong: impl Fn(&str, &str) -> Vec<String>) -> Vec<String> {
    let mut found = Vec::new();
    for path in files(folder, "rs") {
        let room = room(&path);
        for (at, line) in code(&path) {
            let whats = wrong(&room, &line).into_iter();
            found.extend(whats.map(|what| format!("{}:{at}: {what}", name(&path))));
        }
    }
    found
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

/// Fails with the rule in words and one line per offence.
fn none(rule: &str, offences: Vec<String>) {
    assert!(offences.is_empty(), "\n{rule}:\n{}\n", offences.join("\n"));
}

#[test]
fn rooms_know_only_those_below_them() {
    let wrong = |from: &str, line: &str| {
        let may = MAY_NAME.iter().find(|(room, _)| *room == from);
        let may = may.map_or(&[][..], |(_, others)| others);
        let named = MAY_NAME.iter().map(|(to, _)| *to).filter(|to| {
            let paths = ["crate", "trimaran"].map(|root| format!("{root}::{to}"));
            let ends = |at: usize| {
                !line[at..].starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '!')
            };
            let is_path = |path: &String| {
                line.match_indices(path)
                    .any(|(at, _)| ends(at + path.len()))
            };
            *to != from && paths.iter().any(is_path)
        });
        let wrong = named.filter(|to| !may.contains(to));
        wrong
            .map(|to| format!("{from} names {to}; it may name {may:?}"))
            .collect()
    };
    none(
        "a room names only rooms below it, as MAY_NAME lists them",
        offences("src", wrong),
    );
}

#[test]
fn rooms_hand_the_device_on_and_do_not_drive_it() {
    for (room, may) in MAY_NAME_OF_GPU {
        let wrong = |_: &str, line: &str| {
            let mut named = line
                .match_indices("crate::gpu::")
                .flat_map(|(at, path)| line[at + path.len()..].split(", "));
            let is_allowed =
                |name: &str| may.contains(&name.trim_matches(|c| matches!(c, '{' | '}' | ';')));
            (!named.all(is_allowed))
                .then(|| line.to_owned())
                .into_iter()
                .collect()
        };
        let rule = format!("{room} names nothing of gpu but {may:?}");
        none(&rule, offences(&format!("src/{room}"), wrong));
    }
}

#[test]
fn imports_say_their_room_on_their_own_line() {
    let wrong = |_: &str, line: &str| {
        let group = line.strip_prefix("use crate::{");
        let hides = group.is_some_and(|group| {
            group
                .split(", ")
                .any(|item| item.is_empty() || item.starts_with(char::is_lowercase))
        });
        (hides || line.contains("super::super"))
            .then(|| line.to_owned())
            .into_iter()
            .collect()
    };
    none(
        "another room is named as `crate::room`, one an import, so that the rule above sees it",
        offences("src", wrong),
    );
}

#[test]
fn some_names_are_kept_to_their_rooms() {
    let wrong = |from: &str, line: &str| {
        let kept = KEPT_TO
            .iter()
            .filter(|(word, rooms)| names(line, word) && !rooms.contains(&from));
        kept.map(|(word, rooms)| format!("{word} is for {rooms:?}"))
            .collect()
    };
    none("some names are kept to their rooms", offences("src", wrong));
}

#[test]
fn the_gpu_room_shows_no_wgpu_type() {
    let wrong = |_: &str, line: &str| {
        let public = line.starts_with("pub ") && !line.starts_with("pub use");
        let shows = public && (line.contains("wgpu::") || line.contains("naga::"));
        shows.then(|| line.to_owned()).into_iter().collect()
    };
    none(
        "no public line of gpu names a type of wgpu or naga",
        offences("src/gpu", wrong),
    );
}

#[test]
fn shipped_code_does_not_panic() {
    let wrong = |_: &str, line: &str| {
        let words = PANICS.iter().filter(|word| names(line, word));
        words.map(|word| (*word).to_owned()).collect()
    };
    none(
        "shipped code returns errors and does not panic",
        offences("src", wrong),
    );
}

#[test]
fn tests_stand_at_the_end_of_a_file() {
    let mut offences = Vec::new();
    for path in files("src", "rs") {
        let text = fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let first = lines.iter().position(|line| *line == "#[cfg(test)]");
        for pair in lines[first.unwrap_or(lines.len())..].windows(2) {
            let item = ITEMS.iter().any(|item| pair[1].starts_with(item));
            if item && !pair[0].starts_with("#[") {
                offences.push(format!("{}: {}", name(&path), pair[1]));
            }
        }
    }
    none(
        "nothing stands behind a file's tests, where these rules do not look",
        offences,
    );
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
    none("a file's first line says its one purpose", offences);
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
    none(
        "a kernel is a shader, a file of the same path, and a line in the list",
        offences,
    );
}

#[test]
fn shaders_take_sine_and_cosine_from_the_library() {
    let mut offences = Vec::new();
    for path in files("shaders", "wgsl") {
        let text = fs::read_to_string(&path).unwrap();
        let calls = |line: &&str| ["sin(", "cos(", "tan("].iter().any(|f| names(line, f));
        let code = text.lines().filter_map(|line| line.split("//").next());
        let lines = code.filter(calls);
        offences.extend(lines.map(|line| format!("{}: {line}", name(&path))));
    }
    none(
        "WGSL's own sine and cosine may be wrong by 2^-11: use shaders/lib/sine_cosine.wgsl",
        offences,
    );
}

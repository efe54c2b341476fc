//! A ligand's row and pose are the same bytes alone, in a library of 200, in other blocks, after kills, on one thread.

mod program;

use libtest_mimic::Arguments;
use program::{
    BOUND_LIGAND, RECEPTOR, drugs, gzip, message, on_software, rows, save, software_device, tar,
    trials, trimaran,
};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const LIGANDS: usize = 200;
const FINAL_FILES: [&str; 3] = ["results.csv", "results.parquet", "top.pdbqt"];

/// `LIGANDS` members: the drugs, then the drugs again under other names, so with other random numbers.
fn members() -> Vec<(String, Vec<u8>)> {
    let drugs = drugs();
    let repeat = |n: usize| {
        let (name, text) = &drugs[n % drugs.len()];
        (
            format!("set/{name}_{}.pdbqt", n / drugs.len()),
            text.clone(),
        )
    };
    (0..LIGANDS).map(repeat).collect()
}

/// A folder with `library.tar.gz` of these members.
fn folder_with(members: &[(String, Vec<u8>)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let named: Vec<_> = members
        .iter()
        .map(|(name, text)| (&**name, &**text))
        .collect();
    save(folder.path(), "library.tar.gz", gzip(&tar(&named)));
    folder
}

/// A screen of the folder's library into `out` there, at a setting that takes a moment a ligand.
fn screen(folder: &Path, more: &[&str]) -> Command {
    let mut command = trimaran(folder, &["screen", RECEPTOR, "library.tar.gz", "-o", "out"]);
    command.args(["--around", BOUND_LIGAND, "--margin", "4", "--top", "1000"]);
    command.args(["--runs", "2", "--evals", "1000", "--population", "10"]);
    command.args(more);
    command
}

fn complete(mut screen: Command) {
    let ended = screen.output().unwrap();
    // Some ligands may fail at so quick a setting; that must be the same too.
    assert!(
        matches!(ended.status.code(), Some(0 | 1)),
        "{}",
        message(&ended)
    );
}

fn finals(folder: &Path) -> Vec<Vec<u8>> {
    let read = |name| std::fs::read(folder.join("out").join(name)).unwrap();
    FINAL_FILES.map(read).to_vec()
}

/// The whole library, screened once with the default block; all other ways are compared with it.
fn whole() -> &'static Path {
    static WHOLE: OnceLock<TempDir> = OnceLock::new();
    let screened = || {
        let folder = folder_with(&members());
        complete(screen(folder.path(), &[]));
        let docked = rows(&folder.path().join("out"))
            .iter()
            .filter(|row| &row[3] == "ok")
            .count();
        assert!(
            docked > LIGANDS * 9 / 10,
            "only {docked} of {LIGANDS} docked"
        );
        folder
    };
    WHOLE.get_or_init(screened).path()
}

/// The row of a ligand without its rank, and its model in `top.pdbqt` without its number.
fn of_ligand(folder: &Path, name: &str) -> (Vec<String>, String) {
    let rows = rows(&folder.join("out"));
    let row = rows.iter().find(|row| &row[1] == name).unwrap();
    let top = std::fs::read_to_string(folder.join("out/top.pdbqt")).unwrap();
    let mark = format!("REMARK Ligand = {name}\n");
    let model = top.split("MODEL ").find(|model| model.contains(&mark));
    let model = model.map_or("", |model| model.split_once('\n').unwrap().1);
    (
        row.iter().skip(1).map(str::to_owned).collect(),
        model.to_owned(),
    )
}

/// A small rigid ligand, the most flexible one, and one in the middle; the maps are made for their own types alone.
fn alone() {
    let members = members();
    for name in ["caffeine_1", "valsartan_0", "imatinib_2"] {
        let path = format!("set/{name}.pdbqt");
        let one = members.iter().find(|(member, _)| *member == path).unwrap();
        let folder = folder_with(std::slice::from_ref(one));
        complete(screen(folder.path(), &[]));
        let (row, model) = of_ligand(folder.path(), name);
        assert!(!model.is_empty(), "{row:?}");
        assert_eq!((row, model), of_ligand(whole(), name));
    }
}

fn in_other_blocks() {
    let folder = folder_with(&members());
    complete(screen(folder.path(), &["--block", "37"]));
    assert!(finals(folder.path()) == finals(whole()));
}

fn on_one_thread() {
    let folder = folder_with(&members());
    complete(screen(folder.path(), &["--threads", "1"]));
    assert!(finals(folder.path()) == finals(whole()));
}

/// The shaders, too: a dozen ligands on a software driver, and two of them alone, on one of the driver's threads.
fn alone_by_shaders() {
    let device = software_device().unwrap();
    let dozen = &members()[..12];
    let together = folder_with(dozen);
    complete(screen(together.path(), &["--device", &device]));
    for (path, text) in [&dozen[0], &dozen[7]] {
        let folder = folder_with(&[(path.clone(), text.clone())]);
        let mut screen = screen(folder.path(), &["--device", &device]);
        screen.env("LP_NUM_THREADS", "1");
        complete(screen);
        let name = Path::new(path).file_stem().unwrap().to_string_lossy();
        let found = of_ligand(folder.path(), &name);
        assert!(!found.1.is_empty(), "{found:?}");
        assert_eq!(found, of_ligand(together.path(), &name));
    }
}

fn parts(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder.join("out/parts"))
        .into_iter()
        .flatten();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "csv"))
        .collect()
}

/// Killed twice, each time when a few more parts are done, then finished with another block.
fn killed_and_resumed() {
    let folder = folder_with(&members());
    for wanted in [2, 5] {
        let mut process = screen(folder.path(), &["--block", "16"]).spawn().unwrap();
        let start = Instant::now();
        while parts(folder.path()).len() < wanted {
            assert!(
                process.try_wait().unwrap().is_none(),
                "ended before it was killed"
            );
            assert!(start.elapsed() < Duration::from_secs(300), "no parts");
            std::thread::sleep(Duration::from_millis(5));
        }
        process.kill().unwrap();
        process.wait().unwrap();
        assert!(!folder.path().join("out/results.csv").exists());
    }
    let left = parts(folder.path()).len();
    assert!(left < LIGANDS / 16, "all {left} parts were done");
    complete(screen(folder.path(), &["--block", "50"]));
    assert!(finals(folder.path()) == finals(whole()));
}

fn main() {
    let mut arguments = Arguments::from_args();
    // A software device uses all cores by itself.
    arguments.test_threads = Some(1);
    let mut all = trials(&[
        ("alone", alone),
        ("in_other_blocks", in_other_blocks),
        ("killed_and_resumed", killed_and_resumed),
        ("on_one_thread", on_one_thread),
    ]);
    all.extend(on_software(&[("alone_by_shaders", alone_by_shaders)]));
    libtest_mimic::run(&arguments, all).exit();
}

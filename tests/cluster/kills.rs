//! `kill -9` at random moments, the same command again, the same bytes.

use super::fixture::{FAST, archive_of, finals, run};
use super::ranks::{child, mpirun};
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use trimaran::cluster::hash64;

/// How often runs are killed before one is let run to its end.
const KILLS: u64 = 20;
/// Ligands: more than so many runs dock before they are killed.
const LIGANDS: usize = 1200;
const PATIENCE: Duration = Duration::from_secs(60);

/// A number below `end`, the same in every test run.
fn random(kill: u64, end: u64) -> u64 {
    hash64(format!("{end} {kill}").bytes()) % end
}

/// Waits for some moment of a run: soon after its start, or when it has done some more parts.
fn wait(kill: u64, output: &Path) {
    if random(kill, 4) == 0 {
        return sleep(Duration::from_millis(random(kill, 400)));
    }
    let wanted = parts(output) + random(kill, 8) as usize;
    let end = Instant::now() + PATIENCE;
    while parts(output) < wanted {
        assert!(Instant::now() < end, "no part is finished");
        sleep(Duration::from_millis(5));
    }
    sleep(Duration::from_millis(random(kill, 50)));
}

fn parts(output: &Path) -> usize {
    let files = fs::read_dir(output.join("parts")).into_iter().flatten();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.ends_with(".csv")).count()
}

/// Kills `KILLS` runs; the one after them ends, and all files are as without.
fn kill_all(start: &dyn Fn(&Path, &Path) -> Command, kill: &dyn Fn(u64, &mut Child)) {
    let t = tempfile::tempdir().unwrap();
    let library = archive_of(t.path(), "x.tar.gz", 0..LIGANDS);
    let (whole, output) = (t.path().join("whole"), t.path().join("killed"));
    run(&FAST, std::slice::from_ref(&library), &whole, None).unwrap();
    for number in 0..KILLS {
        let mut process = start(&library, &output).spawn().unwrap();
        wait(number, &output);
        kill(number, &mut process);
        process.wait().unwrap();
    }
    let finished = output.join("results.csv").exists();
    assert!(!finished, "too few ligands for {KILLS} kills");
    let end = Instant::now() + PATIENCE;
    // Orphans of the last run may hold the folder for a moment.
    while !start(&library, &output).status().unwrap().success() {
        assert!(Instant::now() < end, "it does not go on");
        sleep(Duration::from_millis(200));
    }
    assert!(finals(&whole) == finals(&output));
}

fn silent(mut command: Command) -> Command {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

pub fn threads() {
    let start = |library: &Path, output: &Path| {
        let this = Command::new(std::env::current_exe().unwrap());
        silent(child(this, 3, library, output))
    };
    kill_all(&start, &|_, process| process.kill().unwrap());
}

/// Process ids of the ranks that this `mpirun` started, rank 0 first.
fn ranks_of(mpirun: &Child) -> Vec<String> {
    let children = format!("/proc/{0}/task/{0}/children", mpirun.id());
    let mut ids: Vec<u32> = fs::read_to_string(children)
        .unwrap_or_default()
        .split_whitespace()
        .map(|id| id.parse().unwrap())
        .collect();
    ids.sort();
    ids.iter().map(u32::to_string).collect()
}

/// Kills rank 1, rank 0 and `mpirun` in turn.
pub fn mpi() {
    let start = |library: &Path, output: &Path| {
        let mut command = mpirun(2);
        command.arg(std::env::current_exe().unwrap());
        silent(child(command, 0, library, output))
    };
    let kill = |number: u64, process: &mut Child| {
        let ranks = ranks_of(process);
        match (number % 3, &ranks[..]) {
            (0, [_, second]) => end(second),
            (1, [first, _]) => end(first),
            _ => process.kill().unwrap(),
        }
        process.wait().unwrap();
        // Where `mpirun` itself was killed its ranks are left.
        ranks.iter().for_each(|rank| end(rank));
    };
    kill_all(&start, &kill);
}

fn end(id: &str) {
    let _ = Command::new("kill")
        .args(["-9", id])
        .stderr(Stdio::null())
        .status();
}

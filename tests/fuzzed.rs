//! Inputs that once were too much for a reader (tests/data/fuzzed): each is read again, in little time and memory.

#[path = "../fuzz/subjects/mod.rs"]
mod subjects;

use std::path::PathBuf;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;
use subjects::SUBJECTS;

/// More than any input may take, on a machine that does other things as well.
const LONGEST: Duration = Duration::from_secs(60);
/// More than any of them may need, bytes.
const MOST_MEMORY: u64 = 1 << 30;

/// All inputs with the name of their subject, which is the name of their folder.
fn inputs() -> Vec<(String, PathBuf)> {
    let top = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/fuzzed");
    let folders = std::fs::read_dir(top)
        .unwrap()
        .map(|folder| folder.unwrap());
    let mut inputs = Vec::new();
    for folder in folders.filter(|entry| entry.path().is_dir()) {
        let subject = folder.file_name().into_string().unwrap();
        for file in std::fs::read_dir(folder.path()).unwrap() {
            inputs.push((subject.clone(), file.unwrap().path()));
        }
    }
    inputs.sort();
    inputs
}

#[test]
fn findings_are_read_or_refused() {
    for (name, path) in inputs() {
        let subject = SUBJECTS.iter().find(|subject| subject.0 == name);
        let (_, read) = subject.unwrap_or_else(|| panic!("no fuzz target `{name}`"));
        let bytes = std::fs::read(&path).unwrap();
        let (done, waiting) = channel();
        thread::spawn(move || {
            read(&bytes);
            done.send(())
        });
        match waiting.recv_timeout(LONGEST) {
            Ok(()) => {}
            // Its thread is gone without a word, and has printed why.
            Err(RecvTimeoutError::Disconnected) => panic!("{} is too much", path.display()),
            Err(RecvTimeoutError::Timeout) => {
                panic!("{} takes longer than {LONGEST:?}", path.display())
            }
        }
    }
    let peak = peak_memory();
    assert!(peak < MOST_MEMORY, "{peak} bytes");
}

/// Most memory that this process had; none is known where the system does not say it.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    1024 * kibibytes.unwrap_or(0)
}

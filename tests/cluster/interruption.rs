//! Requests to end, and a second run beside the first.

use super::fixture::save;
use super::program::{message, trimaran};
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// `prepare` that waits for more on its standard input, its folder held.
fn waiting(folder: &std::path::Path) -> Child {
    let mut command = trimaran(folder, &["prepare", "-", "-o", "out"]);
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    child
        .stdin
        .as_mut()
        .unwrap()
        .write_all(b"CCO ethanol\n")
        .unwrap();
    let end = Instant::now() + Duration::from_secs(60);
    while !folder.join("out/parameters.json").exists() {
        assert!(Instant::now() < end, "it does not begin");
        sleep(Duration::from_millis(10));
    }
    child
}

pub fn second_run() {
    let t = tempfile::tempdir().unwrap();
    save(t.path(), "x.smi", "CCO ethanol\n");
    let mut first = waiting(t.path());
    let second = || {
        trimaran(t.path(), &["prepare", "x.smi", "-o", "out"])
            .output()
            .unwrap()
    };
    let refused = second();
    let words = message(&refused);
    assert_eq!(refused.status.code(), Some(2), "{words}");
    assert!(words.contains("another process is writing here"), "{words}");
    first.kill().unwrap();
    first.wait().unwrap();
    // The lock went with the process: what is refused now is the other library.
    let words = message(&second());
    assert!(words.contains("a run with other settings"), "{words}");
}

pub fn request_to_end() {
    for signal in ["TERM", "INT"] {
        let t = tempfile::tempdir().unwrap();
        let mut child = waiting(t.path());
        let start = Instant::now();
        let id = child.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &id]).status();
        assert!(sent.unwrap().success());
        // Its standard input stays open meanwhile.
        let status = loop {
            match child.try_wait().unwrap() {
                Some(status) => break status,
                None => sleep(Duration::from_millis(10)),
            }
            assert!(start.elapsed() < Duration::from_secs(5), "it does not end");
        };
        assert_eq!(status.code(), None, "ended by the signal itself");
        let mut words = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut words)
            .unwrap();
        assert!(
            words.contains(&format!("stopped by SIG{signal}")),
            "{words}"
        );
        assert!(
            words.contains("run the same command again to go on"),
            "{words}"
        );
    }
}

//! Judging in a child process with a time limit: a driver that crashes or hangs kills the mutant, not the tool.

use crate::jury::{Files, Jury, Verdict};
use crate::mutants::Mutant;
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// The argument that makes this program a child.
pub const CHILD: &str = "--child";

/// For making the samples of a file's kernels.
const TO_BE_READY: Duration = Duration::from_secs(900);
/// Drivers keep what they have compiled: a child is replaced after so many mutants.
const MUTANTS_OF_ONE_CHILD: u32 = 400;
const READY: &str = "ready";

/// The child's life: a mutant a line in, `ready` and a verdict out.
///
/// # Errors
/// No device, or the parent is gone.
pub fn serve(device: &str, files: &Files) -> Result<()> {
    // What the jury catches need not be told.
    std::panic::set_hook(Box::new(|_| {}));
    let mut jury = Jury::new(device)?;
    for line in std::io::stdin().lines() {
        let mutant: Mutant = serde_json::from_str(&line?)?;
        let original = files.get(&mutant.file).context("no such file")?;
        let seated = jury.seat(&mutant.file, original);
        println!("{READY}");
        let verdict = match seated {
            Ok(()) => jury.judge(&mutant, original),
            Err(broken) => Verdict::Broken(broken),
        };
        println!("{}", serde_json::to_string(&verdict)?);
    }
    Ok(())
}

/// The parent's side: a child that is started when needed.
pub struct Worker {
    device: String,
    limit: Duration,
    running: Option<Running>,
}

struct Running {
    child: Child,
    input: ChildStdin,
    lines: Receiver<String>,
    judged: u32,
}

impl Worker {
    /// A worker that gives each mutant so much time.
    pub fn new(device: &str, limit: Duration) -> Self {
        let device = device.to_string();
        Self {
            device,
            limit,
            running: None,
        }
    }

    /// The verdict on a mutant.
    ///
    /// # Errors
    /// The child does not even get ready.
    pub fn judge(&mut self, mutant: &Mutant) -> Result<Verdict> {
        let mut running = match self.running.take() {
            Some(running) if running.judged < MUTANTS_OF_ONE_CHILD => running,
            old => {
                drop(old);
                Running::start(&self.device)?
            }
        };
        writeln!(running.input, "{}", serde_json::to_string(mutant)?)?;
        match running.lines.recv_timeout(TO_BE_READY) {
            Ok(line) if line == READY => {}
            other => bail!("the samples of {} cannot be made: {other:?}", mutant.file),
        }
        let verdict = match running.lines.recv_timeout(self.limit) {
            Ok(line) => serde_json::from_str(&line)?,
            Err(RecvTimeoutError::Timeout) => {
                return Ok(Verdict::Killed(format!("no end after {:?}", self.limit)));
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Ok(Verdict::Killed("the driver crashed".into()));
            }
        };
        running.judged += 1;
        self.running = Some(running);
        Ok(verdict)
    }
}

impl Running {
    fn start(device: &str) -> Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args([CHILD, "--device", device])
            // Nobody compiles a mutant twice: neither cache is worth its space.
            .env("MESA_SHADER_CACHE_DISABLE", "true")
            .env("XDG_CACHE_HOME", "/dev/null")
            // Compiling takes longer than running: lavapipe may leave out what makes kernels fast.
            .env("GALLIVM_PERF", "nopt")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let input = child.stdin.take().context("no standard input")?;
        let output = child.stdout.take().context("no standard output")?;
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Ok(Self {
            child,
            input,
            lines,
            judged: 0,
        })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

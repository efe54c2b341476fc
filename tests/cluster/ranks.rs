//! Ranks to test with: threads of this process, or this program started by `mpirun`.

use super::fixture::Fake;
use super::messages;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;
use trimaran::Result;
use trimaran::archive::Library;
use trimaran::cluster::{self, Communicator, Desk, Dismissal, Threads, follow};
use trimaran::dock::screening::{self, Options, Output, Summary, screen_by_ranks};

/// Why nothing can be started by MPI here.
pub fn mpi_is_missing() -> Option<&'static str> {
    if !cfg!(feature = "mpi") {
        return Some("built without the feature mpi");
    }
    let found = Command::new("mpirun").arg("--version").output();
    match found.is_ok_and(|ended| ended.status.success()) {
        true => None,
        false => Some("no mpirun: package openmpi-bin"),
    }
}

/// `mpirun` with so many ranks, more than there are cores if need be.
pub fn mpirun(ranks: usize) -> Command {
    let mut command = Command::new("mpirun");
    command.args(["-n", &ranks.to_string()]);
    // Of Open MPI; MPICH asks for none of these.
    command.envs([
        ("OMPI_ALLOW_RUN_AS_ROOT", "1"),
        ("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1"),
        ("OMPI_MCA_rmaps_base_oversubscribe", "1"),
    ]);
    command.stdin(Stdio::null());
    command
}

/// Runs `lead` as rank 0 and `assist` as the others, in so many threads.
pub fn by_threads<T>(
    size: usize,
    lead: impl FnOnce(&dyn Communicator) -> T,
    assist: impl Fn(&Desk) -> Result<()> + Sync,
) -> T {
    let mut ranks = Threads::ranks(size);
    let others = ranks.split_off(1);
    let assist = &assist;
    thread::scope(|scope| {
        for other in others {
            scope.spawn(move || follow(&other, assist).unwrap());
        }
        let _dismissal = Dismissal(&ranks[0]);
        lead(&ranks[0])
    })
}

fn options() -> Options {
    Options {
        top: 5,
        block: Some(3),
        records: true,
        preparation: trimaran::preparation::Options::default(),
    }
}

/// Rank 0 of a screen.
pub fn lead(
    ranks: &dyn Communicator,
    engine: &Fake,
    library: &[PathBuf],
    output: &Path,
) -> Result<Summary> {
    let library = Library::open(library)?;
    let output = Output::open(output)?;
    screen_by_ranks(ranks, engine, &library, &output, &options(), &mut |_| ())
}

/// Another one.
pub fn assist(engine: &Fake, library: &[PathBuf], output: &Path, desk: &Desk) -> Result<()> {
    let library = Library::open(library)?;
    screening::assist(engine, &library, &Output::join(output), &options(), desk)
}

/// A screen by so many threads.
pub fn screen(size: usize, engine: &Fake, library: &[PathBuf], output: &Path) -> Result<Summary> {
    by_threads(
        size,
        |ranks| lead(ranks, engine, library, output),
        |desk| assist(engine, library, output, desk),
    )
}

const CHILD: &str = "TRIMARAN_TEST_RANKS";
/// Time that a ligand takes a child.
const DELAY: Duration = Duration::from_millis(10);

/// This test program as a child that screens: by threads, or as the rank that a launcher makes it.
pub fn child(mut command: Command, threads: usize, library: &Path, output: &Path) -> Command {
    let words = format!("{threads}\n{}\n{}", library.display(), output.display());
    command.env(CHILD, words);
    command
}

/// This test program as a child that sends messages.
pub fn messenger(what: &str) -> Command {
    let mut command = mpirun(2);
    command.arg(std::env::current_exe().unwrap());
    command.env(CHILD, what);
    command
}

/// Does what a child is told to do, where this process is one.
pub fn run_as_child() -> bool {
    let Ok(words) = std::env::var(CHILD) else {
        return false;
    };
    if let "messages" | "large messages" = words.as_str() {
        messages::run_as_rank(words.starts_with("large"));
        return true;
    }
    let mut words = words.split('\n');
    let threads: usize = words.next().unwrap().parse().unwrap();
    let library = [PathBuf::from(words.next().unwrap())];
    let output = PathBuf::from(words.next().unwrap());
    let engine = Fake {
        delay: DELAY,
        gives_up_at: None,
    };
    let ended = match threads {
        0 => as_rank(&engine, &library, &output),
        size => screen(size, &engine, &library, &output).map(drop),
    };
    if let Err(error) = ended {
        eprintln!("{error}");
        std::process::exit(2);
    }
    true
}

fn as_rank(engine: &Fake, library: &[PathBuf], output: &Path) -> Result<()> {
    let ranks = cluster::world()?;
    match ranks.rank() {
        0 => {
            let _dismissal = Dismissal(&*ranks);
            lead(&*ranks, engine, library, output).map(drop)
        }
        _ => follow(&*ranks, |desk| assist(engine, library, output, desk)),
    }
}

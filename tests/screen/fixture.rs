//! What the screen tests share: small ligands and archives, a fake engine, a screen in a child process.

#![allow(dead_code, unused_imports, reason = "tests of ranks take a part of it")]

pub use super::program::{gzip, rows, save, tar};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use trimaran::archive::Library;
use trimaran::cluster::fingerprint;
use trimaran::dock::docking::Energies;
use trimaran::dock::screening::{Engine, Options, Output, Summary, screen};
use trimaran::dock::{Docking, Pose};
use trimaran::molecule::Ligand;
use trimaran::{Error, Result};

/// Energies from nothing but the ligand's name; a name with `large` does not fit the box.
pub struct Fake {
    /// Time a ligand takes.
    pub delay: Duration,
    /// Name at which the whole engine gives up.
    pub gives_up_at: Option<&'static str>,
}

pub const FAST: Fake = Fake {
    delay: Duration::ZERO,
    gives_up_at: None,
};

impl Engine for Fake {
    fn dock(&self, ligands: &[Ligand]) -> Result<Vec<Result<Docking>>> {
        std::thread::sleep(self.delay * ligands.len() as u32);
        if ligands
            .iter()
            .any(|l| self.gives_up_at == Some(l.name.as_str()))
        {
            return Err(Error::DeviceLost("the fake is tired".into()));
        }
        Ok(ligands.iter().map(docking).collect())
    }
}

fn docking(ligand: &Ligand) -> Result<Docking> {
    if ligand.name.contains("large") {
        return Err(Error::Item("larger than the box".into()));
    }
    let hash = u64::from_str_radix(&fingerprint(ligand.name.bytes()), 16).unwrap();
    let inter = -((hash % 100_003) as f64) / 9_973.0;
    let energies = Energies {
        inter,
        intra: inter / 7.0,
        torsional: 0.2983,
        ..Energies::default()
    };
    let coordinates = ligand.atoms.iter().map(|a| a.position + inter).collect();
    let pose = Pose {
        run: 0,
        coordinates,
        energies,
        cluster: 1,
        cluster_size: 2,
        rmsd_reference: None,
    };
    Ok(Docking {
        poses: vec![pose.clone(), pose],
        evaluations: hash % 1000,
        runs: Vec::new(),
        warning: None,
    })
}

/// A rigid ligand of three atoms.
pub fn ligand() -> String {
    let atom = |n, x, kind| {
        format!(
            "ATOM  {n:5}  X   LIG A   1    {x:8.3}   1.000   2.000  1.00  0.00    +0.100 {kind}\n"
        )
    };
    let atoms = [atom(1, 1.0, "C "), atom(2, 2.4, "OA"), atom(3, 3.3, "HD")].concat();
    format!("REMARK  Name = \nROOT\n{atoms}ENDROOT\nTORSDOF 0\n")
}

/// `x0.pdbqt` ... in `x.tar.gz`.
pub fn archive_of(folder: &Path, name: &str, numbers: std::ops::Range<usize>) -> PathBuf {
    let text = ligand();
    let names: Vec<String> = numbers.map(|n| format!("set/x{n}.pdbqt")).collect();
    let members: Vec<_> = names
        .iter()
        .map(|name| (name.as_str(), text.as_bytes()))
        .collect();
    save(folder, name, gzip(&tar(&members)))
}

pub fn run(
    engine: &Fake,
    library: &[PathBuf],
    output: &Path,
    block: Option<usize>,
) -> Result<Summary> {
    let library = Library::open(library)?;
    let options = Options {
        top: 5,
        block,
        records: true,
        preparation: trimaran::preparation::Options::default(),
    };
    screen(
        engine,
        &library,
        &Output::open(output)?,
        &options,
        &mut |_| (),
    )
}

/// Bytes of all final files.
pub fn finals(output: &Path) -> Vec<Vec<u8>> {
    let read = |name| std::fs::read(output.join(name)).unwrap();
    ["results.csv", "results.parquet", "top.pdbqt"]
        .map(read)
        .to_vec()
}

pub fn shared(path: &str) -> PathBuf {
    let root = std::env::var("TRIMARAN_SHARED").unwrap_or("../shared".into());
    Path::new(&root).join(path)
}

const CHILD: &str = "TRIMARAN_TEST_SCREEN";

/// This test program as a process of its own that screens `library` into `output`, 20 ms a ligand.
pub fn child(library: &Path, output: &Path, prelude: &str) -> Command {
    let mut command = Command::new("sh");
    let this = std::env::current_exe().unwrap();
    command
        .arg("-c")
        .arg(format!("{prelude} exec \"$0\""))
        .arg(this);
    command.env(
        CHILD,
        format!("{}\n{}", library.display(), output.display()),
    );
    command
}

/// Screens and ends with 0 or 2, where this process is such a child.
pub fn run_as_child() -> bool {
    let Ok(paths) = std::env::var(CHILD) else {
        return false;
    };
    let (library, output) = paths.split_once('\n').unwrap();
    let engine = Fake {
        delay: Duration::from_millis(20),
        ..FAST
    };
    if let Err(error) = run(&engine, &[library.into()], Path::new(output), Some(3)) {
        eprintln!("{error}");
        std::process::exit(2);
    }
    true
}

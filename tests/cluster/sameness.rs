//! The same bytes by any number of ranks as by one process.

use super::fixture::{FAST, Fake, archive_of, finals, gzip, ligand, run, save, tar};
use super::program::{self, LIBRARY, RECEPTOR, message};
use super::ranks::{by_threads, mpirun, screen};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use trimaran::archive::Library;
use trimaran::preparation::{self, Options, Output, Packing, assist, prepare, prepare_by_ranks};

const MOLECULES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/drugs.sdf.gz");

/// Archives, single files, models and what cannot be read.
fn mixed(folder: &Path) -> Vec<PathBuf> {
    let text = ligand();
    let models = format!("MODEL 1\n{text}ENDMDL\nMODEL 2\n{text}ENDMDL\n");
    save(folder, "folder/a.pdbqt", &text);
    save(folder, "folder/b.pdbqt", &models);
    save(
        folder,
        "folder/g.tar.gz",
        gzip(&tar(&[("g1.pdbqt", text.as_bytes())])),
    );
    save(folder, "folder/z.pdbqt", &text);
    vec![
        archive_of(folder, "x.tar.gz", 0..50),
        folder.join("folder"),
        save(folder, "noise.tar.gz", "this is no gzip"),
        archive_of(folder, "y.tar.gz", 40..61),
    ]
}

pub fn screen_by_threads() {
    let t = tempfile::tempdir().unwrap();
    let library = mixed(t.path());
    let alone = t.path().join("alone");
    let summary = run(&FAST, &library, &alone, None).unwrap();
    for ranks in [1, 2, 3, 7] {
        let output = t.path().join(format!("{ranks}"));
        let engine = Fake {
            delay: Duration::from_millis(5),
            ..FAST
        };
        let by_ranks = screen(ranks, &engine, &library, &output).unwrap();
        assert_eq!(
            (by_ranks.ligands, by_ranks.failed, by_ranks.resumed),
            (summary.ligands, summary.failed, 0)
        );
        assert_eq!(by_ranks.outcome.parts, 26);
        let workers = by_ranks.outcome.by_rank.len();
        assert_eq!(workers > 1, ranks > 1, "{workers} of {ranks} ranks work");
        assert!(finals(&alone) == finals(&output), "{ranks} ranks");
    }
    // What one process began ranks end, and the other way round.
    let summary = screen(3, &FAST, &library, &alone).unwrap();
    assert_eq!(
        (summary.resumed, summary.outcome.parts),
        (summary.ligands, 0)
    );
    let summary = run(&FAST, &library, &t.path().join("7"), None).unwrap();
    assert_eq!(summary.resumed, summary.ligands);
}

pub fn a_part_that_fails_twice() {
    let t = tempfile::tempdir().unwrap();
    let library = [archive_of(t.path(), "x.tar.gz", 0..30)];
    let tired = Fake {
        gives_up_at: Some("x7"),
        ..FAST
    };
    let output = t.path().join("out");
    let error = screen(3, &tired, &library, &output).unwrap_err();
    assert_eq!(error.exit_code(), 1);
    let error = error.to_string();
    assert!(error.contains("9 parts done, 1 failed twice"), "{error}");
    assert!(error.contains("items 6 to 8: rank "), "{error}");
    assert_eq!(error.matches("the fake is tired").count(), 2, "{error}");
    assert!(!output.join("results.csv").exists());
    let summary = screen(2, &FAST, &library, &output).unwrap();
    assert_eq!((summary.resumed, summary.ligands), (27, 30));
    let alone = t.path().join("alone");
    run(&FAST, &library, &alone, None).unwrap();
    assert!(finals(&alone) == finals(&output));
}

/// All files of a folder but those of parts, by name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let files = entries.filter(|entry| entry.path().is_file());
    let named = files.map(|file| {
        let name = file.file_name().into_string().unwrap();
        (name, fs::read(file.path()).unwrap())
    });
    named.collect()
}

/// The drugs: as SDF in two archives, in a folder with names that collide, in a file by themselves.
fn molecules(folder: &Path) -> Vec<PathBuf> {
    let sdf = fs::read(MOLECULES).unwrap();
    let many: Vec<String> = (0..20).map(|number| format!("m{number}.sdf.gz")).collect();
    let members: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &sdf[..])).collect();
    save(folder, "set/a.sdf.gz", &sdf);
    save(
        folder,
        "set/b.tar",
        tar(&[("x.sdf.gz", &sdf), ("y/x.sdf.gz", &sdf)]),
    );
    save(folder, "set/sub/a.sdf.gz", &sdf);
    save(folder, "set/a.sdf", "no molecule");
    vec![
        save(folder, "many.tar.gz", gzip(&tar(&members))),
        folder.join("set"),
        save(folder, "lone.sdf.gz", &sdf),
    ]
}

fn prepare_alone(library: &[PathBuf], output: &Path, packing: Packing) {
    let library = Library::open(library).unwrap();
    let output = Output::open(output, &library).unwrap();
    prepare(&library, &output, packing, &Options::default(), &mut |_| ()).unwrap();
}

fn prepare_threads(
    size: usize,
    library: &[PathBuf],
    folder: &Path,
    packing: Packing,
) -> preparation::Summary {
    let options = Options::default();
    let opened = Library::open(library).unwrap();
    let output = Output::open(folder, &opened).unwrap();
    let lead = |ranks: &dyn trimaran::cluster::Communicator| {
        prepare_by_ranks(ranks, &opened, &output, packing, &options, &mut |_| ()).unwrap()
    };
    by_threads(size, lead, |desk| {
        let library = Library::open(library)?;
        assist(&library, &Output::join(folder), packing, &options, desk)
    })
}

pub fn prepare_by_threads() {
    let t = tempfile::tempdir().unwrap();
    let library = molecules(t.path());
    let alone = t.path().join("alone");
    prepare_alone(&library, &alone, Packing::AsRead);
    let output = t.path().join("three");
    let summary = prepare_threads(3, &library, &output, Packing::AsRead);
    assert_eq!(summary.ligands, 81 * 25 + 1);
    // Two parts of the many, three of the folder with an archive in its middle, the archive and the file.
    assert_eq!(summary.outcome.parts, 6);
    assert!(files(&alone) == files(&output));
}

/// An archive that comes again is another one; a folder is the same, and its names go on.
pub fn named_twice_by_threads() {
    let t = tempfile::tempdir().unwrap();
    let sdf = fs::read(MOLECULES).unwrap();
    let x = save(t.path(), "x.tar", tar(&[("a.sdf.gz", &sdf)]));
    let y = save(t.path(), "y.tar", "");
    save(t.path(), "set/a.sdf.gz", &sdf);
    let set = t.path().join("set");
    let library = [&x, &set, &x, &x, &y, &x, &set].map(PathBuf::clone);
    let alone = t.path().join("alone");
    prepare_alone(&library, &alone, Packing::AsRead);
    let output = t.path().join("three");
    let summary = prepare_threads(3, &library, &output, Packing::AsRead);
    assert_eq!(summary.outcome.parts, 6);
    let archives = summary.archives.iter().map(|path| path.file_name());
    let archives: Vec<_> = archives.map(|name| name.unwrap()).collect();
    assert_eq!(archives, ["x.tar", "set.tar.gz", "x-2.tar", "x-3.tar"]);
    assert!(files(&alone) == files(&output));
}

pub fn packs_by_threads() {
    let t = tempfile::tempdir().unwrap();
    let library = molecules(t.path());
    let (alone, output) = (t.path().join("alone"), t.path().join("four"));
    prepare_alone(&library, &alone, Packing::Packs(100));
    let summary = prepare_threads(4, &library, &output, Packing::Packs(100));
    assert_eq!(summary.outcome.parts, 21);
    assert!(files(&alone) == files(&output));
}

/// The program with these arguments in a folder, alone and by two ranks.
fn both(folder: &Path, arguments: &[&str]) -> [Command; 2] {
    let alone = program::trimaran(folder, &[arguments, &["-o", "alone"]].concat());
    let mut two = mpirun(2);
    two.arg(env!("CARGO_BIN_EXE_trimaran"));
    two.args(arguments).args(["-o", "two"]);
    two.current_dir(folder)
        .env("TRIMARAN_DEVICE", program::DEVICE);
    [alone, two]
}

/// Runs both: they must end with this code, and what they say and write must be equal.
fn same_files(folder: &Path, arguments: &[&str], code: i32) {
    let ended = both(folder, arguments).map(|mut command| command.output().unwrap());
    let words = ended.each_ref().map(message);
    let codes = ended.each_ref().map(|ended| ended.status.code());
    assert!(codes == [Some(code); 2], "{codes:?}: {words:?}");
    let said = ended.map(|ended| String::from_utf8(ended.stdout).unwrap());
    assert_eq!(said[0].replace("alone/", "two/"), said[1]);
    assert!(files(&folder.join("alone")) == files(&folder.join("two")));
}

pub fn screen_by_mpi() {
    let t = tempfile::tempdir().unwrap();
    let place = ["--center", "9.5,16.3,8.5", "--size", "20,20,20"];
    let search = ["--runs", "1", "--evals", "500", "--block", "5"];
    let inputs = ["screen", RECEPTOR, LIBRARY];
    same_files(t.path(), &[&inputs[..], &place, &search].concat(), 0);
}

pub fn prepare_by_mpi() {
    let t = tempfile::tempdir().unwrap();
    molecules(t.path());
    // One record is no molecule.
    same_files(
        t.path(),
        &["prepare", "many.tar.gz", "set", "lone.sdf.gz"],
        1,
    );
}

/// What stops rank 0 is said once, and ends all.
pub fn bad_start_by_mpi() {
    let t = tempfile::tempdir().unwrap();
    for library in ["none.sdf", "-"] {
        let [_, mut two] = both(t.path(), &["prepare", library]);
        let ended = two.output().unwrap();
        let message = message(&ended);
        assert_eq!(ended.status.code(), Some(2), "{message}");
        assert_eq!(message.matches("trimaran: ").count(), 1, "{message}");
    }
}

//! What each reader does with bytes that may be anything: the bodies of the fuzz targets, and of the test that tries
//! every input which once was too much for one of them.
//!
//! A subject panics where a reader does, and where what was read contradicts itself.

#![allow(dead_code, reason = "a fuzz target takes one of them")]

mod libraries;
mod molecules;
mod numbers;

pub use libraries::{archive, maps};
pub use molecules::{mol2, pdbqt, receptor, sdf, smarts, smiles};
pub use numbers::{integer_lines, npy, tbi};

/// A subject by its name.
pub type Subject = (&'static str, fn(&[u8]));

/// All of them, by the names of their targets.
pub const SUBJECTS: [Subject; 11] = [
    ("archive", archive),
    ("integer_lines", integer_lines),
    ("maps", maps),
    ("mol2", mol2),
    ("npy", npy),
    ("pdbqt", pdbqt),
    ("receptor", receptor),
    ("sdf", sdf),
    ("smarts", smarts),
    ("smiles", smiles),
    ("tbi", tbi),
];

/// Writes a file of these bytes, in memory where the system can, and hands on its path.
fn with_file(ending: &str, bytes: &[u8], then: impl FnOnce(&std::path::Path)) {
    let memory = std::path::Path::new("/dev/shm");
    let folder = match memory.is_dir() {
        true => tempfile::tempdir_in(memory),
        false => tempfile::tempdir(),
    };
    let folder = folder.expect("a folder for temporary files");
    let path = folder.path().join(format!("x{ending}"));
    std::fs::write(&path, bytes).expect("room for a temporary file");
    then(&path);
}

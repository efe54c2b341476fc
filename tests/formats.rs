//! Real files of the shared data set go through the readers and writers; ignored where the data set is absent.

use flate2::read::GzDecoder;
use libtest_mimic::{Arguments, Failed, Trial};
use std::io::Read;
use std::path::{Path, PathBuf};
use trimaran::formats::{maps, pdbqt};
use trimaran::molecule::interactions::nonbonded_pairs;

fn main() {
    let shared =
        std::env::var_os("TRIMARAN_SHARED").map_or(PathBuf::from("../shared"), PathBuf::from);
    let docking = shared.join("data/docking");
    let reason = if docking.is_dir() {
        ""
    } else {
        " (no TRIMARAN_SHARED data)"
    };
    let trial = |name: &str, test: fn(&Path) -> Result<(), Failed>| {
        let docking = docking.clone();
        Trial::test(format!("{name}{reason}"), move || test(&docking))
            .with_ignored_flag(!reason.is_empty())
    };
    let trials = vec![
        trial("pdbqt::complexes", complexes),
        trial("pdbqt::library", library),
        trial("pdbqt::mutated_files_never_panic", mutated),
        trial("maps::golden", golden_maps),
        trial("interactions::known_counts", pair_counts),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

/// Reads a ligand and checks that its poses are written as its file has them.
fn round_trip(text: &str, name: &str) -> Result<(), Failed> {
    for ligand in pdbqt::read_ligands(text, name)? {
        let positions: Vec<_> = ligand.atoms.iter().map(|atom| atom.position).collect();
        let again = pdbqt::write_pose(&ligand, &positions);
        for line in again.lines().filter(|line| line.starts_with("ATOM")) {
            if !text.contains(line) {
                return Err(format!("{name}: `{line}` is not in the file").into());
            }
        }
    }
    Ok(())
}

fn complexes(docking: &Path) -> Result<(), Failed> {
    let mut folders = 0;
    for folder in std::fs::read_dir(docking.join("redock"))? {
        let folder = folder?.path();
        if !folder.is_dir() {
            continue;
        }
        folders += 1;
        let receptor = std::fs::read_to_string(folder.join("protein.pdbqt"))?;
        pdbqt::read_receptor(&receptor, "protein.pdbqt")?;
        for name in ["flex-xray.pdbqt", "rand-0.pdbqt"] {
            round_trip(&std::fs::read_to_string(folder.join(name))?, name)?;
        }
    }
    if folders == 27 {
        Ok(())
    } else {
        Err(format!("{folders} complexes where 27 are").into())
    }
}

fn library(docking: &Path) -> Result<(), Failed> {
    let archive = std::fs::File::open(docking.join("screen/def/ligands.tar.gz"))?;
    let mut ligands = 0;
    for member in tar::Archive::new(GzDecoder::new(archive)).entries()? {
        let mut member = member?;
        if member.header().entry_type().is_file() {
            let mut text = String::new();
            member.read_to_string(&mut text)?;
            round_trip(&text, &member.path()?.to_string_lossy())?;
            ligands += 1;
        }
    }
    if ligands == 5798 {
        Ok(())
    } else {
        Err(format!("{ligands} ligands where 5798 are").into())
    }
}

/// Bytes of a real ligand and receptor are overwritten, one place after another.
fn mutated(docking: &Path) -> Result<(), Failed> {
    let bytes = std::fs::read(docking.join("redock/1hnn/flex-xray.pdbqt"))?;
    for at in 0..bytes.len() {
        for byte in [0, b' ', b'\n', b'-', b'9', b'A', 0xc3, 0xff] {
            let mut bytes = bytes.clone();
            bytes[at] = byte;
            let text = String::from_utf8_lossy(&bytes);
            let _ = pdbqt::read_ligands(&text, "x");
            let _ = pdbqt::read_receptor(&text, "x");
        }
        let _ = pdbqt::read_ligands(&String::from_utf8_lossy(&bytes[..at]), "x");
    }
    Ok(())
}

/// Pairs that AutoDock4 counts; for 7cpa with the carbon-phosphorus bond that it misses.
fn pair_counts(docking: &Path) -> Result<(), Failed> {
    for (name, wanted) in [("1hnn", 49), ("1t46", 582), ("7cpa", 726)] {
        let text =
            std::fs::read_to_string(docking.join("redock").join(name).join("flex-xray.pdbqt"))?;
        let pairs = nonbonded_pairs(&pdbqt::read_ligands(&text, name)?[0]).len();
        if pairs != wanted {
            return Err(format!("{name}: {pairs} pairs where {wanted} are").into());
        }
    }
    Ok(())
}

fn golden_maps(docking: &Path) -> Result<(), Failed> {
    let golden = docking.join("golden_maps/full/1ac8");
    let folder = tempfile::tempdir()?;
    for entry in std::fs::read_dir(&golden)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let bytes = std::fs::read(&path)?;
        match name.strip_suffix(".gz") {
            Some(plain) => {
                let mut file = std::fs::File::create(folder.path().join(plain))?;
                std::io::copy(&mut GzDecoder::new(&bytes[..]), &mut file)?;
            }
            None => std::fs::write(folder.path().join(&name), bytes)?,
        }
    }
    let theirs = maps::read(&folder.path().join("protein.maps.fld"))?;
    maps::write(&folder.path().join("again"), &theirs)?;
    let ours = maps::read(&folder.path().join("again.maps.fld"))?;
    let equal = theirs.grid == ours.grid
        && theirs.types == ours.types
        && theirs.affinity == ours.affinity
        && theirs.electrostatic == ours.electrostatic
        && theirs.desolvation == ours.desolvation;
    if !equal {
        return Err("the maps differ after writing and reading".into());
    }
    let same_header = |name: &str| -> std::io::Result<Vec<String>> {
        let text = std::fs::read_to_string(folder.path().join(name))?;
        let lines = text.replace("again", "protein");
        Ok(lines
            .lines()
            .filter(|line| !line.contains("Created by") && !line.contains("component label"))
            .map(str::to_string)
            .collect())
    };
    if same_header("protein.maps.fld")? != same_header("again.maps.fld")? {
        return Err("the .maps.fld is laid out differently".into());
    }
    Ok(())
}

//! `trimaran maps`: make AutoGrid-compatible affinity maps.

use super::{Global, device};
use crate::dock::maps::{compute, grid_from_box};
use crate::formats::{maps, pdbqt};
use crate::molecule::{AtomType, Receptor};
use crate::{Error, Result};
use glam::DVec3;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// Make AutoGrid-compatible affinity maps
#[derive(clap::Args)]
pub struct Maps {
    /// Receptor with charges and AutoDock4 types (PDBQT)
    receptor: PathBuf,
    /// Centre of the box, Angstrom
    #[arg(long, value_name = "X,Y,Z", value_parser = three, allow_hyphen_values = true)]
    center: DVec3,
    /// Lengths of the box, Angstrom
    #[arg(long, value_name = "X,Y,Z", value_parser = three, allow_hyphen_values = true)]
    size: DVec3,
    /// Distance between grid points, Angstrom
    #[arg(long, default_value_t = 0.375)]
    spacing: f64,
    /// Atom types to make maps for
    #[arg(
        long,
        value_name = "A,C,...",
        value_delimiter = ',',
        conflicts_with = "ligand"
    )]
    types: Vec<String>,
    /// Make maps for the atom types of this ligand (PDBQT)
    #[arg(long, value_name = "FILE", required_unless_present = "types")]
    ligand: Option<PathBuf>,
    /// Maps are PREFIX.TYPE.map, with PREFIX.maps.fld beside them
    #[arg(short, long, value_name = "PREFIX")]
    output: PathBuf,
}

/// What `--json` prints.
#[derive(serde::Serialize)]
struct Report {
    device: String,
    points: [usize; 3],
    spacing: f64,
    types: Vec<&'static str>,
    maps: PathBuf,
    seconds: f64,
}

impl Maps {
    /// Runs the subcommand.
    pub fn run(self, global: &Global) -> anyhow::Result<ExitCode> {
        let started = Instant::now();
        let types = self.atom_types()?;
        if let Some(folder) = self.output.parent() {
            std::fs::create_dir_all(folder).map_err(Error::at(folder))?;
        }
        // Opening a device takes as long as reading a receptor: do both at once.
        let open = device::opener(global);
        let (gpu, receptor) = rayon::join(open, || read_receptor(&self.receptor));
        let (gpu, receptor) = (gpu?, receptor?);
        let grid = grid_from_box(self.center, self.size, self.spacing, &receptor)?;
        let made = compute(&gpu, &receptor, grid, &types)?;
        maps::write(&self.output, &made)?;
        let report = Report {
            device: gpu.adapter().name.clone(),
            points: grid.points,
            spacing: grid.spacing,
            types: types.iter().map(|kind| kind.name()).collect(),
            maps: fld(&self.output),
            seconds: started.elapsed().as_secs_f64(),
        };
        device::finish(&gpu, global)?;
        report.print(global)?;
        Ok(ExitCode::SUCCESS)
    }

    /// The types asked for, each once.
    fn atom_types(&self) -> Result<Vec<AtomType>> {
        let mut types = match &self.ligand {
            Some(file) => ligand_types(file)?,
            None => named_types(&self.types)?,
        };
        let mut seen = Vec::new();
        types.retain(|kind| {
            !seen.contains(kind) && {
                seen.push(*kind);
                true
            }
        });
        Ok(types)
    }
}

impl Report {
    fn print(&self, global: &Global) -> anyhow::Result<()> {
        use std::io::Write;
        let mut out = std::io::stdout().lock();
        let [x, y, z] = self.points;
        if global.json {
            writeln!(out, "{}", serde_json::to_string(self)?)?;
        } else if !global.quiet {
            let (maps, seconds) = (self.maps.display(), self.seconds);
            let types = self.types.join(" ");
            writeln!(
                out,
                "{maps}: {x} x {y} x {z} points, types {types} ({seconds:.2} s, {})",
                self.device
            )?;
        }
        Ok(())
    }
}

fn fld(prefix: &Path) -> PathBuf {
    let mut path = prefix.as_os_str().to_owned();
    path.push(".maps.fld");
    path.into()
}

fn read_receptor(path: &Path) -> Result<Receptor> {
    let text = std::fs::read_to_string(path).map_err(Error::at(path))?;
    pdbqt::read_receptor(&text, &path.to_string_lossy())
}

fn ligand_types(path: &Path) -> Result<Vec<AtomType>> {
    let text = std::fs::read_to_string(path).map_err(Error::at(path))?;
    let ligands = pdbqt::read_ligands(&text, &path.to_string_lossy())?;
    let atoms = ligands.iter().flat_map(|ligand| &ligand.atoms);
    Ok(atoms.map(|atom| atom.kind).collect())
}

fn named_types(names: &[String]) -> Result<Vec<AtomType>> {
    let known = || {
        AtomType::all()
            .map(AtomType::name)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let named = |name: &String| {
        AtomType::from_name(name.trim()).ok_or_else(|| {
            Error::Usage(format!("no atom type `{name}`: AutoDock4 has {}", known()))
        })
    };
    names.iter().map(named).collect()
}

/// Three numbers with commas between.
fn three(text: &str) -> std::result::Result<DVec3, String> {
    let numbers: std::result::Result<Vec<f64>, _> = text
        .split(',')
        .map(|number| number.trim().parse())
        .collect();
    match numbers.as_deref() {
        Ok([x, y, z]) => Ok(DVec3::new(*x, *y, *z)),
        _ => Err("three numbers with commas between are needed, such as 1.5,-2,30".to_string()),
    }
}

//! `trimaran maps`: make AutoGrid-compatible affinity maps.

use super::search_space::{SPACING, length, lengths, position};
use super::{Global, device, site};
use crate::dock::maps::{compute, grid_from_box};
use crate::dock::site::types_of;
use crate::formats::maps;
use crate::molecule::AtomType;
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
    #[arg(long, value_name = "X,Y,Z", value_parser = position, allow_hyphen_values = true)]
    center: DVec3,
    /// Lengths of the box, Angstrom
    #[arg(long, value_name = "X,Y,Z", value_parser = lengths, allow_hyphen_values = true)]
    size: DVec3,
    /// Distance between grid points, Angstrom
    #[arg(long, default_value_t = SPACING, value_parser = length)]
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
        // Opening a device takes as long as reading a receptor: do both at once.
        let open = device::opener(global);
        let (gpu, receptor) = rayon::join(open, || site::receptor(&self.receptor));
        let receptor = receptor?;
        let grid = grid_from_box(self.center, self.size, self.spacing, &receptor)?;
        let gpu = gpu?;
        if let Some(folder) = self.output.parent() {
            std::fs::create_dir_all(folder).map_err(Error::at(folder))?;
        }
        maps::write(&self.output, &compute(&gpu, &receptor, grid, &types)?)?;
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

    /// The types asked for, each once, in the order of the parameter table.
    fn atom_types(&self) -> Result<Vec<AtomType>> {
        match &self.ligand {
            Some(file) => Ok(types_of(&site::ligands(file)?)),
            None => named_types(&self.types),
        }
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
    let mut types = names.iter().map(named).collect::<Result<Vec<_>>>()?;
    types.sort();
    types.dedup();
    Ok(types)
}

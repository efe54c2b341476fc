//! The option that says how poses are written.

use clap::ValueEnum;

/// How poses are written.
#[derive(clap::Args)]
pub struct PoseOptions {
    /// Write poses as PDBQT alone, or as SDF too, with bonds, all hydrogens, and energies as data fields
    #[arg(long, value_enum, default_value_t = PoseFormat::Pdbqt, value_name = "FORMAT")]
    pub poses: PoseFormat,
}

/// Formats of poses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PoseFormat {
    /// AutoDock's PDBQT
    Pdbqt,
    /// PDBQT, and SDF beside it
    Sdf,
}

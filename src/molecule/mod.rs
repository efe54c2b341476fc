//! Molecules as docking sees them: typed, charged atoms; a receptor; a ligand with its torsion tree.

mod assignment;
pub mod atom_type;
mod automorphisms;
pub mod bonds;
pub mod graph;
pub mod interactions;
pub mod parameters;
pub mod pattern;
pub mod perception;
pub mod preparation;
pub mod refusal;
pub mod smiles;
pub mod symmetry;
pub mod topology;

pub use atom_type::AtomType;
pub use topology::{Fragment, TorsionTree};

use glam::DVec3;

/// One atom of a receptor or ligand.
#[derive(Clone, Debug, PartialEq)]
pub struct Atom {
    /// Number of the atom in its file.
    pub serial: u32,
    /// Name in its residue, such as `CA`.
    pub name: String,
    /// Residue name, such as `ASP`.
    pub residue: String,
    /// Position in Angstrom.
    pub position: DVec3,
    /// Partial charge in elementary charges.
    pub charge: f64,
    /// AutoDock4 atom type.
    pub kind: AtomType,
}

/// A rigid receptor.
#[derive(Clone, Debug)]
pub struct Receptor {
    /// File name without its folder and extension.
    pub name: String,
    /// All atoms, in file order.
    pub atoms: Vec<Atom>,
}

/// A ligand with its torsion tree.
#[derive(Clone, Debug)]
pub struct Ligand {
    /// `REMARK Name = ...` where the file has it and it is not a placeholder, else the file or member name.
    pub name: String,
    /// Atoms ordered so that every fragment's own atoms are contiguous and parents come before children.
    pub atoms: Vec<Atom>,
    /// Rigid fragments and the rotatable bonds between them.
    pub torsions: TorsionTree,
    /// `TORSDOF` of the file: the count that the torsional free energy uses.
    pub torsdof: f64,
    /// The file's lines, to write poses back with the same records: `Line::Atom(i)` stands for atom `i`.
    pub lines: Vec<Line>,
}

/// One line of a ligand's file.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    /// The record of atom `i` of `Ligand::atoms`: text before the coordinates (columns 1-30) and after (55-).
    Atom {
        /// Index into `Ligand::atoms`.
        index: usize,
        /// Columns 1-30.
        before: String,
        /// Columns from 55.
        after: String,
    },
    /// Any other record, kept as it is.
    Other(String),
}

#[cfg(test)]
mod from_smiles_tests;

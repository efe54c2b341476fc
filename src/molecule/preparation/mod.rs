//! From a drawn molecule to a ligand that docking takes: types, charges, torsions, PDBQT.

mod charge_parameters;
pub mod charges;
pub mod types;

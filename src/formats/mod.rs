//! File formats, one file each: text to domain and back, without a GPU.

mod coordinate;
mod decimal;
pub mod dlg;
pub mod integers;
mod lines;
pub mod maps;
pub mod mol2;
pub mod pdbqt;
pub mod sdf;
pub mod smiles;

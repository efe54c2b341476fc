//! File formats, one file each: text to domain and back, without a GPU.

pub mod dlg;
pub mod integers;
pub mod maps;
pub mod pdbqt;

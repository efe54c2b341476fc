//! Docking: maps, scoring, search, clustering, screening. Calls kernels, never the GPU library.

pub mod budget;
pub mod clustering;
pub mod docking;
pub mod engine;
mod fit;
pub mod ligand_topology;
mod map_box;
mod map_edges;
mod map_probes;
pub mod maps;
pub mod pose_records;
pub mod pose_table;
mod receptor_bonding;
pub mod refinement;
pub mod rescoring;
pub mod result_files;
pub mod screening;
pub mod search;
pub mod site;

pub use docking::{Docking, Pose, Settings};

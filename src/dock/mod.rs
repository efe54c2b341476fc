//! Docking: maps, scoring, search, clustering, screening. Calls kernels, never the GPU library.

mod map_edges;
mod receptor_bonding;
pub mod budget;
pub mod clustering;
pub mod docking;
pub mod engine;
pub mod ligand_topology;
pub mod maps;
pub mod pose_table;
pub mod refinement;
pub mod rescoring;
pub mod result_files;
pub mod screening;
pub mod search;
pub mod site;

pub use docking::{Docking, Pose, Settings};

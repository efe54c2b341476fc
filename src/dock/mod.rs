//! Docking: maps, scoring, search, clustering, screening. Calls kernels, never the GPU library.

pub mod clustering;
pub mod docking;
mod map_edges;
pub mod maps;
mod receptor_bonding;

pub use docking::{Docking, Pose, Settings};

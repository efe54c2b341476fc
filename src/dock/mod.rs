//! Docking: maps, scoring, search, clustering, screening. Calls kernels, never the GPU library.

pub mod clustering;
pub mod docking;
pub mod screening;

pub use docking::{Docking, Pose, Settings};

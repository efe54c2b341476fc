//! Docking's formulas on lanes of the CPU: one file for each text of `shaders/lib`, and one pose a lane.

pub mod ad4_pairs;
pub mod affinity_grid;
pub mod ligand;
pub mod pose_energy;
pub mod quaternion;
pub mod vector;

//! Bodies of the docking kernels for the host's processor: the text of shaders/lib and shaders/dock in Rust, one file
//! for each, over as many lanes as its vectors have.

pub mod ad4_pairs;
pub mod adadelta;
pub mod affinity_grid;
pub mod affinity_maps;
pub mod angles;
mod bond_shapes;
pub mod breed;
pub mod census;
pub mod champion_poses;
mod displacement;
pub mod field_maps;
mod lattice_nodes;
pub mod ligand;
pub mod local_search;
pub mod long_range_potential;
mod map_points;
pub mod pose_energy;
pub mod quaternion;
pub mod random;
pub mod score_poses;
pub mod search_state;
mod slot_sums;
pub mod solis_wets;
mod team;
mod tiles;
pub mod vector;
mod wells;

#[cfg(test)]
mod bounds_tests;

//! Kernels of molecular docking.

pub mod ad4_pairs;
pub mod adadelta;
pub mod affinity_grid;
pub mod affinity_maps;
pub mod breed;
pub mod census;
pub mod champion_poses;
pub mod descent;
pub mod field_maps;
pub mod local_search;
pub mod long_range_potential;
pub mod map_points;
pub mod map_slabs;
pub mod neighborhoods;
pub mod pose_energy;
pub mod pose_rounding;
pub mod random;
pub mod score_poses;
pub mod search_buffers;
pub mod search_state;
pub mod snapshot;
pub mod solis_wets;
pub mod synthetic;
pub mod synthetic_maps;
pub mod topology;

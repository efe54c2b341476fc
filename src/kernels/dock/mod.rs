//! Kernels of molecular docking.

pub mod affinity_maps;
pub mod field_maps;
pub mod long_range_potential;
pub mod map_points;
pub mod random;

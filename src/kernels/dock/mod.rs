//! Kernels of molecular docking.

pub mod random;

//! Kernels of molecular docking.

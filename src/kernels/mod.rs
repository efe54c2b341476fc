//! The one list of kernels, and one file for each.

pub mod dock;

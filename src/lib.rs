//! trimaran: molecular docking and integers of any length (later dynamics) as compute kernels on any GPU, and on the processor.
//!
//! The map, top to bottom; each room knows only those below it:
//! - [`cli`] one file a subcommand;
//! - [`dock`] what docking is: maps, scoring, search, clustering, screening;
//! - [`bigint`] arithmetic on arrays of integers: expressions, reductions, routes;
//! - [`check`] every kernel on every adapter against its twin;
//! - [`preparation`] drawn molecules to ligands: a library in archives to PDBQT in archives;
//! - [`archive`], [`cluster`], [`report`] streams in, parts and resume, tables out;
//! - [`formats`] text to domain and back, [`molecule`] atoms, types, torsion trees, [`integers`] arrays of
//!   integers: no GPU here;
//! - [`kernels`] one file a kernel, beside its shader in `shaders/`, with its f64 twin and its body for the processor;
//! - [`lanes`] numbers in vector registers, for kernels on the CPU;
//! - [`gpu`] devices and what they run; the only room that names wgpu and naga; [`twin`] a kernel beside its reference;
//! - [`error`] the one error type, [`whole_file`] files that appear whole or not at all: any room may use these.

pub mod archive;
pub mod bigint;
pub mod check;
pub mod cli;
pub mod cluster;
pub mod dock;
pub mod error;
pub mod formats;
pub mod gpu;
pub mod integers;
pub mod kernels;
pub mod lanes;
pub mod molecule;
pub mod preparation;
pub mod report;
pub mod twin;
pub mod whole_file;

pub use error::{Error, Result};

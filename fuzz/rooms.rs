//! The rooms that read files and know no device, as a crate of their own: kernels and drivers need not be built.

#[path = "../src/archive/mod.rs"]
pub mod archive;
#[path = "../src/cluster/mod.rs"]
pub mod cluster;
#[path = "../src/error.rs"]
pub mod error;
#[path = "../src/formats/mod.rs"]
pub mod formats;
#[path = "../src/integers/mod.rs"]
pub mod integers;
#[path = "../src/molecule/mod.rs"]
pub mod molecule;
#[path = "../src/preparation/mod.rs"]
pub mod preparation;
#[path = "../src/whole_file.rs"]
pub mod whole_file;

pub use error::{Error, Result};

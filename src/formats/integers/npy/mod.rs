//! NumPy's `.npy` files of unsigned limbs: shape (n,), a number each, or (n, k), k limbs a number, the lowest first;
//! dtype u1, u2, u4 or u8, little-endian, in C order (numpy.lib.format, versions 1 to 3).

mod header;
mod read;
mod write;

pub use read::Reader;
pub use write::Writer;

/// First bytes of a file.
pub const MAGIC: &[u8] = b"\x93NUMPY";

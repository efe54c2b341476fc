//! Arrays of signed integers of any length: how they lie in memory, how they are written. No arithmetic, no GPU.
//!
//! Magnitudes are limbs of 32 bits, the lowest first, one number behind the other; offsets say where each begins and a
//! bit says which are negative. That a limb has 32 bits is for the shaders: their words have 32, so that limbs are
//! uploaded as they lie and a kernel that transposes reads word `offsets[i] + w`. A host that computes with 64 bits
//! takes them in pairs. A number of 8 bytes or less costs no more than it must, which limbs of 64 bits would double.

mod array;
mod integer;
mod text;
mod view;

pub use array::Array;
pub use integer::{Integer, LIMB_BITS};
pub use text::{parse, push_text, write_decimal, write_hexadecimal};
pub use view::View;

#[cfg(test)]
mod tests;

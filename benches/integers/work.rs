//! What each kernel has to do for a number: products it cannot do without, and bytes in and out.

use super::roofline::Instruction::{self, Digits, Limbs};

/// The work for one number of a kernel.
pub struct Work {
    pub instruction: Instruction,
    pub products: f64,
    pub bytes: f64,
}

/// The work of a kernel for a number of so many words, where limbs have so many bits.
pub fn work(kernel: &str, words: usize, limb_bits: usize) -> Work {
    let native = limb_bits != 12;
    let limbs = match native {
        true => (32 * words).div_ceil(limb_bits) as f64,
        // The text has groups of eight limbs in three words, and a word more than the number.
        false => 8.0 * (words + 1).div_ceil(3) as f64,
    };
    // Limbs of 52 bits are multiplied by halves of their products.
    let halves = if limb_bits == 52 { 2.0 } else { 1.0 };
    let product = halves * limbs * limbs;
    // A digit of 64 bits is two words; of words, a product is four of 16 bits.
    let (digits, parts) = match native {
        true => (words as f64 / 2.0, 1.0),
        false => (words as f64, 4.0),
    };
    let (instruction, products, in_and_out) = match kernel {
        "multiply" => (Limbs, product, 4 * words),
        "montgomery" => (Limbs, 2.0 * product, 3 * words),
        // For four bits of the exponent four squares and a product, each reduced; half of a square comes twice.
        "power" => {
            let square = if native { 0.5 } else { 1.0 };
            let four_bits = (4.0 * square + 1.0 + 5.0) * product;
            (Limbs, 8.0 * words as f64 * four_bits, 3 * words)
        }
        "divide" => (Digits, parts * digits * digits, 6 * words),
        // A step takes at most one bit from both numbers together, whose lengths are half of what they were on average.
        "gcd" => {
            let steps = if native { 62.0 } else { 30.0 };
            let passes = 64.0 * words as f64 / steps;
            (Digits, parts * passes * 4.0 * digits / 2.0, 3 * words)
        }
        "columns" => (Digits, parts * digits * digits, 8 * words),
        "carry" => (Digits, 0.0, 8 * words),
        "compare" => (Digits, 0.0, 2 * words + 3),
        // Sums and extremes.
        _ => (Digits, 0.0, 3 * words + 3),
    };
    Work {
        instruction,
        products,
        bytes: 4.0 * in_and_out as f64,
    }
}

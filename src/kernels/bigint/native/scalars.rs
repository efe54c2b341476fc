//! Numbers of a body that does one after another: words two and two in 64 bits, taken out of rows and put back.

use super::operands::Operand;
use crate::gpu::Strip;

/// A number's words two and two in 64 bits, so many words of it.
pub fn load(operand: &Operand, [words, number]: [usize; 2], digits: &mut [u64]) {
    for (k, digit) in digits.iter_mut().enumerate() {
        let word = |k: usize| match k < words {
            true => u64::from(operand.word(k, number)),
            false => 0,
        };
        *digit = word(2 * k) | word(2 * k + 1) << 32;
    }
}

/// [`load`] undone, into the column `at` of a strip.
pub fn store(strip: &mut Strip, [words, at]: [usize; 2], digits: &[u64]) {
    for k in 0..words {
        let digit = digits.get(k / 2).copied().unwrap_or(0);
        if let Some(word) = strip.row(k).get_mut(at) {
            *word = (digit >> (32 * (k % 2))) as u32;
        }
    }
}

/// The number of digits without zeros at the top.
pub fn length(digits: &[u64]) -> usize {
    let last = digits.iter().rposition(|digit| *digit != 0);
    last.map_or(0, |last| last + 1)
}

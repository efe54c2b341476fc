//! Numbers of a body that does one after another: words two and two in 64 bits, taken out of rows and put back.

use super::operands::Operand;
use crate::gpu::Strip;

/// Digits of 64 bits of a group of numbers, so many of each, one number after another.
pub struct Numbers {
    digits: Vec<u64>,
    of_each: usize,
}

impl Numbers {
    /// Zeros: so many numbers of so many digits.
    pub fn zeros(count: usize, of_each: usize) -> Self {
        Numbers {
            digits: vec![0; count * of_each],
            of_each,
        }
    }

    /// So many words of each of so many numbers from this one on, with room for so many digits.
    pub fn load(operand: &Operand, [words, first, count]: [usize; 3], of_each: usize) -> Self {
        let mut numbers = Numbers::zeros(count, of_each);
        for k in 0..words {
            let digits = numbers.digits.iter_mut().skip(k / 2).step_by(of_each);
            let shift = 32 * (k % 2);
            match operand.row(k, [first, count]) {
                Some(row) => {
                    for (digit, word) in digits.zip(row) {
                        *digit |= u64::from(*word) << shift;
                    }
                }
                None => {
                    for (number, digit) in digits.enumerate() {
                        *digit |= u64::from(operand.word(k, first + number)) << shift;
                    }
                }
            }
        }
        numbers
    }

    /// Writes so many words of each to the rows of a strip, a number a column.
    pub fn store(&self, strip: &mut Strip, words: usize) {
        for k in 0..words {
            let digits = self.digits.iter().skip(k / 2).step_by(self.of_each);
            for (word, digit) in strip.row(k).iter_mut().zip(digits) {
                *word = (*digit >> (32 * (k % 2))) as u32;
            }
        }
    }

    /// The digits of each number.
    pub fn each(&mut self) -> impl Iterator<Item = &mut [u64]> {
        self.digits.chunks_exact_mut(self.of_each)
    }
}

/// The number of digits without zeros at the top.
pub fn length(digits: &[u64]) -> usize {
    let last = digits.iter().rposition(|digit| *digit != 0);
    last.map_or(0, |last| last + 1)
}

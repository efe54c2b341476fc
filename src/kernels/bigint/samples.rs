//! Numbers that hurt: all zeros, all ones, bits at the borders of words and limbs, long runs, and random ones.

use super::schoolbook;
use crate::kernels::dock::random::philox;

/// Widths of limbs whose borders the samples visit.
const LIMBS: [usize; 8] = [12, 13, 16, 26, 28, 30, 32, 52];

/// Random words, keyed by seed and purpose.
pub struct Draws {
    key: [u32; 2],
    purpose: u32,
    count: u32,
}

impl Draws {
    /// The stream of a seed and a purpose.
    pub fn new(seed: u64, purpose: u32) -> Self {
        Draws {
            key: [seed as u32, (seed >> 32) as u32],
            purpose,
            count: 0,
        }
    }

    /// The next word.
    pub fn word(&mut self) -> u32 {
        self.count += 1;
        philox([self.count, self.purpose, 0, 0], self.key)[0]
    }

    /// The next number of so many words, all bits random.
    pub fn random(&mut self, words: usize) -> Vec<u32> {
        (0..words).map(|_| self.word()).collect()
    }

    /// Runs of equal bits, of any length up to a third of the number.
    fn runs(&mut self, words: usize) -> Vec<u32> {
        let (mut number, mut at, mut bit) = (vec![0; words], 0, self.word() & 1);
        while at < 32 * words {
            let length = 1 + self.word() as usize % (11 * words);
            for place in at..(at + length).min(32 * words) {
                number[place / 32] |= bit << (place % 32);
            }
            (at, bit) = (at + length, bit ^ 1);
        }
        number
    }

    /// The next number of so many words, of the kind that `kind` counts through.
    pub fn number(&mut self, words: usize, kind: usize) -> Vec<u32> {
        let place = self.border(words);
        let mut single = vec![0; words];
        if let Some(word) = single.get_mut(place / 32) {
            *word = 1 << (place % 32);
        }
        match kind % 8 {
            _ if words == 0 => single,
            0 => vec![0; words],
            1 => vec![u32::MAX; words],
            2 => single,
            // All ones below a border.
            3 => schoolbook::subtract(&single, &[1]),
            4 => self.runs(words),
            // Short: zero words at the top.
            5 => {
                let mut number = self.random(words);
                let len = self.word() as usize % (words + 1);
                number[len..].fill(0);
                number
            }
            _ => self.random(words),
        }
    }

    /// A bit at the border of a limb, within so many words.
    pub(super) fn border(&mut self, words: usize) -> usize {
        let limb = LIMBS[self.word() as usize % LIMBS.len()];
        let limbs = (32 * words).div_ceil(limb).max(1);
        let place = limb * (self.word() as usize % limbs);
        place.min((32 * words).saturating_sub(1))
    }

    /// So many numbers, of all kinds in turn.
    pub fn numbers(&mut self, words: usize, count: usize) -> Vec<Vec<u32>> {
        (0..count).map(|i| self.number(words, i)).collect()
    }

    /// So many numbers for the other operand: each kind meets each, and a few pairs are not of the same kind.
    pub fn others(&mut self, words: usize, count: usize) -> Vec<Vec<u32>> {
        let kind = |i: usize| i + i / 8 + 4;
        (0..count).map(|i| self.number(words, kind(i))).collect()
    }
}

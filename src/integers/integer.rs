//! One number of an array: a sign and limbs that lie elsewhere.

use dashu_int::{IBig, Sign, Word};
use std::cmp::Ordering;

/// Bits of a limb.
pub const LIMB_BITS: u64 = 32;

/// Words that a conversion keeps on the stack: numbers of 4096 bits on most machines.
const STACK_WORDS: usize = 64;

/// A borrowed number. Zero has no limbs and is not negative; the last limb is never zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Integer<'a> {
    /// Whether it is below zero.
    pub negative: bool,
    /// Its magnitude, the lowest limb first.
    pub limbs: &'a [u32],
}

impl Integer<'_> {
    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.limbs.is_empty()
    }

    /// Bits of the magnitude; 0 for zero.
    pub fn bits(&self) -> u64 {
        match self.limbs.last() {
            Some(last) => self.limbs.len() as u64 * LIMB_BITS - u64::from(last.leading_zeros()),
            None => 0,
        }
    }

    /// The same number as one that owns its words and can be computed with.
    pub fn value(&self) -> IBig {
        let limbs_per_word = (u64::from(Word::BITS) / LIMB_BITS) as usize;
        let count = self.limbs.len().div_ceil(limbs_per_word);
        let sign = Sign::from(self.negative);
        if count <= STACK_WORDS {
            let mut words = [0; STACK_WORDS];
            fill(&mut words[..count], self.limbs, limbs_per_word);
            IBig::from_sign_words(sign, &words[..count])
        } else {
            let mut words = vec![0; count];
            fill(&mut words, self.limbs, limbs_per_word);
            IBig::from_sign_words(sign, &words)
        }
    }
}

fn fill(words: &mut [Word], limbs: &[u32], limbs_per_word: usize) {
    for (word, limbs) in words.iter_mut().zip(limbs.chunks(limbs_per_word)) {
        for (place, limb) in limbs.iter().enumerate() {
            *word |= Word::from(*limb) << (place as u64 * LIMB_BITS);
        }
    }
}

impl Ord for Integer<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let magnitudes = || {
            let lengths = self.limbs.len().cmp(&other.limbs.len());
            lengths.then_with(|| self.limbs.iter().rev().cmp(other.limbs.iter().rev()))
        };
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => magnitudes(),
            (true, true) => magnitudes().reverse(),
        }
    }
}

impl PartialOrd for Integer<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

//! An array of integers: three vectors that can be copied, sent and written as they are.

use super::{Integer, View};
use crate::{Error, Result};
use dashu_int::{IBig, Sign, Word};
use rayon::prelude::*;
use std::ops::Range;

/// Numbers that a thread looks at in one go.
const PIECE: usize = 1 << 14;

/// Integers of any sign and length. Every number is canonical: no leading zero limb, and zero is not negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Array {
    limbs: Vec<u32>,
    offsets: Vec<u64>,
    signs: Vec<u64>,
}

impl Default for Array {
    fn default() -> Self {
        Array::new()
    }
}

impl Array {
    /// An array without numbers.
    pub fn new() -> Array {
        Array::with_capacity(0, 0)
    }

    /// An array without numbers that has room for so many of them, of so many limbs in all.
    pub fn with_capacity(numbers: usize, limbs: usize) -> Array {
        let mut offsets = Vec::with_capacity(numbers + 1);
        offsets.push(0);
        Array {
            limbs: Vec::with_capacity(limbs),
            offsets,
            signs: Vec::with_capacity(numbers.div_ceil(64)),
        }
    }

    /// Takes what a kernel or a file holds: the limbs of all numbers; `offsets[i]..offsets[i + 1]`, those of number i
    /// (so one offset more than numbers); and a bit for each number, the lowest of the first word first.
    ///
    /// # Errors
    /// [`Error::Usage`] where offsets fall or end elsewhere than the limbs, signs are too many or too few, or a number
    /// is not canonical.
    pub fn from_parts(limbs: Vec<u32>, offsets: Vec<u64>, signs: Vec<u64>) -> Result<Array> {
        let array = Array {
            limbs,
            offsets,
            signs,
        };
        match array.flaw() {
            Some(flaw) => Err(Error::Usage(format!("not an array of integers: {flaw}"))),
            None => Ok(array),
        }
    }

    /// What is wrong with vectors that came from outside.
    fn flaw(&self) -> Option<String> {
        if self.offsets.first() != Some(&0)
            || self.offsets.last() != Some(&(self.limbs.len() as u64))
        {
            return Some(format!(
                "offsets do not go from 0 to {} limbs",
                self.limbs.len()
            ));
        }
        // Told of all pairs at once, which is quicker than to stop at the first.
        let falls = |pair: &[u64]| pair[0] > pair[1];
        let pairs = self.offsets.windows(2);
        if pairs.fold(false, |any, pair| any | falls(pair)) {
            let at = self.offsets.windows(2).position(falls).unwrap_or(0);
            return Some(format!(
                "the offset behind number {at} is below that before it"
            ));
        }
        let spare = self.len() % 64;
        let stray = spare != 0 && self.signs.last().is_some_and(|word| word >> spare != 0);
        if self.signs.len() != self.len().div_ceil(64) || stray {
            return Some(format!("signs are not those of {} numbers", self.len()));
        }
        let canonical = |number: Integer| match number.limbs.last() {
            Some(last) => *last != 0,
            None => !number.negative,
        };
        let numbers = (0..self.len()).into_par_iter().with_min_len(PIECE);
        let at = numbers.find_first(|at| !canonical(self.get(*at)))?;
        Some(format!(
            "number {at} has a leading zero limb or is a negative zero"
        ))
    }

    /// How many numbers there are.
    pub fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Whether there is no number.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Appends a number; leading zero limbs are dropped, and a zero loses its sign.
    pub fn push(&mut self, negative: bool, limbs: &[u32]) {
        self.limbs.extend_from_slice(limbs);
        self.close(negative);
    }

    /// Appends a number that `write` puts behind the limbs it is given; what is there already is not to be touched.
    pub(crate) fn push_with(&mut self, write: impl FnOnce(&mut Vec<u32>) -> bool) {
        let negative = write(&mut self.limbs);
        self.close(negative);
    }

    /// Appends a number that owns its words.
    pub fn push_value(&mut self, value: &IBig) {
        let (sign, words) = value.as_sign_words();
        for word in words {
            for place in 0..Word::BITS / u32::BITS {
                self.limbs.push((word >> (place * u32::BITS)) as u32);
            }
        }
        self.close(sign == Sign::Negative);
    }

    /// Makes what lies behind the last number one more, in canonical form.
    fn close(&mut self, negative: bool) {
        let start = self.offsets[self.len()] as usize;
        while self.limbs.len() > start && self.limbs.last() == Some(&0) {
            self.limbs.pop();
        }
        let at = self.len();
        if at.is_multiple_of(64) {
            self.signs.push(0);
        }
        let is_negative = negative && self.limbs.len() > start;
        self.signs[at / 64] |= u64::from(is_negative) << (at % 64);
        self.offsets.push(self.limbs.len() as u64);
    }

    /// Appends the numbers of another array.
    pub fn extend(&mut self, other: View) {
        let [first, base] = [other.offsets()[0], self.limbs.len() as u64];
        self.extend_signs(other);
        self.limbs.extend_from_slice(other.limbs());
        let ends = other.offsets()[1..].iter();
        self.offsets.extend(ends.map(|end| end - first + base));
    }

    /// Appends the signs of numbers that are about to be appended, 64 at a time.
    fn extend_signs(&mut self, other: View) {
        let (len, bit) = (self.len(), self.len() % 64);
        for at in (0..other.len()).step_by(64) {
            let word = other.sign_word(at);
            match self.signs.last_mut() {
                Some(last) if bit > 0 => {
                    *last |= word << bit;
                    self.signs.push(word >> (64 - bit));
                }
                _ => self.signs.push(word),
            }
        }
        self.signs.truncate((len + other.len()).div_ceil(64));
    }

    /// Number `at`, which must be below [`Array::len`].
    pub fn get(&self, at: usize) -> Integer<'_> {
        Integer {
            negative: self.signs[at / 64] >> (at % 64) & 1 == 1,
            limbs: &self.limbs[self.offsets[at] as usize..self.offsets[at + 1] as usize],
        }
    }

    /// All numbers, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Integer<'_>> + Clone {
        (0..self.len()).map(|at| self.get(at))
    }

    /// The next numbers behind the first `given`, which grows by as many: at most so many numbers, and of so many limbs
    /// unless a single one has more. All of them are moved out of here, fewer copied.
    pub fn taken(&mut self, given: &mut usize, numbers: usize, limbs: usize) -> Array {
        if *given == 0 && self.len() <= numbers && self.limbs.len() <= limbs {
            return std::mem::take(self);
        }
        let rest = self.slice(*given..self.len());
        let base = rest.offsets()[0];
        let fitting = rest.offsets()[1..].partition_point(|end| end - base <= limbs as u64);
        let taken = rest.slice(0..fitting.max(1).min(numbers).min(rest.len()));
        *given += taken.len();
        taken.to_array()
    }

    /// All numbers as a view.
    pub fn view(&self) -> View<'_> {
        View::new(self, 0..self.len())
    }

    /// Numbers `range` as a view: nothing is copied.
    pub fn slice(&self, range: Range<usize>) -> View<'_> {
        self.view().slice(range)
    }

    /// The limbs of all numbers, one behind the other.
    pub fn limbs(&self) -> &[u32] {
        &self.limbs
    }

    /// Where each number begins among the limbs, and at last where the last one ends.
    pub fn offsets(&self) -> &[u64] {
        &self.offsets
    }

    /// One bit for each number, 1 where it is negative; bits behind the last number are 0.
    pub fn signs(&self) -> &[u64] {
        &self.signs
    }
}

impl<'a> FromIterator<&'a IBig> for Array {
    fn from_iter<I: IntoIterator<Item = &'a IBig>>(values: I) -> Array {
        let mut array = Array::new();
        for value in values {
            array.push_value(value);
        }
        array
    }
}

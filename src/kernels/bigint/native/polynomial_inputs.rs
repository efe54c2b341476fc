//! What `bigint/polynomial` is bound to, and an operand's numbers of a group in near memory.

use crate::kernels::bigint::steps::{Action, Source, Step};

/// What is bound.
pub struct Inputs<'a> {
    pub steps: &'a [Step],
    pub words: usize,
    pub constants: &'a [u32],
    pub places: &'a [[u32; 2]],
    pub numbers: &'a [u32],
    pub signs: &'a [u32],
}

/// An operand's numbers of a group, limb-major, and their signs.
pub struct Near {
    pub words: Vec<u32>,
    pub signs: Vec<u32>,
    pub one: bool,
}

impl Inputs<'_> {
    /// The operands of so many elements from this one on.
    pub fn near(&self, element: usize, count: usize) -> Vec<Near> {
        let places = self.places.iter().enumerate();
        let near = places.map(|(operand, [first, step])| {
            let one = *step == 0;
            let first = *first as usize + element * *step as usize;
            let count = if one { 1 } else { count };
            let index = |i: usize| first + i * *step as usize;
            let mut words = vec![0; self.words * count];
            for i in 0..count {
                let number = self.numbers.get(index(i) * self.words..).unwrap_or(&[]);
                for (k, word) in number.iter().take(self.words).enumerate() {
                    words[k * count + i] = *word;
                }
            }
            let sign = |at: usize| {
                self.signs
                    .get(at / 32)
                    .map_or(0, |word| word >> (at % 32) & 1)
            };
            let signs = match self.has_signs(operand as u32) {
                true => (0..count).map(|i| sign(index(i))).collect(),
                false => Vec::new(),
            };
            Near { words, signs, one }
        });
        near.collect()
    }

    /// Whether a step asks for this operand's signs.
    fn has_signs(&self, operand: u32) -> bool {
        let asks =
            |step: &Step| step.action == Action::Signed && step.right == Source::Operand(operand);
        self.steps.iter().any(asks)
    }
}

//! Pairs of numbers that the kernels of two operands are compared on: magnitudes, numbers with signs, residues.

use super::numbers::limb_major;
use super::operands::{Numbers, Operands, Pairs};
use super::samples::Draws;
use super::schoolbook;
use crate::Result;
use crate::gpu::{Batch, Buffer, Gpu};
use crate::twin::{Format, Launch, Values};

/// Pairs of magnitudes.
pub struct Plain {
    /// How many.
    pub count: usize,
    /// Words of each.
    pub words: usize,
    /// Left operands.
    pub left: Vec<Vec<u32>>,
    /// Right operands; some are the left ones, or differ from them in a single bit.
    pub right: Vec<Vec<u32>>,
}

impl Plain {
    /// So many pairs, of all kinds.
    pub fn new(draws: &mut Draws, words: usize, count: usize) -> Self {
        let left = draws.numbers(words, count);
        let mut right = draws.others(words, count);
        for (i, number) in right.iter_mut().enumerate().filter(|(i, _)| i % 7 == 6) {
            number.clone_from(&left[i]);
            let at = draws.border(words);
            if let Some(word) = number.get_mut(at / 32) {
                *word ^= u32::from(i % 2 == 1) << (at % 32);
            }
        }
        Plain {
            count,
            words,
            left,
            right,
        }
    }

    /// The parameters: the left operands stand behind two numbers that are not taken, the right ones behind one.
    pub fn operands(&self) -> Operands {
        let (count, words) = (self.count as u32, self.words as u32);
        Operands {
            count,
            words,
            left_first: 2,
            left_stride: count + 2,
            left_step: 1,
            right_first: 1,
            right_stride: count + 1,
            right_step: 1,
            modulus_stride: 0,
            modulus_step: 0,
            begin: 0,
            end: 0,
            right_words: 0,
        }
    }

    /// Binds parameters and operands.
    pub fn bound(&self, launch: Launch) -> Launch {
        self.bound_with(launch, self.operands())
    }

    /// Binds these parameters, and operands.
    pub fn bound_with(&self, launch: Launch, operands: Operands) -> Launch {
        launch
            .with("operands", &[operands])
            .with("left", &self.placed_left())
            .with("right", &self.placed_right(self.words))
    }

    /// The right operands as they are bound, so many words of each.
    pub fn placed_right(&self, words: usize) -> Vec<u32> {
        placed(&self.right, words, 1)
    }

    /// Runs what `record` records for these pairs with a buffer of so many words, and returns those words.
    ///
    /// # Errors
    /// What the device reports.
    pub fn on_device(
        &self,
        gpu: &Gpu,
        words: usize,
        record: impl FnOnce(&mut Batch, Pairs, &Buffer<u32>) -> Result<()>,
    ) -> Result<Vec<f64>> {
        let right_words = self.right.first().map_or(0, Vec::len);
        let left = gpu.storage(&limb_major(&self.left, self.words))?;
        let right = gpu.storage(&limb_major(&self.right, right_words))?;
        let results = gpu.filled(words, u32::MAX)?;
        let pairs = Pairs {
            count: self.count,
            words: self.words,
            left: Numbers::all(&left, self.count),
            right: Numbers::all(&right, self.count),
        };
        let mut batch = gpu.batch();
        record(&mut batch, pairs, &results)?;
        let words = batch.download(&results)?;
        let words = batch.submit()?.read(words)?;
        Ok(words.into_iter().map(f64::from).collect())
    }

    /// The left operands as they are bound.
    pub fn placed_left(&self) -> Vec<u32> {
        placed(&self.left, self.words, 2)
    }
}

/// Numbers limb-major, behind so many others that are not taken.
fn placed(numbers: &[Vec<u32>], words: usize, before: usize) -> Vec<u32> {
    let others = vec![vec![0x5555_5555; words]; before];
    limb_major(&[&others[..], numbers].concat(), words)
}

/// Pairs of numbers with signs, 0 for plus and 1 for minus.
pub struct Signed {
    /// How many.
    pub count: usize,
    /// Words of each.
    pub words: usize,
    magnitudes: Plain,
    signs: [Vec<u32>; 2],
}

impl Signed {
    /// So many pairs, of all kinds.
    pub fn new(draws: &mut Draws, words: usize, count: usize) -> Self {
        let magnitudes = Plain::new(draws, words, count);
        let signs = [&magnitudes.left, &magnitudes.right].map(|numbers| {
            let sign = |number: &Vec<u32>| {
                let none = schoolbook::trimmed(number).is_empty();
                if none { 0 } else { draws.word() & 1 }
            };
            numbers.iter().map(sign).collect()
        });
        Signed {
            count,
            words,
            magnitudes,
            signs,
        }
    }

    /// The sample of a size for kernels that go through words from below: single words, few, many, and so many else.
    pub fn sample(size: usize, seed: u64, usual: usize) -> Self {
        let words = match size {
            1 => 1,
            63 => 5,
            64 => 33,
            _ => usual,
        };
        Signed::new(&mut Draws::new(seed, size as u32), words, size)
    }

    /// Each pair: magnitude and sign of the left number, and of the right.
    pub fn each(&self) -> impl Iterator<Item = [(&[u32], u32); 2]> {
        let [left, right] = [
            (&self.magnitudes.left, &self.signs[0]),
            (&self.magnitudes.right, &self.signs[1]),
        ]
        .map(|(numbers, signs)| {
            let pairs = numbers.iter().zip(signs);
            pairs.map(|(number, sign)| (&number[..], *sign))
        });
        left.zip(right).map(|(left, right)| [left, right])
    }

    /// Binds parameters, operands and signs, which stand where the numbers do.
    pub fn bound(&self, launch: Launch) -> Launch {
        let [left, right] = &self.signs;
        self.magnitudes
            .bound(launch)
            .with("left_signs", &[&[1, 0], &left[..]].concat())
            .with("right_signs", &[&[1], &right[..]].concat())
    }

    /// Binds them all, and results of these names: so many words of magnitudes, and signs.
    pub fn launched(
        &self,
        launch: Launch,
        [magnitudes, signs]: [&'static str; 2],
        words: usize,
    ) -> Launch {
        self.bound(launch)
            .output::<u32>(magnitudes, words)
            .output::<u32>(signs, self.count)
            .values([
                Values::first(magnitudes, Format::U32, words),
                Values::first(signs, Format::U32, self.count),
            ])
    }
}

/// Pairs of residues and their moduli, which are odd: one for all, or one each.
pub struct Residues {
    /// The residues.
    pub pairs: Plain,
    /// The moduli.
    pub moduli: Vec<Vec<u32>>,
}

impl Residues {
    /// So many pairs: one modulus for all where they are an even count.
    pub fn new(draws: &mut Draws, words: usize, count: usize) -> Self {
        let different = if count.is_multiple_of(2) { 1 } else { count };
        // A kind that is random in full first: that is the one for all.
        let mut moduli: Vec<_> = (0..different).map(|i| draws.number(words, i + 6)).collect();
        moduli.iter_mut().for_each(|modulus| modulus[0] |= 1);
        let mut pairs = Plain::new(draws, words, count);
        for numbers in [&mut pairs.left, &mut pairs.right] {
            for (i, number) in numbers.iter_mut().enumerate() {
                let modulus = &moduli[i % different];
                *number = match i % 5 {
                    // The largest residue.
                    0 => schoolbook::subtract(modulus, &[1]),
                    _ => schoolbook::divide(number, modulus).1,
                };
            }
        }
        Residues { pairs, moduli }
    }

    /// The parameters.
    pub fn operands(&self) -> Operands {
        Operands {
            modulus_stride: self.moduli.len() as u32,
            modulus_step: u32::from(self.moduli.len() == self.pairs.count),
            ..self.pairs.operands()
        }
    }

    /// Binds parameters, operands and moduli.
    pub fn bound(&self, launch: Launch) -> Launch {
        let launch = self.pairs.bound_with(launch, self.operands());
        launch.with("moduli", &limb_major(&self.moduli, self.pairs.words))
    }
}

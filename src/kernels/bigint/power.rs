//! Powers of residues in Montgomery's form, in as many dispatches as a budget of turns asks for.

use super::limb_text::{LimbText, triplets};
use super::montgomery::{MONTGOMERY, with_moduli};
use super::multiply::{LIMB_ROWS, of_size, variant};
use super::numbers::limb_major;
use super::operands::{CONSTANTS, Numbers, OPERANDS, Operands, Pairs, fits, groups};
use super::sample_pairs::Residues;
use super::samples::Draws;
use super::schoolbook;
use crate::Result;
use crate::gpu::{Batch, Buffer, Gpu, Kernel};
use crate::twin::{Format, Launch, Tolerance, Twin, Value, Values, exact};

/// Numbers that the state has for each base: its powers 0 to 15, the result, and the modulus.
const SLOTS: usize = 18;
/// Where the result stands among them.
const RESULT: usize = 16;
/// Steps before the exponent's first: the powers 2 to 15.
const TABLE_STEPS: usize = 14;
/// Turns of loops in one dispatch: a quarter of what a software device allows, and short on any other.
pub const TURNS: usize = 1 << 14;

/// What is raised to what power, modulo what.
#[derive(Clone, Copy)]
pub struct Powers<'a> {
    /// How many powers.
    pub count: usize,
    /// Words of a base, one of [`SIZES`](super::multiply::SIZES), on the processor any.
    pub words: usize,
    /// Words of an exponent.
    pub exponent_words: usize,
    /// In Montgomery's form, less than their moduli.
    pub bases: Numbers<'a>,
    /// Plain numbers; one may serve for all.
    pub exponents: Numbers<'a>,
    /// Odd; one may serve for all.
    pub moduli: Numbers<'a>,
    /// 2^(32 words) modulo each of the moduli: 1 in Montgomery's form.
    pub ones: &'a Buffer<u32>,
}

/// Words of the state of so many powers of numbers of so many words.
pub fn state_words(words: usize, count: usize) -> usize {
    SLOTS * words * count
}

impl Powers<'_> {
    /// Words of the state.
    pub fn state_words(&self) -> usize {
        state_words(self.words, self.count)
    }

    /// Where the powers stand in the state, in Montgomery's form, once all is done.
    pub fn results<'s>(&self, state: &'s Buffer<u32>) -> Numbers<'s> {
        Numbers::from(state, self.count, RESULT * self.words * self.count)
    }

    /// Records all of it into a state of [`Powers::state_words`], in dispatches of at most so many turns ([`TURNS`]).
    ///
    /// # Errors
    /// What the device reports; [`crate::Error::Usage`] for a count of words that there is no kernel for, and for buffers
    /// that are too short.
    pub fn record(
        &self,
        gpu: &Gpu,
        batch: &mut Batch,
        state: &Buffer<u32>,
        turns: usize,
    ) -> Result<()> {
        fits(state, self.state_words())?;
        fits(self.ones, self.moduli.words.len())?;
        self.bases.check(self.count, self.words)?;
        self.moduli.check(self.count, self.words)?;
        let pipeline = gpu.pipeline(&of_size!(Power, gpu, self.words)?, &CONSTANTS)?;
        let pairs = Pairs {
            count: self.count,
            words: self.words,
            left: self.bases,
            right: self.exponents,
        };
        self.exponents.check(self.count, self.exponent_words)?;
        let operands = Operands {
            right_words: self.exponent_words as u32,
            ..with_moduli(pairs.operands(), self.moduli)
        };
        let groups = groups(self.count, gpu.limits().workgroups_per_dimension);
        let at_once = (turns / (triplets(self.words) + 2)).max(1);
        let steps = steps(self.exponent_words);
        for begin in (0..steps).step_by(at_once) {
            let operands = Operands {
                begin: begin as u32,
                end: (begin + at_once).min(steps) as u32,
                ..operands
            };
            let args = pipeline
                .args()
                .with("operands", &gpu.uniform(operands)?)?
                .with("left", self.bases.words)?
                .with("right", self.exponents.words)?
                .with("moduli", self.moduli.words)?
                .with("ones", self.ones)?
                .with("state", state)?;
            batch.dispatch(args, groups)?;
        }
        Ok(())
    }
}

/// Products that a power takes: for four bits of the exponent four squares and a product.
const fn steps(exponent_words: usize) -> usize {
    TABLE_STEPS + 5 * 8 * exponent_words
}

/// The kernel `bigint/power` for numbers of so many words.
pub struct Power<const WORDS: usize>;

/// Bases and exponents, moduli and ones.
pub struct Input {
    residues: Residues,
    exponents: Vec<Vec<u32>>,
    ones: Vec<Vec<u32>>,
}

impl Input {
    fn exponent_words(&self) -> usize {
        self.exponents.first().map_or(1, Vec::len)
    }
}

impl<const WORDS: usize> Twin for Power<WORDS> {
    const KERNEL: Kernel = Kernel {
        name: "bigint/power",
        sources: &[
            OPERANDS,
            LIMB_ROWS,
            LimbText::<WORDS>::TEXT,
            MONTGOMERY,
            include_str!("../../../shaders/bigint/power.wgsl"),
        ],
        capacities: &[],
        native: Some(super::native::power::power),
    };
    const VARIANT: &'static str = variant(WORDS);
    const TOLERANCE: Tolerance = Tolerance::EXACT;
    type Input = Input;

    fn sizes() -> &'static [usize] {
        match WORDS {
            8 => &[0, 1, 63, 64, 65],
            _ => &[1, 5],
        }
    }

    fn sample(size: usize, seed: u64) -> Input {
        let draws = &mut Draws::new(seed, size as u32);
        let residues = Residues::new(draws, WORDS, size);
        let exponent_words = if WORDS == 8 { 1 + size % 2 } else { 1 };
        let one = |modulus: &Vec<u32>| {
            let mut power = vec![0; WORDS + 1];
            power[WORDS] = 1;
            schoolbook::divide(&power, modulus).1
        };
        Input {
            exponents: draws.others(exponent_words, size),
            ones: residues.moduli.iter().map(one).collect(),
            residues,
        }
    }

    /// Out of Montgomery's form, bit by bit, and into it again.
    fn twin(input: &Input) -> Vec<Value> {
        let power = |i: usize| {
            let moduli = &input.residues.moduli;
            let (n, one) = (&moduli[i % moduli.len()], &input.ones[i % moduli.len()]);
            let modulo =
                |a: &[u32], b: &[u32]| schoolbook::divide(&schoolbook::multiply(a, b), n).1;
            let base = schoolbook::halved(input.residues.pairs.left[i].clone(), n, 32 * WORDS);
            let exponent = &input.exponents[i];
            let bits = (0..32 * exponent.len()).rev();
            let power = bits.fold(schoolbook::divide(&[1], n).1, |power, bit| {
                let square = modulo(&power, &power);
                match exponent[bit / 32] >> (bit % 32) & 1 {
                    0 => square,
                    _ => modulo(&square, &base),
                }
            });
            modulo(&power, one)
        };
        let powers: Vec<_> = (0..input.residues.pairs.count).map(power).collect();
        let words = limb_major(&powers, WORDS).into_iter();
        exact(words.map(f64::from)).collect()
    }

    fn launch(input: &Input) -> Option<Launch> {
        let Residues { pairs, moduli } = &input.residues;
        let (count, exponent_words) = (pairs.count, input.exponent_words());
        let others = [vec![0x5555_5555; exponent_words]];
        let exponents = [&others[..], &input.exponents].concat();
        let operands = Operands {
            right_words: exponent_words as u32,
            end: steps(exponent_words) as u32,
            ..input.residues.operands()
        };
        let words = WORDS * count;
        let launch = Launch::new(Self::KERNEL, &CONSTANTS, groups(count, 40))
            .with("operands", &[operands])
            .with("left", &pairs.placed_left())
            .with("right", &limb_major(&exponents, exponent_words))
            .with("moduli", &limb_major(moduli, WORDS))
            .with("ones", &limb_major(&input.ones, WORDS))
            .output::<u32>("state", SLOTS * words)
            .values([Values::each(
                "state",
                Format::U32,
                words,
                [4 * RESULT * words, 4],
            )]);
        // One sample goes by way of several dispatches.
        (count != 65).then_some(launch)
    }

    fn run(gpu: &Gpu, input: &Input) -> Result<Vec<f64>> {
        let Residues { pairs, moduli } = &input.residues;
        let count = pairs.count;
        let upload = |numbers: &[Vec<u32>], words| gpu.storage(&limb_major(numbers, words));
        let (bases, moduli_words) = (upload(&pairs.left, WORDS)?, upload(moduli, WORDS)?);
        let exponents = upload(&input.exponents, input.exponent_words())?;
        let powers = Powers {
            count,
            words: WORDS,
            exponent_words: input.exponent_words(),
            bases: Numbers::all(&bases, count),
            exponents: Numbers::all(&exponents, count),
            moduli: Numbers::all(&moduli_words, count),
            ones: &upload(&input.ones, WORDS)?,
        };
        let state = gpu.filled(powers.state_words(), u32::MAX)?;
        let mut batch = gpu.batch();
        powers.record(gpu, &mut batch, &state, 100)?;
        let first = powers.results(&state).first;
        let words = batch.download_range(&state, first..first + WORDS * count)?;
        let words = batch.submit()?.read(words)?;
        Ok(words.into_iter().map(f64::from).collect())
    }
}

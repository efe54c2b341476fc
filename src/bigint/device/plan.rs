//! A polynomial made ready for the device and for what is known of its operands: uploaded, recorded, read.

use super::rows::{self, put};
use super::schedule::{Kind, Schedule, schedule};
use super::shape::is_residue;
use crate::Result;
use crate::bigint::polynomial::Polynomial;
use crate::gpu::{Batch, Buffer, Download, Gpu, Submitted};
use crate::integers::{Array, View};
use crate::kernels::bigint::polynomial::{Inputs, Place, record, size};
use rayon::prelude::*;

/// Numbers that a thread looks at in one go.
const PIECE: usize = 1 << 12;

/// How a polynomial is done for these operands.
pub struct Plan<'a> {
    gpu: &'a Gpu,
    /// Words of every number.
    pub words: usize,
    kinds: Vec<Kind>,
    schedule: Schedule,
    constants: Buffer<u32>,
}

/// What a device works on.
pub struct Pending {
    submitted: Submitted,
    results: Download<u32>,
    words: usize,
}

impl Pending {
    /// Waits for the results.
    ///
    /// # Errors
    /// What the device reports.
    pub fn finish(self) -> Result<Array> {
        rows::array(self.submitted.read(self.results)?, self.words)
    }
}

impl<'a> Plan<'a> {
    /// For these operands; none where there is no kernel for numbers of this length, or the steps need too many slots.
    pub fn new(gpu: &'a Gpu, polynomial: &Polynomial, operands: &[View]) -> Option<Plan<'a>> {
        let modulus: Array = [polynomial.modulus()].into_iter().collect();
        let named = operands.iter().enumerate();
        let named = named.filter(|(at, _)| polynomial.names(*at));
        let longest = named.map(|(_, operand)| operand.longest());
        let words = size(gpu, longest.max()?.max(modulus.limbs().len()))?;
        let kinds: Vec<Kind> = operands
            .iter()
            .map(|operand| kind(*operand, modulus.view()))
            .collect();
        Plan::with(gpu, polynomial, words, kinds)
    }

    fn with(
        gpu: &'a Gpu,
        polynomial: &Polynomial,
        words: usize,
        kinds: Vec<Kind>,
    ) -> Option<Plan<'a>> {
        let schedule = schedule(polynomial, &kinds)?;
        let constants = schedule.constants(polynomial.modulus(), words)?;
        Some(Plan {
            gpu,
            words,
            kinds,
            schedule,
            constants: gpu.storage(&put(constants.view(), words)).ok()?,
        })
    }

    /// Uploads the operands that the polynomial names and submits all; waits for nothing.
    ///
    /// # Errors
    /// What the device reports.
    pub fn submit(
        &self,
        polynomial: &Polynomial,
        operands: &[View],
        count: usize,
    ) -> Result<Pending> {
        let named = |at: usize| polynomial.names(at);
        let mut places = Vec::with_capacity(operands.len());
        let mut total = 0;
        for (at, operand) in operands.iter().enumerate() {
            let (first, step) = (total as u32, u32::from(operand.len() != 1));
            let first = if named(at) { first } else { 0 };
            let step = if named(at) { step } else { 0 };
            places.push(Place { first, step });
            total += if named(at) { operand.len() } else { 0 };
        }
        let numbers = self.gpu.zeroed(total * self.words)?;
        let mut signs = Vec::new();
        for (at, operand) in operands.iter().enumerate().filter(|(at, _)| named(*at)) {
            let start = places[at].first as usize * self.words;
            self.gpu
                .write(&numbers, start, &put(*operand, self.words))?;
            if self.kinds[at] == Kind::Signed {
                add_signs(&mut signs, places[at].first as usize, *operand);
            }
        }
        let signs = self.gpu.storage(&signs)?;
        let mut batch = self.gpu.batch();
        let results = self.record(&mut batch, [&numbers, &signs], &places, count)?;
        let results = batch.download(&results)?;
        Ok(Pending {
            submitted: batch.submit()?,
            results,
            words: self.words,
        })
    }

    fn record(
        &self,
        batch: &mut Batch,
        [numbers, signs]: [&Buffer<u32>; 2],
        places: &[Place],
        count: usize,
    ) -> Result<Buffer<u32>> {
        let results = self.gpu.zeroed(count * self.words)?;
        let inputs = Inputs {
            count,
            words: self.words,
            constants: &self.constants,
            places,
            numbers,
            signs,
        };
        record(self.gpu, batch, &self.schedule.steps, inputs, &results)?;
        Ok(results)
    }

    /// All levels over one piece, a power of two of numbers, in one batch.
    ///
    /// # Errors
    /// What the device reports.
    pub fn levels(&self, polynomial: &Polynomial, piece: View) -> Result<Array> {
        let mut signs = Vec::new();
        if self.kinds.contains(&Kind::Signed) {
            add_signs(&mut signs, 0, piece);
        }
        let signs = self.gpu.storage(&signs)?;
        let mut level = self.gpu.storage(&put(piece, self.words))?;
        let residues = vec![Kind::Residues; 2];
        let upper = Plan::with(self.gpu, polynomial, self.words, residues);
        let places = [0, 1].map(|first| Place { first, step: 2 });
        let (mut batch, mut count) = (self.gpu.batch(), piece.len() / 2);
        while count > 0 {
            // Results are residues, whatever the numbers were.
            let plan = upper.as_ref().filter(|_| 2 * count < piece.len());
            level = plan
                .unwrap_or(self)
                .record(&mut batch, [&level, &signs], &places, count)?;
            count /= 2;
        }
        let results = batch.download(&level)?;
        let pending = Pending {
            submitted: batch.submit()?,
            results,
            words: self.words,
        };
        pending.finish()
    }
}

fn kind(operand: View, modulus: View) -> Kind {
    let modulus = modulus.get(0);
    if operand.any_negative() {
        return Kind::Signed;
    }
    let residues = (0..operand.len()).into_par_iter().with_min_len(PIECE);
    match residues.all(|at| is_residue(operand.get(at), modulus)) {
        true => Kind::Residues,
        false => Kind::Magnitudes,
    }
}

/// Sets the bits of numbers below zero, of which the first stands at `first`.
fn add_signs(signs: &mut Vec<u32>, first: usize, numbers: View) {
    signs.resize((first + numbers.len()).div_ceil(32).max(signs.len()), 0);
    for (at, number) in numbers.iter().enumerate() {
        signs[(first + at) / 32] |= u32::from(number.negative) << ((first + at) % 32);
    }
}

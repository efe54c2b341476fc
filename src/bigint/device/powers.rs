//! Products and powers of residues by odd moduli, in Montgomery's form and out of it.

use super::chunk::{Chunk, Outputs};
use super::upload::limb_major;
use crate::Result;
use crate::gpu::{Batch, Buffer};
use crate::integers::{Array, LIMB_BITS};
use crate::kernels::bigint::montgomery;
use crate::kernels::bigint::multiply::SIZES;
use crate::kernels::bigint::operands::{Numbers, Pairs};
use crate::kernels::bigint::power::{Powers, TURNS, state_words};
use dashu_int::{IBig, UBig};
use rayon::prelude::*;

/// Words of the residues: a count that Montgomery's kernels promise to be right for, on the processor too.
pub fn words(chunk: &Chunk) -> usize {
    let longest = chunk.longest[2];
    let size = SIZES.into_iter().find(|size| *size >= longest);
    size.unwrap_or(longest)
}

/// Words of a number in the largest buffer of a power.
pub fn largest(chunk: &Chunk) -> usize {
    state_words(words(chunk), 1).max(chunk.longest[1])
}

/// Moduli and what brings residues to Montgomery's form; one of each where the moduli are one.
struct Moduli {
    words: Buffer<u32>,
    /// 2^(32 words) modulo each.
    ones: Buffer<u32>,
    /// The squares of these.
    squares: Buffer<u32>,
    count: usize,
    one: bool,
}

impl Moduli {
    fn of(chunk: &Chunk) -> Result<Moduli> {
        let (moduli, words) = (chunk.operands[2], words(chunk));
        let one = moduli.len() == 1;
        let elements = if one { &[0] } else { chunk.elements };
        let remainders = |power: usize| -> Array {
            let power = UBig::ONE << (power * words * LIMB_BITS as usize);
            let remainder = |at: &u32| {
                let modulus = moduli.get(*at as usize).value();
                IBig::from(power.clone()) % modulus
            };
            let all: Vec<IBig> = elements.par_iter().map(remainder).collect();
            all.iter().collect()
        };
        let upload = |power: usize| {
            let remainders = remainders(power);
            let all: Vec<u32> = (0..elements.len() as u32).collect();
            let words = limb_major(remainders.view(), &all, words);
            chunk.gpu.storage(&words)
        };
        Ok(Moduli {
            words: chunk.gpu.storage(&limb_major(moduli, elements, words))?,
            ones: upload(1)?,
            squares: upload(2)?,
            count: elements.len(),
            one,
        })
    }

    fn numbers<'a>(&self, words: &'a Buffer<u32>) -> Numbers<'a> {
        match self.one {
            true => Numbers::one(words),
            false => Numbers::all(words, self.count),
        }
    }

    /// Records a product of residues divided by 2^(32 words).
    fn product(
        &self,
        chunk: &Chunk,
        batch: &mut Batch,
        factors: [Numbers; 2],
    ) -> Result<Buffer<u32>> {
        let words = words(chunk);
        let products = chunk.gpu.zeroed(words * chunk.count())?;
        let [left, right] = factors;
        let pairs = Pairs {
            count: chunk.count(),
            words,
            left,
            right,
        };
        let moduli = self.numbers(&self.words);
        montgomery::record(chunk.gpu, batch, pairs, moduli, &products)?;
        Ok(products)
    }
}

/// Records products of residues.
///
/// # Errors
/// What the device reports.
pub fn product(chunk: &Chunk, batch: &mut Batch) -> Result<Outputs> {
    let (words, moduli) = (words(chunk), Moduli::of(chunk)?);
    let (left, right) = (chunk.place(0, words)?, chunk.place(1, words)?);
    let divided = moduli.product(chunk, batch, [left.numbers(), right.numbers()])?;
    let factors = [
        Numbers::all(&divided, chunk.count()),
        moduli.numbers(&moduli.squares),
    ];
    let products = moduli.product(chunk, batch, factors)?;
    Ok(Outputs {
        words: Some(batch.download(&products)?),
        ..Outputs::default()
    })
}

/// Records powers of residues.
///
/// # Errors
/// What the device reports.
pub fn power(chunk: &Chunk, batch: &mut Batch) -> Result<Outputs> {
    let (count, words, moduli) = (chunk.count(), words(chunk), Moduli::of(chunk)?);
    let exponent_words = chunk.longest[1].max(1);
    let (bases, exponents) = (chunk.place(0, words)?, chunk.place(1, exponent_words)?);
    let factors = [bases.numbers(), moduli.numbers(&moduli.squares)];
    let in_form = moduli.product(chunk, batch, factors)?;
    let powers = Powers {
        count,
        words,
        exponent_words,
        bases: Numbers::all(&in_form, count),
        exponents: exponents.numbers(),
        moduli: moduli.numbers(&moduli.words),
        ones: &moduli.ones,
    };
    let state = chunk.gpu.zeroed(powers.state_words())?;
    powers.record(chunk.gpu, batch, &state, TURNS)?;
    let mut one = vec![0; words];
    one[0] = 1;
    let one = chunk.gpu.storage(&one)?;
    let factors = [powers.results(&state), Numbers::one(&one)];
    let plain = moduli.product(chunk, batch, factors)?;
    Ok(Outputs {
        words: Some(batch.download(&plain)?),
        ..Outputs::default()
    })
}

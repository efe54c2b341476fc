//! Quotients, rests and common divisors of a chunk's elements; rests of sums and products, which stay on the device.

use super::chunk::{Chunk, Outputs, quotient_wanted};
use super::shape::Way;
use super::{products, sums};
use crate::Result;
use crate::gpu::Batch;
use crate::kernels::bigint::divide::{self, Quotients};
use crate::kernels::bigint::gcd;
use crate::kernels::bigint::operands::{Numbers, Pairs};
use crate::kernels::bigint::power::TURNS;

/// Words of the dividends.
pub fn dividend_words(chunk: &Chunk) -> usize {
    let [a, b, modulus] = chunk.longest;
    match chunk.shape.way {
        Way::SumRest => a.max(b).max(modulus) + 1,
        Way::Division => a.max(b).max(1),
        _ => products::factor_words(chunk).iter().sum(),
    }
}

/// Records a division of the first operand, or of what it gives with the second.
///
/// # Errors
/// What the device reports.
pub fn division(chunk: &Chunk, batch: &mut Batch) -> Result<Outputs> {
    let words = dividend_words(chunk);
    let mut outputs = Outputs::default();
    match chunk.shape.way {
        Way::Division => {
            let dividends = chunk.place(0, words)?;
            divided(chunk, batch, dividends.numbers(), 1, &mut outputs)?;
        }
        Way::SumRest => {
            let sums = sums::record(chunk, batch, words - 1)?;
            let dividends = Numbers::all(&sums.words, chunk.count());
            divided(chunk, batch, dividends, 2, &mut outputs)?;
            outputs.signs = Some(batch.download(&sums.signs)?);
        }
        _ => {
            let products = products::record(chunk, batch)?;
            let dividends = Numbers::all(&products, chunk.count());
            divided(chunk, batch, dividends, 2, &mut outputs)?;
        }
    }
    Ok(outputs)
}

/// Records the division by this operand.
fn divided(
    chunk: &Chunk,
    batch: &mut Batch,
    dividends: Numbers,
    divisor: usize,
    outputs: &mut Outputs,
) -> Result<()> {
    let (count, words) = (chunk.count(), dividend_words(chunk));
    let divisor_words = chunk.longest[divisor];
    let divisors = chunk.place(divisor, divisor_words)?;
    let quotients = chunk.gpu.zeroed(words * count)?;
    let rests = chunk.gpu.zeroed((words + 1) * count)?;
    let pairs = Pairs {
        count,
        words,
        left: dividends,
        right: divisors.numbers(),
    };
    let results = Quotients {
        quotients: &quotients,
        rests: &rests,
    };
    divide::record(chunk.gpu, batch, pairs, divisor_words, results, TURNS)?;
    if quotient_wanted(chunk.operation) {
        outputs.words = Some(batch.download(&quotients)?);
    }
    outputs.rests = Some(batch.download_range(&rests, 0..divisor_words * count)?);
    Ok(())
}

/// Records common divisors.
///
/// # Errors
/// What the device reports.
pub fn divisor(chunk: &Chunk, batch: &mut Batch) -> Result<Outputs> {
    let (count, words) = (chunk.count(), sums::words(chunk.longest));
    let (left, right) = (chunk.place(0, words)?, chunk.place(1, words)?);
    let state = chunk.gpu.zeroed(gcd::state_words(words, count))?;
    let divisors = chunk.gpu.zeroed(words * count)?;
    let pairs = Pairs {
        count,
        words,
        left: left.numbers(),
        right: right.numbers(),
    };
    gcd::record(chunk.gpu, batch, pairs, [&state, &divisors], TURNS)?;
    Ok(Outputs {
        words: Some(batch.download(&divisors)?),
        ..Outputs::default()
    })
}

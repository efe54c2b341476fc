//! Sums, differences, orders and extremes of a chunk's elements.

use super::chunk::{Chunk, Outputs};
use crate::Result;
use crate::bigint::Operation;
use crate::gpu::{Batch, Buffer};
use crate::kernels::bigint::add::{self, Sums};
use crate::kernels::bigint::operands::Pairs;
use crate::kernels::bigint::{compare, extreme};

/// Words of the operands.
pub fn words(longest: [usize; 3]) -> usize {
    longest[0].max(longest[1]).max(1)
}

/// Magnitudes of so many words and their signs.
pub struct Signed {
    /// Magnitudes, limb-major.
    pub words: Buffer<u32>,
    /// Signs.
    pub signs: Buffer<u32>,
}

/// Records a + b or a - b of operands of so many words, which have one more.
///
/// # Errors
/// What the device reports.
pub fn record(chunk: &Chunk, batch: &mut Batch, words: usize) -> Result<Signed> {
    let (left, right) = (chunk.place(0, words)?, chunk.place(1, words)?);
    let count = chunk.count();
    let sums = Signed {
        words: chunk.gpu.zeroed((words + 1) * count)?,
        signs: chunk.gpu.zeroed(count)?,
    };
    let pairs = Pairs {
        count,
        words,
        left: left.numbers(),
        right: right.numbers(),
    };
    let signs = [&left.signs, &right.signs];
    let subtract = matches!(chunk.operation, Operation::Sub | Operation::ModSub);
    let Signed { words, signs: made } = &sums;
    let results = Sums { words, signs: made };
    add::record(chunk.gpu, batch, pairs, signs, subtract, results)?;
    Ok(sums)
}

/// Records sums.
///
/// # Errors
/// What the device reports.
pub fn sum(chunk: &Chunk, batch: &mut Batch) -> Result<Outputs> {
    let sums = record(chunk, batch, words(chunk.longest))?;
    Ok(Outputs {
        words: Some(batch.download(&sums.words)?),
        signs: Some(batch.download(&sums.signs)?),
        ..Outputs::default()
    })
}

/// Records orders.
///
/// # Errors
/// What the device reports.
pub fn order(chunk: &Chunk, batch: &mut Batch) -> Result<Outputs> {
    let words = words(chunk.longest);
    let (left, right) = (chunk.place(0, words)?, chunk.place(1, words)?);
    let orders = chunk.gpu.zeroed(chunk.count())?;
    let pairs = Pairs {
        count: chunk.count(),
        words,
        left: left.numbers(),
        right: right.numbers(),
    };
    let signs = [&left.signs, &right.signs];
    compare::record(chunk.gpu, batch, pairs, signs, &orders)?;
    Ok(Outputs {
        orders: Some(batch.download(&orders)?),
        ..Outputs::default()
    })
}

/// Records the lesser or the greater numbers.
///
/// # Errors
/// What the device reports.
pub fn extreme(chunk: &Chunk, batch: &mut Batch) -> Result<Outputs> {
    let words = words(chunk.longest);
    let (left, right) = (chunk.place(0, words)?, chunk.place(1, words)?);
    let results = Signed {
        words: chunk.gpu.zeroed(words * chunk.count())?,
        signs: chunk.gpu.zeroed(chunk.count())?,
    };
    let pairs = Pairs {
        count: chunk.count(),
        words,
        left: left.numbers(),
        right: right.numbers(),
    };
    let signs = [&left.signs, &right.signs];
    let greater = chunk.operation == Operation::Max;
    let made = Sums {
        words: &results.words,
        signs: &results.signs,
    };
    extreme::record(chunk.gpu, batch, pairs, signs, greater, made)?;
    Ok(Outputs {
        words: Some(batch.download(&results.words)?),
        signs: Some(batch.download(&results.signs)?),
        ..Outputs::default()
    })
}

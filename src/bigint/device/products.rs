//! Products of a chunk's elements: within registers, or by columns.

use super::chunk::{Chunk, Outputs};
use super::shape::Way;
use crate::Result;
use crate::bigint::Operation;
use crate::gpu::{Batch, Buffer};
use crate::kernels::bigint::multiply::{self, size};
use crate::kernels::bigint::operands::Pairs;
use crate::kernels::bigint::power::TURNS;
use crate::kernels::bigint::{carry, columns};

/// Words of each factor, so that the product has at least as many as the modulus of a rest that is to follow.
pub fn factor_words(chunk: &Chunk) -> [usize; 2] {
    let [a, b, modulus] = chunk.longest;
    let b = if chunk.operation == Operation::Sqr {
        a
    } else {
        b
    };
    match chunk.shape.way {
        Way::Product | Way::ProductRest => [size(chunk.gpu, a.max(b).max(modulus.div_ceil(2))); 2],
        _ => [a.max(1).max(modulus.saturating_sub(b.max(1))), b.max(1)],
    }
}

/// Records the products as they are, of as many words as both factors together.
///
/// # Errors
/// What the device reports.
pub fn record(chunk: &Chunk, batch: &mut Batch) -> Result<Buffer<u32>> {
    let [words, right_words] = factor_words(chunk);
    let left = chunk.place(0, words)?;
    let square = chunk.operation == Operation::Sqr && words == right_words;
    let other = match square {
        true => None,
        false => Some(chunk.place(chunk.operands.len().min(2) - 1, right_words)?),
    };
    let (count, gpu) = (chunk.count(), chunk.gpu);
    let pairs = Pairs {
        count,
        words,
        left: left.numbers(),
        right: other.as_ref().unwrap_or(&left).numbers(),
    };
    let products = gpu.zeroed((words + right_words) * count)?;
    if matches!(chunk.shape.way, Way::Product | Way::ProductRest) {
        multiply::record(gpu, batch, pairs, &products)?;
        return Ok(products);
    }
    let sums = gpu.zeroed(columns::sum_words(&pairs, right_words))?;
    columns::record(gpu, batch, pairs, right_words, &sums, TURNS)?;
    let shape = [words + right_words, count];
    carry::record(gpu, batch, shape, [&sums, &products], TURNS)?;
    Ok(products)
}

/// Records products.
///
/// # Errors
/// What the device reports.
pub fn product(chunk: &Chunk, batch: &mut Batch) -> Result<Outputs> {
    let products = record(chunk, batch)?;
    Ok(Outputs {
        words: Some(batch.download(&products)?),
        ..Outputs::default()
    })
}

//! The kernels of a device behind [`Kernels`]: elements sorted by shape, put limb-major, computed chunk by chunk.
//!
//! The next chunk is uploaded and submitted before the last one's results are waited for. Where a chunk ends changes no
//! result. On the host's processor operations are to be asked for by threads outside rayon, as
//! [`Batch::submit`](crate::gpu::Batch::submit) says.

mod adjust;
mod buckets;
mod chunk;
mod divisions;
mod download;
mod fold;
mod plan;
mod polynomials;
mod powers;
mod products;
mod rows;
mod schedule;
mod shape;
mod sums;
mod upload;

use super::parts::{Answer, Part};
use super::polynomial::Polynomial;
use super::{Kernels, Operation, elementwise};
use crate::gpu::Gpu;
use crate::integers::{Array, View};
use crate::kernels::bigint::gcd;
use crate::{Error, Result};
use buckets::{Bucket, number, sorted};
use chunk::Chunk;
use shape::{Shape, Way, is_residue};
use std::sync::Arc;

/// Bytes of a chunk's largest buffer: no less than WebGPU's limits allow, and little enough to overlap with the next.
const CHUNK_BYTES: u64 = 128 << 20;

/// An opened device that does arithmetic.
pub struct Device {
    gpu: Arc<Gpu>,
    most: usize,
}

impl Device {
    /// A device that takes at most so many numbers at once, or as many as fit into its buffers.
    pub fn new(gpu: impl Into<Arc<Gpu>>, most: Option<usize>) -> Device {
        Device {
            gpu: gpu.into(),
            most: most.unwrap_or(usize::MAX).max(1),
        }
    }

    /// The device itself.
    pub fn gpu(&self) -> &Gpu {
        &self.gpu
    }

    /// Numbers of a chunk whose largest buffer has so many words of each.
    fn numbers_of(&self, words: usize) -> usize {
        let limits = self.gpu.limits();
        let bytes = limits.storage_binding_bytes.min(limits.buffer_bytes);
        let fits = bytes.min(CHUNK_BYTES) / (4 * words.max(1) as u64);
        self.most.min(fits.max(1) as usize)
    }

    /// Computes a bucket's elements.
    fn bucket(
        &self,
        operation: Operation,
        operands: &[View],
        (shape, bucket): (Shape, Bucket),
        parts: &mut Vec<Part>,
    ) -> Result<()> {
        let whole = Chunk {
            gpu: &self.gpu,
            operation,
            operands,
            elements: &bucket.elements,
            shape,
            longest: bucket.longest,
        };
        let mut waiting = None;
        for elements in bucket.elements.chunks(self.numbers_of(largest(&whole))) {
            let next = (elements, Chunk { elements, ..whole }.submit()?);
            if let Some((elements, pending)) = waiting.replace(next) {
                parts.push(part(elements, pending)?);
            }
        }
        if let Some((elements, pending)) = waiting {
            parts.push(part(elements, pending)?);
        }
        Ok(())
    }
}

fn part(elements: &[u32], pending: chunk::Pending) -> Result<Part> {
    let results = pending.finish()?;
    Ok(Part {
        elements: elements.to_vec(),
        results,
    })
}

/// Words of a number in the largest buffer that a chunk needs.
fn largest(chunk: &Chunk) -> usize {
    let factors = || products::factor_words(chunk);
    match chunk.shape.way {
        Way::Sum | Way::Order | Way::Extreme => sums::words(chunk.longest) + 1,
        Way::Product => factors().iter().sum(),
        Way::LongProduct | Way::LongProductRest => 3 * factors().iter().sum::<usize>(),
        Way::Division | Way::SumRest | Way::ProductRest => divisions::dividend_words(chunk) + 1,
        Way::Divisor => gcd::state_words(sums::words(chunk.longest), 1),
        Way::Montgomery => powers::words(chunk),
        Way::Power => powers::largest(chunk),
    }
}

impl Kernels for Device {
    fn device(&self) -> String {
        self.gpu.adapter().name.clone()
    }

    fn apply(&self, operation: Operation, operands: &[View], length: usize) -> Result<Answer> {
        if operation == Operation::ModPow
            && let Some(bases) = reduced(operands)?
        {
            let operands = [bases.view(), operands[1], operands[2]];
            return self.computed(operation, &operands, length);
        }
        self.computed(operation, operands, length)
    }

    fn fold(&self, operation: Operation, numbers: View) -> Result<Option<Array>> {
        fold::fold(self, operation, numbers)
    }

    fn polynomial(
        &self,
        polynomial: &Polynomial,
        operands: &[View],
        length: usize,
    ) -> Result<Option<Array>> {
        polynomials::values(self, polynomial, operands, length)
    }

    fn fold_polynomial(&self, polynomial: &Polynomial, numbers: View) -> Result<Option<Array>> {
        polynomials::fold(self, polynomial, numbers)
    }
}

impl Device {
    fn computed(&self, operation: Operation, operands: &[View], length: usize) -> Result<Answer> {
        let buckets = sorted(operation, operands, length);
        let mut parts = Vec::new();
        for bucket in buckets.device {
            self.bucket(operation, operands, bucket, &mut parts)?;
        }
        Ok(Answer {
            parts,
            left: buckets.host,
        })
    }
}

/// The bases of powers brought into 0..|m| by the host; none where all are there already.
fn reduced(operands: &[View]) -> Result<Option<Array>> {
    let pair = [operands[0], operands[2]];
    let length = elementwise::length(&pair)?;
    if (0..length).all(|at| is_residue(number(pair[0], at), number(pair[1], at))) {
        return Ok(None);
    }
    let bases = elementwise::apply(Operation::EuclidRem, &pair, length);
    let wrong = |(at, failure)| Error::Item(format!("element {at}: {failure}"));
    bases.map(Some).map_err(wrong)
}

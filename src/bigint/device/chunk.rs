//! As many elements of one shape as a device takes at once: recorded, submitted, and their results read.

use super::adjust::{Step, adjusted};
use super::buckets::number;
use super::download;
use super::shape::{Shape, Way};
use super::upload::{self, Placed};
use super::{divisions, powers, products, sums};
use crate::Result;
use crate::bigint::Operation;
use crate::gpu::{Batch, Download, Gpu, Submitted};
use crate::integers::{Array, Integer, View};

/// Elements and what is to be done with them.
#[derive(Clone, Copy)]
pub struct Chunk<'a> {
    /// Who does it.
    pub gpu: &'a Gpu,
    /// What.
    pub operation: Operation,
    /// Whole operands, of which a single number is repeated.
    pub operands: &'a [View<'a>],
    /// Indices of the elements.
    pub elements: &'a [u32],
    /// Their shape.
    pub shape: Shape,
    /// Words of the longest number of each operand, of these elements and others.
    pub longest: [usize; 3],
}

/// What a device was asked to send back: limb-major words; signs, where the device makes them.
#[derive(Default)]
pub struct Outputs {
    /// Magnitudes.
    pub words: Option<Download<u32>>,
    /// Rests of a division.
    pub rests: Option<Download<u32>>,
    /// Signs of the results, or of the dividends.
    pub signs: Option<Download<u32>>,
    /// -1, 0 and 1.
    pub orders: Option<Download<i32>>,
}

/// A chunk that a device works on.
pub struct Pending<'a> {
    chunk: Chunk<'a>,
    submitted: Submitted,
    outputs: Outputs,
}

impl<'a> Chunk<'a> {
    /// How many elements there are.
    pub fn count(&self) -> usize {
        self.elements.len()
    }

    /// Uploads an operand with so many words of each number.
    ///
    /// # Errors
    /// What the device reports.
    pub fn place(&self, operand: usize, words: usize) -> Result<Placed> {
        upload::place(self.gpu, self.operands[operand], self.elements, words)
    }

    /// Uploads, records and submits; waits for nothing.
    ///
    /// # Errors
    /// What the device reports.
    pub fn submit(self) -> Result<Pending<'a>> {
        let mut batch = self.gpu.batch();
        let outputs = self.record(&mut batch)?;
        Ok(Pending {
            chunk: self,
            submitted: batch.submit()?,
            outputs,
        })
    }

    fn record(&self, batch: &mut Batch) -> Result<Outputs> {
        match self.shape.way {
            Way::Sum => sums::sum(self, batch),
            Way::Order => sums::order(self, batch),
            Way::Extreme => sums::extreme(self, batch),
            Way::Divisor => divisions::divisor(self, batch),
            Way::Product | Way::LongProduct => products::product(self, batch),
            Way::Division | Way::SumRest | Way::ProductRest | Way::LongProductRest => {
                divisions::division(self, batch)
            }
            Way::Montgomery => powers::product(self, batch),
            Way::Power => powers::power(self, batch),
        }
    }

    fn number(&self, operand: usize, i: usize) -> Integer<'a> {
        number(self.operands[operand], self.elements[i] as usize)
    }

    /// Whether one of the first two operands is negative, and not both.
    fn signs_differ(&self, i: usize) -> bool {
        let other = if self.operation == Operation::Sqr {
            0
        } else {
            1
        };
        self.number(0, i).negative != self.number(other, i).negative
    }
}

impl Pending<'_> {
    /// Waits for the results: an array of the chunk's elements.
    ///
    /// # Errors
    /// What the device reports.
    pub fn finish(self) -> Result<Array> {
        let Pending {
            chunk,
            submitted,
            outputs,
        } = self;
        let count = chunk.count();
        let read = |download: Option<Download<u32>>| match download {
            Some(download) => submitted.read(download),
            None => Ok(Vec::new()),
        };
        let (words, rests) = (read(outputs.words)?, read(outputs.rests)?);
        let signs = read(outputs.signs)?;
        let orders = match outputs.orders {
            Some(download) => submitted.read(download)?,
            None => Vec::new(),
        };
        match chunk.shape.way {
            Way::Sum | Way::Extreme => download::array(&words, count, |i| signs[i] == 1),
            Way::Order => {
                let words: Vec<u32> = orders.iter().map(|order| order.unsigned_abs()).collect();
                download::array(&words, count, |i| orders[i] < 0)
            }
            Way::Product | Way::LongProduct => {
                download::array(&words, count, |i| chunk.signs_differ(i))
            }
            Way::Division => match quotient_wanted(chunk.operation) {
                true => quotients(&chunk, &words, &rests),
                false => rests_of_division(&chunk, &rests),
            },
            Way::SumRest => residues(&chunk, &rests, |i| signs[i] == 1),
            Way::ProductRest | Way::LongProductRest => {
                residues(&chunk, &rests, |i| chunk.signs_differ(i))
            }
            Way::Divisor | Way::Montgomery | Way::Power => {
                download::array(&words, count, |_| false)
            }
        }
    }
}

/// Whether a division is asked for its quotient.
pub fn quotient_wanted(operation: Operation) -> bool {
    use Operation::{EuclidDiv, FloorDiv, TruncDiv};
    matches!(operation, FloorDiv | TruncDiv | EuclidDiv)
}

/// Quotients rounded towards zero made those of the operation: one more where something is left on the wrong side.
fn quotients(chunk: &Chunk, words: &[u32], rests: &[u32]) -> Result<Array> {
    let negative = |i: usize| chunk.signs_differ(i);
    let count = chunk.count();
    let anything_left = |i: usize| rests.iter().skip(i).step_by(count).any(|word| *word != 0);
    let away = |i: usize| match chunk.operation {
        Operation::FloorDiv => chunk.signs_differ(i),
        Operation::EuclidDiv => chunk.number(0, i).negative,
        _ => false,
    };
    let step = |i: usize| match away(i) && anything_left(i) {
        true => Step::Increment,
        false => Step::Keep,
    };
    let array = download::array(words, count, negative)?;
    Ok(adjusted(array, negative, step))
}

/// Rests of the dividends' signs made those of the operation.
fn rests_of_division(chunk: &Chunk, rests: &[u32]) -> Result<Array> {
    let negative = |i: usize| match chunk.operation {
        Operation::FloorMod => chunk.number(1, i).negative,
        Operation::TruncRem => chunk.number(0, i).negative,
        _ => false,
    };
    let complement = |i: usize| match chunk.operation {
        Operation::FloorMod => chunk.signs_differ(i),
        Operation::EuclidRem => chunk.number(0, i).negative,
        _ => false,
    };
    complemented(chunk, 1, rests, negative, complement)
}

/// Rests of numbers of these signs as residues in 0..|m|.
fn residues(
    chunk: &Chunk,
    rests: &[u32],
    negative: impl Fn(usize) -> bool + Sync,
) -> Result<Array> {
    complemented(chunk, 2, rests, |_| false, negative)
}

/// Rests, or where `complement` says so what they lack of the divisor, unless nothing is left.
fn complemented(
    chunk: &Chunk,
    divisor: usize,
    rests: &[u32],
    negative: impl Fn(usize) -> bool + Sync,
    complement: impl Fn(usize) -> bool + Sync,
) -> Result<Array> {
    let array = download::array(rests, chunk.count(), &negative)?;
    let zero: Vec<bool> = array.iter().map(|rest| rest.is_zero()).collect();
    let step = |i: usize| match complement(i) && !zero[i] {
        true => Step::Complement(chunk.number(divisor, i).limbs),
        false => Step::Keep,
    };
    Ok(adjusted(array, &negative, step))
}

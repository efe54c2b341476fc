//! Elements of an array sorted by shape.

use super::shape::{Reason, Shape, shape};
use crate::bigint::Operation;
use crate::integers::{Integer, View};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;

/// Elements that a thread looks at in one go.
const PIECE: usize = 1 << 14;

/// Elements of one shape, in order.
#[derive(Clone, Debug, Default)]
pub struct Bucket {
    /// Their indices.
    pub elements: Vec<u32>,
    /// Words of the longest number of each operand.
    pub longest: [usize; 3],
}

/// The elements by shape, and those that are left to the host by reason.
#[derive(Debug, Default)]
pub struct Buckets {
    /// What the device does.
    pub device: BTreeMap<Shape, Bucket>,
    /// What it does not.
    pub host: BTreeMap<Reason, Vec<u32>>,
}

/// Number `at` of an operand, of which one serves for all.
pub fn number<'a>(operand: View<'a>, at: usize) -> Integer<'a> {
    operand.get(if operand.len() == 1 { 0 } else { at })
}

/// Sorts elements `0..length`.
pub fn sorted(operation: Operation, operands: &[View], length: usize) -> Buckets {
    let starts: Vec<usize> = (0..length).step_by(PIECE).collect();
    let piece = |start: &usize| part(operation, operands, *start..length.min(start + PIECE));
    let mut pieces = starts.par_iter().map(piece).collect::<Vec<_>>().into_iter();
    let mut all = pieces.next().unwrap_or_default();
    for piece in pieces {
        for (shape, bucket) in piece.device {
            let whole = all.device.entry(shape).or_default();
            whole.elements.extend(bucket.elements);
            whole.grow(bucket.longest);
        }
        for (reason, elements) in piece.host {
            all.host.entry(reason).or_default().extend(elements);
        }
    }
    all
}

impl Bucket {
    fn grow(&mut self, words: [usize; 3]) {
        for (longest, words) in self.longest.iter_mut().zip(words) {
            *longest = words.max(*longest);
        }
    }
}

fn part(operation: Operation, operands: &[View], range: Range<usize>) -> Buckets {
    let one_modulus = operands.last().is_some_and(|last| last.len() == 1);
    let none = Integer {
        negative: false,
        limbs: &[],
    };
    let mut buckets = Buckets::default();
    for at in range {
        let mut numbers = [none; 3];
        for (place, operand) in numbers.iter_mut().zip(operands) {
            *place = number(*operand, at);
        }
        match shape(operation, &numbers[..operands.len()], one_modulus) {
            Ok(shape) => {
                let bucket = buckets.device.entry(shape).or_default();
                bucket.elements.push(at as u32);
                bucket.grow(numbers.map(|number| number.limbs.len()));
            }
            Err(reason) => buckets.host.entry(reason).or_default().push(at as u32),
        }
    }
    buckets
}

//! What the host adds to magnitudes of a device: signs, and for some elements a step that the division's rounding asks for.

use crate::bigint::magnitude;
use crate::integers::{Array, Integer};
use rayon::prelude::*;

/// Numbers that a thread does in one go.
const PIECE: usize = 1 << 12;

/// What becomes of a magnitude.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// It stays.
    Keep,
    /// One more.
    Increment,
    /// These limbs less it.
    Complement(&'a [u32]),
}

/// The array with these steps done; `negative` says the sign of each result, and that of `array` does not count.
pub fn adjusted<'a>(
    array: Array,
    negative: impl Fn(usize) -> bool + Sync,
    step: impl Fn(usize) -> Step<'a> + Sync,
) -> Array {
    let steps = (0..array.len()).into_par_iter().with_min_len(PIECE);
    if steps.map(&step).all(|step| step == Step::Keep) {
        return array;
    }
    let starts: Vec<usize> = (0..array.len()).step_by(PIECE).collect();
    let part = |start: &usize| {
        let mut part = Array::new();
        for at in *start..array.len().min(start + PIECE) {
            push(&mut part, array.get(at).limbs, negative(at), step(at));
        }
        part
    };
    let parts: Vec<Array> = starts.par_iter().map(part).collect();
    let mut whole = Array::with_capacity(array.len(), array.limbs().len());
    for part in parts {
        whole.extend(part.view());
    }
    whole
}

fn push(out: &mut Array, limbs: &[u32], negative: bool, step: Step) {
    let of = |limbs| Integer { negative, limbs };
    match step {
        Step::Keep => out.push(negative, limbs),
        Step::Increment => magnitude::push_sum(out, of(limbs), of(&[1]), false),
        Step::Complement(whole) => magnitude::push_sum(out, of(whole), of(limbs), true),
    }
}

//! Elements of an array that were done apart, brought together again in their order.

use crate::integers::{Array, View};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Elements that a thread gathers in one go.
const PIECE: usize = 1 << 12;

/// Some elements, in order, and their results.
#[derive(Debug)]
pub struct Part {
    /// Indices.
    pub elements: Vec<u32>,
    /// A result for each.
    pub results: Array,
}

/// What kernels did, and what they left to the host.
#[derive(Debug, Default)]
pub struct Answer {
    /// What was done.
    pub parts: Vec<Part>,
    /// Elements that were not, by the reason.
    pub left: BTreeMap<&'static str, Vec<u32>>,
}

/// These elements of an operand; a single number, which is repeated, stays one.
pub fn picked(operand: View, elements: &[u32]) -> Array {
    if operand.len() == 1 {
        return operand.to_array();
    }
    let mut picked = Array::new();
    for at in elements {
        let number = operand.get(*at as usize);
        picked.push(number.negative, number.limbs);
    }
    picked
}

/// The parts of `length` elements as one array.
pub fn joined(mut parts: Vec<Part>, length: usize) -> Array {
    let ends = parts.iter().scan(0, |end, part| {
        let begin = std::mem::replace(end, *end + part.elements.len());
        Some((begin, *end, part))
    });
    // Elements of a part ascend, so that its first and its last tell whether they are without gaps.
    let in_order = ends.clone().all(|(begin, end, part)| {
        let last = part.elements.last().map_or(end, |last| *last as usize + 1);
        part.elements.first().map_or(begin, |first| *first as usize) == begin && last == end
    });
    if in_order && parts.len() == 1 {
        return parts.swap_remove(0).results;
    }
    let mut whole = Array::with_capacity(length, 0);
    if in_order {
        parts
            .iter()
            .for_each(|part| whole.extend(part.results.view()));
        return whole;
    }
    let mut places = vec![(0, 0); length];
    for (number, part) in parts.iter().enumerate() {
        for (at, element) in part.elements.iter().enumerate() {
            places[*element as usize] = (number as u32, at as u32);
        }
    }
    let gather = |places: &[(u32, u32)]| {
        let mut piece = Array::new();
        for (part, at) in places {
            let result = parts[*part as usize].results.get(*at as usize);
            piece.push(result.negative, result.limbs);
        }
        piece
    };
    let pieces: Vec<Array> = places.par_chunks(PIECE).map(gather).collect();
    pieces.iter().for_each(|piece| whole.extend(piece.view()));
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use dashu_int::IBig;

    #[test]
    fn parts_come_together_in_order() {
        let array = |numbers: &[i32]| {
            numbers
                .iter()
                .map(|n| IBig::from(*n))
                .collect::<Vec<_>>()
                .iter()
                .collect::<Array>()
        };
        let part = |elements: &[u32], results: &[i32]| Part {
            elements: elements.to_vec(),
            results: array(results),
        };
        let whole = array(&[-4, 0, 7, 9]);
        for parts in [
            vec![part(&[0, 1, 2, 3], &[-4, 0, 7, 9])],
            vec![part(&[0, 1], &[-4, 0]), part(&[2, 3], &[7, 9])],
            vec![part(&[0, 3], &[-4, 9]), part(&[1, 2], &[0, 7])],
            vec![part(&[1, 3], &[0, 9]), part(&[2], &[7]), part(&[0], &[-4])],
        ] {
            assert_eq!(joined(parts, 4), whole);
        }
        assert_eq!(joined(Vec::new(), 0), Array::new());
        assert_eq!(picked(whole.view(), &[0, 3]), array(&[-4, 9]));
        assert_eq!(picked(whole.slice(2..3), &[0, 3]), array(&[7]));
    }
}

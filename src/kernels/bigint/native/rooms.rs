//! Rooms for the limbs of numbers: of fixed size for few words, in memory for many; words into them and out of them.

use super::limbs::count;
use super::operands::Operand;
use super::results::Rows;
use crate::lanes::{Instructions, Limbs, Words};

/// Words of numbers, two and two in 64 bits, from number `number` on; the first half of the lanes and the second.
#[inline(always)]
pub fn load<S: Instructions>(
    simd: S,
    operand: &Operand,
    [words, number, live]: [usize; 3],
    [first, second]: [&mut [Limbs<S>]; 2],
) {
    for k in (0..words).step_by(2) {
        let low = operand.lanes(simd, k, number, live);
        let high = match k + 1 < words {
            true => operand.lanes(simd, k + 1, number, live),
            false => Words::splat(simd, 0),
        };
        [first[k / 2], second[k / 2]] = Limbs::from_words(low, high);
    }
}

/// [`load`] undone, into columns of results from column `at` on.
#[inline(always)]
pub fn store<S: Instructions>(
    results: &mut Rows,
    [words, at]: [usize; 2],
    [first, second]: [&[Limbs<S>]; 2],
) {
    for k in (0..words).step_by(2) {
        let [low, high] = Limbs::to_words([first[k / 2], second[k / 2]]);
        low.store(&mut results[k][at..]);
        if k + 1 < words {
            high.store(&mut results[k + 1][at..]);
        }
    }
}

/// Words two and two and limbs of the operands of a product, and its sums, limbs and words: words of both halves of the
/// lanes, limbs of one.
pub struct Room<R> {
    pub left: [R; 2],
    pub right: [R; 2],
    pub products: [R; 2],
    pub a: R,
    pub b: R,
    pub sums: R,
}

impl<R> Room<R> {
    /// Nine rooms.
    #[inline(always)]
    pub fn new(room: &impl Fn() -> R) -> Self {
        Room {
            left: [room(), room()],
            right: [room(), room()],
            products: [room(), room()],
            a: room(),
            b: room(),
            sums: room(),
        }
    }

    /// Reads the words of as many numbers as there are lanes, from a place on.
    #[inline(always)]
    pub fn load<S: Instructions>(
        &mut self,
        simd: S,
        [left, right]: &[Operand; 2],
        place: [usize; 3],
    ) where
        R: AsMut<[Limbs<S>]>,
    {
        let [x, y] = &mut self.left;
        load(simd, left, place, [x.as_mut(), y.as_mut()]);
        let [x, y] = &mut self.right;
        load(simd, right, place, [x.as_mut(), y.as_mut()]);
    }

    /// Writes the words of as many products as there are lanes, from column `at` on.
    #[inline(always)]
    pub fn store<S: Instructions>(&mut self, results: &mut Rows, place: [usize; 2])
    where
        R: AsMut<[Limbs<S>]>,
    {
        let [x, y] = &mut self.products;
        store(results, place, [x.as_mut(), y.as_mut()]);
    }
}

/// Work on numbers of so many words in rooms of limbs.
pub trait InRooms {
    /// Does it; each room holds twice the limbs of a number, and its words.
    fn all<S: Instructions, R: AsMut<[Limbs<S>]>>(
        self,
        simd: S,
        words: usize,
        room: impl Fn() -> R,
    );
}

/// Does work on numbers of so many words. Loops of known length are written out, and limbs stay in registers.
#[inline(always)]
pub fn in_rooms<S: Instructions>(simd: S, words: usize, work: impl InRooms) {
    let none = Limbs::<S>::splat(simd, 0);
    match words {
        8 => work.all(simd, 8, || [none; 20]),
        16 => work.all(simd, 16, || [none; 38]),
        words => {
            let room = 2 * count::<S>(words).max(words);
            work.all(simd, words, || vec![none; room]);
        }
    }
}

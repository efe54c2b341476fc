//! Products of magnitudes on lanes: shaders/bigint/multiply.wgsl, for any count of words.

use super::limbs::{count, join, load, product, split, store, store_rows};
use super::operands::{Both, Operand, group};
use crate::Result;
use crate::gpu::Call;
use crate::lanes::{Body, Instructions, Limbs, Words};

/// The body of `bigint/multiply`.
///
/// # Errors
/// What the bindings report.
pub fn multiply(call: &Call) -> Result<()> {
    let both = Both::of(call)?;
    let rows = [both.count(), group(4 * both.words())];
    let words = both.words();
    call.for_each_strip(["products"], rows, |first, count, [mut products]| {
        let [mut left, mut right] = [Vec::new(), Vec::new()];
        let place = [words, first, count];
        let mut near = vec![0; 2 * words * count];
        call.level().run(Group {
            operands: [
                both.left.near(place, &mut left),
                both.right.near(place, &mut right),
            ],
            words,
            count,
            products: &mut near,
        });
        store_rows(&mut products, 0, count, &near);
    })
}

/// The numbers of a group, all near.
struct Group<'a> {
    operands: [Operand<'a>; 2],
    words: usize,
    count: usize,
    products: &'a mut [u32],
}

/// Room for the numbers of a vector: words two and two of both operands and of the products, each for both halves of
/// the lanes, and limbs of one half.
struct Room<R> {
    left: [R; 2],
    right: [R; 2],
    products: [R; 2],
    a: R,
    b: R,
    sums: R,
}

impl Body for Group<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Instructions>(mut self, simd: S) {
        match self.words {
            // Loops of known length are written out, and limbs stay in registers.
            8 => self.all(simd, 8, || [Limbs::<S>::splat(simd, 0); 20]),
            16 => self.all(simd, 16, || [Limbs::<S>::splat(simd, 0); 38]),
            words => {
                let room = 2 * count::<S>(words).max(words);
                self.all(simd, words, || vec![Limbs::<S>::splat(simd, 0); room]);
            }
        }
    }
}

impl Group<'_> {
    /// All numbers, of so many words, in such rooms.
    #[inline(always)]
    fn all<S: Instructions, R: AsMut<[Limbs<S>]>>(
        &mut self,
        simd: S,
        words: usize,
        room: impl Fn() -> R,
    ) {
        let mut room = Room {
            left: [room(), room()],
            right: [room(), room()],
            products: [room(), room()],
            a: room(),
            b: room(),
            sums: room(),
        };
        for at in (0..self.count).step_by(Words::<S>::COUNT) {
            self.some(simd, words, at, &mut room);
        }
    }

    /// As many as there are lanes, from this number on.
    #[inline(always)]
    fn some<S: Instructions, R: AsMut<[Limbs<S>]>>(
        &mut self,
        simd: S,
        words: usize,
        at: usize,
        room: &mut Room<R>,
    ) {
        let limbs = count::<S>(words);
        let place = [words, at, self.count - at];
        let [left, right] = &self.operands;
        let [x, y] = &mut room.left;
        load(simd, left, place, [x.as_mut(), y.as_mut()]);
        let [x, y] = &mut room.right;
        load(simd, right, place, [x.as_mut(), y.as_mut()]);
        let (a, b) = (&mut room.a.as_mut()[..limbs], &mut room.b.as_mut()[..limbs]);
        let sums = &mut room.sums.as_mut()[..2 * limbs];
        for half in 0..2 {
            split(simd, &room.left[half].as_mut()[..words.div_ceil(2)], 0, a);
            split(simd, &room.right[half].as_mut()[..words.div_ceil(2)], 0, b);
            sums.fill(Limbs::splat(simd, 0));
            product(simd, a, b, sums);
            super::limbs::carry(simd, sums);
            join(simd, sums, &mut room.products[half].as_mut()[..words]);
        }
        let [x, y] = &mut room.products;
        let (x, y) = (x.as_mut(), y.as_mut());
        store(self.products, [2 * words, self.count, at], [x, y]);
    }
}

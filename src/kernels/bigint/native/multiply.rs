//! Products of magnitudes on lanes: shaders/bigint/multiply.wgsl, for any count of words.

use super::limbs::{count, join, load, product, split, store};
use super::operands::{Both, GROUP};
use crate::Result;
use crate::gpu::{Call, Strip};
use crate::lanes::{Body, Instructions, Limbs, Words};

/// The body of `bigint/multiply`.
///
/// # Errors
/// What the bindings report.
pub fn multiply(call: &Call) -> Result<()> {
    let both = Both::of(call)?;
    let rows = [both.count(), GROUP];
    call.for_each_strip(["products"], rows, |first, count, [products]| {
        call.level().run(Group {
            both,
            numbers: [first, count],
            products,
        });
    })
}

/// The numbers of a group.
struct Group<'a> {
    both: Both<'a>,
    numbers: [usize; 2],
    products: Strip<'a>,
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
        match self.both.words() {
            // Loops of known length are written out, and limbs stay in registers.
            8 => self.all(simd, 8, || [Limbs::<S>::splat(simd, 0); 20]),
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
        let [first, count] = self.numbers;
        for at in (0..count).step_by(Words::<S>::COUNT) {
            self.some(simd, words, [first + at, at, count - at], &mut room);
        }
    }

    /// As many as there are lanes, from this number on, which stands `at` places into the strip.
    #[inline(always)]
    fn some<S: Instructions, R: AsMut<[Limbs<S>]>>(
        &mut self,
        simd: S,
        words: usize,
        [number, at, live]: [usize; 3],
        room: &mut Room<R>,
    ) {
        let limbs = count::<S>(words);
        let [x, y] = &mut room.left;
        load(
            simd,
            &self.both.left,
            [words, number, live],
            [x.as_mut(), y.as_mut()],
        );
        let [x, y] = &mut room.right;
        load(
            simd,
            &self.both.right,
            [words, number, live],
            [x.as_mut(), y.as_mut()],
        );
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
        store(&mut self.products, [0, 2 * words, at], [x, y]);
    }
}

//! Products of residues in Montgomery's form on lanes: shaders/bigint/montgomery.wgsl, for any count of words.

use super::limbs::{self, Modulus, count, join, load, negative_inverse, split, store, store_rows};
use super::operands::{Both, Operand, group};
use crate::Result;
use crate::gpu::Call;
use crate::lanes::{Body, Instructions, Limbs, Words};

/// The body of `bigint/montgomery`.
///
/// # Errors
/// What the bindings report.
pub fn montgomery(call: &Call) -> Result<()> {
    let both = Both::of(call)?;
    let moduli = moduli(call, &both)?;
    let rows = [both.count(), group(3 * both.words())];
    let words = both.words();
    call.for_each_strip(["products"], rows, |first, count, [mut products]| {
        let [mut left, mut right, mut n] = [Vec::new(), Vec::new(), Vec::new()];
        let place = [words, first, count];
        let mut near = vec![0; words * count];
        call.level().run(Group {
            operands: [
                both.left.near(place, &mut left),
                both.right.near(place, &mut right),
            ],
            moduli: moduli.near(place, &mut n),
            words,
            count,
            products: &mut near,
        });
        store_rows(&mut products, 0, count, &near);
    })
}

/// The moduli, which begin with their buffer.
///
/// # Errors
/// What the bindings report.
pub(super) fn moduli<'a>(call: &Call<'a>, both: &Both) -> Result<Operand<'a>> {
    Ok(Operand {
        all: call.read("moduli")?,
        first: 0,
        stride: both.operands.modulus_stride as usize,
        step: both.operands.modulus_step as usize,
    })
}

/// The numbers of a group, all near.
struct Group<'a> {
    operands: [Operand<'a>; 2],
    moduli: Operand<'a>,
    words: usize,
    count: usize,
    products: &'a mut [u32],
}

/// Room for the numbers of a vector: words two and two and limbs of moduli, each for both halves of the lanes, words two
/// and two of both operands and of the products, and limbs of one half.
struct Room<R> {
    moduli: [R; 2],
    left: [R; 2],
    right: [R; 2],
    products: [R; 2],
    a: R,
    b: R,
    sums: R,
    result: R,
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
            moduli: [room(), room()],
            left: [room(), room()],
            right: [room(), room()],
            products: [room(), room()],
            a: room(),
            b: room(),
            sums: room(),
            result: room(),
        };
        let mut inverses = [Limbs::splat(simd, 0); 2];
        for at in (0..self.count).step_by(Words::<S>::COUNT) {
            if at == 0 || self.moduli.step != 0 {
                inverses = self.prepare(simd, words, at, &mut room);
            }
            self.some(simd, words, at, inverses, &mut room);
        }
    }

    /// Limbs of the moduli and their inverses, of both halves of the lanes.
    #[inline(always)]
    fn prepare<S: Instructions, R: AsMut<[Limbs<S>]>>(
        &self,
        simd: S,
        words: usize,
        at: usize,
        room: &mut Room<R>,
    ) -> [Limbs<S>; 2] {
        let mut inverses = [Limbs::splat(simd, 0); 2];
        let [x, y] = &mut room.left;
        load(
            simd,
            &self.moduli,
            [words, at, self.count - at],
            [x.as_mut(), y.as_mut()],
        );
        for (half, inverse) in inverses.iter_mut().enumerate() {
            let n = &mut room.moduli[half].as_mut()[..count::<S>(words)];
            split(simd, &room.left[half].as_mut()[..words.div_ceil(2)], 0, n);
            *inverse = negative_inverse(simd, n[0]);
        }
        inverses
    }

    /// As many as there are lanes, from this number on.
    #[inline(always)]
    fn some<S: Instructions, R: AsMut<[Limbs<S>]>>(
        &mut self,
        simd: S,
        words: usize,
        at: usize,
        inverses: [Limbs<S>; 2],
        room: &mut Room<R>,
    ) {
        let (limbs, pairs) = (count::<S>(words), words.div_ceil(2));
        let place = [words, at, self.count - at];
        let [left, right] = &self.operands;
        let [x, y] = &mut room.left;
        load(simd, left, place, [x.as_mut(), y.as_mut()]);
        let [x, y] = &mut room.right;
        load(simd, right, place, [x.as_mut(), y.as_mut()]);
        // As in the WGSL: moved up as far as all limbs together are longer than the words.
        let surplus = limbs * Limbs::<S>::BITS as usize - 32 * words;
        let (a, b) = (&mut room.a.as_mut()[..limbs], &mut room.b.as_mut()[..limbs]);
        let sums = &mut room.sums.as_mut()[..2 * limbs];
        let result = &mut room.result.as_mut()[..limbs];
        for (half, inverse) in inverses.into_iter().enumerate() {
            split(simd, &room.left[half].as_mut()[..pairs], surplus, a);
            split(simd, &room.right[half].as_mut()[..pairs], 0, b);
            sums.fill(Limbs::splat(simd, 0));
            let modulus = Modulus {
                limbs: &room.moduli[half].as_mut()[..limbs],
                inverse,
            };
            limbs::montgomery(simd, [a, b], &modulus, sums, result);
            join(simd, result, &mut room.products[half].as_mut()[..pairs]);
        }
        let [x, y] = &mut room.products;
        store(
            self.products,
            [words, self.count, at],
            [x.as_mut(), y.as_mut()],
        );
    }
}

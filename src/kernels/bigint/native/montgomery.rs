//! Products of residues in Montgomery's form on lanes: shaders/bigint/montgomery.wgsl, for any count of words.

use super::limbs::{count, join, product, split};
use super::operands::{Both, Operand, group};
use super::reduction::{Modulus, negative_inverse, reduced};
use super::results::{Rows, write};
use super::rooms::{InRooms, Room, in_rooms, load};
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
    let words = both.words();
    let rows = [both.count(), group(3 * words)];
    call.for_each_strip(["products"], rows, |first, count, [products]| {
        let [mut left, mut right, mut n] = [Vec::new(), Vec::new(), Vec::new()];
        let place = [words, first, count];
        write(products, 0, [words, count], |results| {
            call.level().run(Group {
                operands: [
                    both.left.near(place, &mut left),
                    both.right.near(place, &mut right),
                ],
                moduli: moduli.near(place, &mut n),
                words,
                count,
                results,
            });
        });
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
struct Group<'a, 'r> {
    operands: [Operand<'a>; 2],
    moduli: Operand<'a>,
    words: usize,
    count: usize,
    results: &'a mut Rows<'r>,
}

impl Body for Group<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Instructions>(self, simd: S) {
        in_rooms(simd, self.words, self);
    }
}

/// Limbs and inverses of the moduli of both halves of the lanes, and limbs of a result.
struct Moduli<S: Instructions, R> {
    limbs: [R; 2],
    inverses: [Limbs<S>; 2],
    result: R,
}

impl InRooms for Group<'_, '_> {
    #[inline(always)]
    fn all<S: Instructions, R: AsMut<[Limbs<S>]>>(
        self,
        simd: S,
        words: usize,
        room: impl Fn() -> R,
    ) {
        let mut moduli = Moduli {
            limbs: [room(), room()],
            inverses: [Limbs::splat(simd, 0); 2],
            result: room(),
        };
        let mut room = Room::new(&room);
        for at in (0..self.count).step_by(Words::<S>::COUNT) {
            let place = [words, at, self.count - at];
            if at == 0 || self.moduli.step != 0 {
                let [x, y] = &mut room.left;
                load(simd, &self.moduli, place, [x.as_mut(), y.as_mut()]);
                moduli.prepare(simd, words, &mut room.left);
            }
            room.load(simd, &self.operands, place);
            for half in 0..2 {
                one_half(simd, words, half, &mut moduli, &mut room);
            }
            room.store::<S>(self.results, [words, at]);
        }
    }
}

impl<S: Instructions, R: AsMut<[Limbs<S>]>> Moduli<S, R> {
    /// Of the moduli whose words these are.
    #[inline(always)]
    fn prepare(&mut self, simd: S, words: usize, pairs: &mut [R; 2]) {
        for (half, pairs) in pairs.iter_mut().enumerate() {
            let n = &mut self.limbs[half].as_mut()[..count::<S>(words)];
            split(simd, &pairs.as_mut()[..words.div_ceil(2)], 0, n);
            self.inverses[half] = negative_inverse(simd, n[0]);
        }
    }
}

/// Products of one half of the lanes.
#[inline(always)]
fn one_half<S: Instructions, R: AsMut<[Limbs<S>]>>(
    simd: S,
    words: usize,
    half: usize,
    moduli: &mut Moduli<S, R>,
    room: &mut Room<R>,
) {
    let (limbs, pairs) = (count::<S>(words), words.div_ceil(2));
    // As in the WGSL: moved up as far as all limbs together are longer than the words.
    let surplus = limbs * Limbs::<S>::BITS as usize - 32 * words;
    let (a, b) = (&mut room.a.as_mut()[..limbs], &mut room.b.as_mut()[..limbs]);
    let sums = &mut room.sums.as_mut()[..2 * limbs];
    let result = &mut moduli.result.as_mut()[..limbs];
    split(simd, &room.left[half].as_mut()[..pairs], surplus, a);
    split(simd, &room.right[half].as_mut()[..pairs], 0, b);
    sums.fill(Limbs::splat(simd, 0));
    product(simd, a, b, sums);
    let modulus = Modulus {
        limbs: &moduli.limbs[half].as_mut()[..limbs],
        inverse: moduli.inverses[half],
    };
    reduced(simd, &modulus, sums, result);
    join(simd, result, &mut room.products[half].as_mut()[..pairs]);
}

//! Products of magnitudes on lanes: shaders/bigint/multiply.wgsl, for any count of words.

use super::limbs::{carry, count, join, product, split, square};
use super::operands::{Both, Operand, group};
use super::results::{Rows, write};
use super::rooms::{InRooms, Room, in_rooms};
use crate::Result;
use crate::gpu::Call;
use crate::lanes::{Body, Instructions, Limbs, Words};

/// The body of `bigint/multiply`.
///
/// # Errors
/// What the bindings report.
pub fn multiply(call: &Call) -> Result<()> {
    let both = Both::of(call)?;
    let words = both.words();
    let rows = [both.count(), group(4 * words)];
    call.for_each_strip(["products"], rows, |first, count, [products]| {
        let [mut left, mut right] = [Vec::new(), Vec::new()];
        let place = [words, first, count];
        write(products, 0, [2 * words, count], |results| {
            call.level().run(Group {
                operands: [
                    both.left.near(place, &mut left),
                    both.right.near(place, &mut right),
                ],
                squares: both.left.is(&both.right),
                words,
                count,
                results,
            });
        });
    })
}

/// The numbers of a group, all near.
struct Group<'a, 'r> {
    operands: [Operand<'a>; 2],
    squares: bool,
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

impl InRooms for Group<'_, '_> {
    #[inline(always)]
    fn all<S: Instructions, R: AsMut<[Limbs<S>]>>(
        self,
        simd: S,
        words: usize,
        room: impl Fn() -> R,
    ) {
        let mut room = Room::new(&room);
        for at in (0..self.count).step_by(Words::<S>::COUNT) {
            room.load(simd, &self.operands, [words, at, self.count - at]);
            for half in 0..2 {
                one_half(simd, words, half, self.squares, &mut room);
            }
            room.store::<S>(self.results, [2 * words, at]);
        }
    }
}

/// Products of one half of the lanes.
#[inline(always)]
fn one_half<S: Instructions, R: AsMut<[Limbs<S>]>>(
    simd: S,
    words: usize,
    half: usize,
    squares: bool,
    room: &mut Room<R>,
) {
    let (limbs, pairs) = (count::<S>(words), words.div_ceil(2));
    let (a, b) = (&mut room.a.as_mut()[..limbs], &mut room.b.as_mut()[..limbs]);
    let sums = &mut room.sums.as_mut()[..2 * limbs];
    split(simd, &room.left[half].as_mut()[..pairs], 0, a);
    sums.fill(Limbs::splat(simd, 0));
    if squares {
        square(simd, a, sums);
    } else {
        split(simd, &room.right[half].as_mut()[..pairs], 0, b);
        product(simd, a, b, sums);
    }
    carry(simd, sums);
    join(simd, sums, &mut room.products[half].as_mut()[..words]);
}

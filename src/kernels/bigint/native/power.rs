//! Powers of residues on lanes: shaders/bigint/power.wgsl, for any count of words, all steps in the first dispatch.

use super::limbs::{count, join, product, split, square};
use super::montgomery::moduli;
use super::operands::{Both, Operand};
use super::reduction::{Modulus, double, negative_inverse, reduced};
use super::results::{Rows, write};
use super::rooms::{load, store};
use crate::Result;
use crate::gpu::Call;
use crate::lanes::{Body, Instructions, Limbs, Words};

/// Powers of the base in the table: exponents go four bits at a time.
const TABLE: usize = 16;
/// Numbers of a strip: a power is work for long.
const STRIP: usize = 16;

/// The body of `bigint/power`. What is left to later dispatches of a device with a time limit is done in the first.
///
/// # Errors
/// What the bindings report.
pub fn power(call: &Call) -> Result<()> {
    let both = Both::of(call)?;
    if both.operands.begin > 0 {
        return Ok(());
    }
    let moduli = moduli(call, &both)?;
    let ones = Operand {
        all: call.read("ones")?,
        ..moduli
    };
    let rows = [both.count(), STRIP];
    call.for_each_strip(["state"], rows, |first, count, [state]| {
        let words = both.words();
        write(state, TABLE * words, [words, count], |results| {
            call.level().run(Group {
                both,
                moduli,
                ones,
                numbers: [first, count],
                results,
            });
        });
    })
}

/// The numbers of a strip.
struct Group<'a, 'r> {
    both: Both<'a>,
    moduli: Operand<'a>,
    ones: Operand<'a>,
    numbers: [usize; 2],
    results: &'a mut Rows<'r>,
}

impl Body for Group<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Instructions>(mut self, simd: S) {
        let [first, count] = self.numbers;
        let mut room = Room::new(simd, self.both.words());
        for at in (0..count).step_by(Words::<S>::COUNT) {
            self.some(simd, [first + at, at, count - at], &mut room);
        }
    }
}

/// Room for the numbers of a vector: words two and two, of both halves of the lanes, and limbs of one half.
struct Room<S: Instructions> {
    moduli: [Vec<Limbs<S>>; 2],
    ones: [Vec<Limbs<S>>; 2],
    /// First the bases, then the powers.
    bases: [Vec<Limbs<S>>; 2],
    modulus: Vec<Limbs<S>>,
    /// Powers 0 to 15 of the base, one after another.
    table: Vec<Limbs<S>>,
    other: Vec<Limbs<S>>,
    sums: Vec<Limbs<S>>,
    power: Vec<Limbs<S>>,
}

impl<S: Instructions> Room<S> {
    #[inline(always)]
    fn new(simd: S, words: usize) -> Self {
        let (limbs, pairs) = (count::<S>(words), words.div_ceil(2));
        let room = |limbs: usize| vec![Limbs::splat(simd, 0); limbs];
        Room {
            moduli: [room(pairs), room(pairs)],
            ones: [room(pairs), room(pairs)],
            bases: [room(pairs), room(pairs)],
            modulus: room(limbs),
            table: room(TABLE * limbs),
            other: room(limbs),
            sums: room(2 * limbs),
            power: room(limbs),
        }
    }

    /// The power becomes its product with `other`.
    #[inline(always)]
    fn multiply(&mut self, simd: S, inverse: Limbs<S>) {
        self.sums.fill(Limbs::splat(simd, 0));
        product(simd, &self.power, &self.other, &mut self.sums);
        self.reduce(simd, inverse);
    }

    /// The power becomes its square.
    #[inline(always)]
    fn square(&mut self, simd: S, inverse: Limbs<S>) {
        self.sums.fill(Limbs::splat(simd, 0));
        square(simd, &self.power, &mut self.sums);
        self.reduce(simd, inverse);
    }

    #[inline(always)]
    fn reduce(&mut self, simd: S, inverse: Limbs<S>) {
        let modulus = Modulus {
            limbs: &self.modulus,
            inverse,
        };
        reduced(simd, &modulus, &mut self.sums, &mut self.power);
    }
}

impl Group<'_, '_> {
    /// As many as there are lanes, from this number on, which stands `at` places into the strip.
    #[inline(always)]
    fn some<S: Instructions>(&mut self, simd: S, place: [usize; 3], room: &mut Room<S>) {
        let words = self.both.words();
        let [number, at, live] = place;
        for (operand, [x, y]) in [
            (&self.moduli, &mut room.moduli),
            (&self.ones, &mut room.ones),
            (&self.both.left, &mut room.bases),
        ] {
            load(simd, operand, [words, number, live], [x, y]);
        }
        for half in 0..2 {
            self.raise(simd, place, half, room);
            join(simd, &room.power, &mut room.bases[half]);
        }
        let [x, y] = &room.bases;
        store(self.results, [words, at], [x, y]);
    }

    /// The powers of one half of the lanes.
    #[inline(always)]
    fn raise<S: Instructions>(
        &self,
        simd: S,
        [number, _, live]: [usize; 3],
        half: usize,
        room: &mut Room<S>,
    ) {
        let limbs = room.modulus.len();
        split(simd, &room.moduli[half], 0, &mut room.modulus);
        let inverse = negative_inverse(simd, room.modulus[0]);
        split(simd, &room.ones[half], 0, &mut room.power);
        split(simd, &room.bases[half], 0, &mut room.other);
        // Here Montgomery's form is that of whole limbs, which are longer than the words by so many bits.
        let surplus = limbs * Limbs::<S>::BITS as usize - 32 * self.both.words();
        for _ in 0..surplus {
            let (n, sums) = (&room.modulus, &mut room.sums[..limbs]);
            double(simd, n, &mut room.power, sums);
            double(simd, n, &mut room.other, sums);
        }
        room.table[..limbs].copy_from_slice(&room.power);
        for entry in 1..TABLE {
            room.multiply(simd, inverse);
            room.table[entry * limbs..(entry + 1) * limbs].copy_from_slice(&room.power);
        }
        room.power.copy_from_slice(&room.table[..limbs]);
        for place in (0..8 * self.both.operands.right_words as usize).rev() {
            for _ in 0..4 {
                room.square(simd, inverse);
            }
            let word = self.both.right.lanes(simd, place / 8, number, live);
            let bits = Limbs::from_words(word, Words::splat(simd, 0))[half];
            let digit = (bits >> (4 * (place % 8)) as u32) & 15;
            choose(simd, digit, &room.table, &mut room.other);
            room.multiply(simd, inverse);
        }
        // A product with 1 in the form of words brings the power to that form.
        split(simd, &room.ones[half], 0, &mut room.other);
        room.multiply(simd, inverse);
    }
}

/// In each lane the power that its digit says.
#[inline(always)]
fn choose<S: Instructions>(simd: S, digit: Limbs<S>, table: &[Limbs<S>], chosen: &mut [Limbs<S>]) {
    let limbs = chosen.len();
    for entry in 0..TABLE {
        let this = Limbs::splat(simd, entry as u64);
        for (at, chosen) in chosen.iter_mut().enumerate() {
            *chosen = Limbs::select_equal(digit, this, table[entry * limbs + at], *chosen);
        }
    }
}

//! Powers of residues on lanes: shaders/bigint/power.wgsl, for any count of words, all steps in the first dispatch.

use super::limbs::{self, Modulus, count, join, load, negative_inverse, split, store};
use super::montgomery::moduli;
use super::operands::{Both, Operand};
use crate::Result;
use crate::gpu::{Call, Strip};
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
        call.level().run(Group {
            both,
            moduli,
            ones,
            numbers: [first, count],
            state,
        });
    })
}

/// The numbers of a strip.
struct Group<'a> {
    both: Both<'a>,
    moduli: Operand<'a>,
    ones: Operand<'a>,
    numbers: [usize; 2],
    state: Strip<'a>,
}

impl Body for Group<'_> {
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
    factor: Vec<Limbs<S>>,
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
            factor: room(limbs),
            other: room(limbs),
            sums: room(2 * limbs),
            power: room(limbs),
        }
    }

    /// The power becomes its product with `other`.
    #[inline(always)]
    fn multiply(&mut self, simd: S, words: usize, inverse: Limbs<S>) {
        let surplus = self.modulus.len() * Limbs::<S>::BITS as usize - 32 * words;
        limbs::moved(simd, &self.power, surplus as u32, &mut self.factor);
        self.sums.fill(Limbs::splat(simd, 0));
        let modulus = Modulus {
            limbs: &self.modulus,
            inverse,
        };
        let factors = [&self.factor[..], &self.other];
        limbs::montgomery(simd, factors, &modulus, &mut self.sums, &mut self.power);
    }
}

impl Group<'_> {
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
        let mut powers = vec![0; words * Words::<S>::COUNT];
        store(&mut powers, [words, Words::<S>::COUNT, 0], [x, y]);
        for (k, row) in powers.chunks_exact(Words::<S>::COUNT).enumerate() {
            Words::load(simd, row).store(&mut self.state.row(TABLE * words + k)[at..]);
        }
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
        let (words, limbs) = (self.both.words(), room.modulus.len());
        split(simd, &room.moduli[half], 0, &mut room.modulus);
        let inverse = negative_inverse(simd, room.modulus[0]);
        split(simd, &room.ones[half], 0, &mut room.table[..limbs]);
        split(simd, &room.bases[half], 0, &mut room.other);
        room.power.copy_from_slice(&room.table[..limbs]);
        for entry in 1..TABLE {
            room.multiply(simd, words, inverse);
            room.table[entry * limbs..(entry + 1) * limbs].copy_from_slice(&room.power);
        }
        room.power.copy_from_slice(&room.table[..limbs]);
        for place in (0..8 * self.both.operands.right_words as usize).rev() {
            for _ in 0..4 {
                room.other.copy_from_slice(&room.power);
                room.multiply(simd, words, inverse);
            }
            let word = self.both.right.lanes(simd, place / 8, number, live);
            let bits = Limbs::from_words(word, Words::splat(simd, 0))[half];
            let digit = (bits >> (4 * (place % 8)) as u32) & 15;
            choose(simd, digit, &room.table, &mut room.other);
            room.multiply(simd, words, inverse);
        }
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

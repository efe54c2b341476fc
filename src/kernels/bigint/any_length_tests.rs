//! Products on the processor for counts of words that no shader is written for: odd ones, and so many that sums must be
//! carried on between rows.

use super::montgomery;
use super::multiply;
use super::numbers::{limb_major, one_by_one};
use super::operands::Numbers;
use super::power::Power;
use super::sample_pairs::{Plain, Residues};
use super::samples::Draws;
use super::schoolbook;
use crate::gpu::{AdapterKind, Gpu, adapters};
use crate::twin::Twin;

/// 7 words are whole limbs of 28 bits and 13 of 52, with no room above them; 200 are more limbs of 28 bits than sums have
/// room for.
const WORDS: [usize; 5] = [1, 7, 13, 33, 200];
/// As many words are more limbs of 52 bits than sums have room for.
const MANY: usize = 1700;
const COUNT: usize = 17;

/// The processor with each of its instruction sets.
fn processors() -> Vec<Gpu> {
    let all = adapters().into_iter();
    let native = all.filter(|adapter| adapter.kind == AdapterKind::Native);
    native
        .map(|adapter| Gpu::open(&adapter.selector()).unwrap())
        .collect()
}

fn values(words: Vec<f64>, of_each: usize) -> Vec<Vec<u32>> {
    let words: Vec<u32> = words.into_iter().map(|word| word as u32).collect();
    one_by_one(&words, of_each)
}

#[test]
fn products_of_any_length() {
    for words in WORDS.into_iter().chain([MANY]) {
        let pairs = Plain::new(&mut Draws::new(1, words as u32), words, COUNT);
        let both = pairs.left.iter().zip(&pairs.right);
        let expected: Vec<_> = both.map(|(a, b)| schoolbook::multiply(a, b)).collect();
        for gpu in processors() {
            let products = pairs.on_device(&gpu, 2 * words * COUNT, |batch, pairs, products| {
                multiply::record(&gpu, batch, pairs, products)
            });
            let products = products.unwrap();
            assert_eq!(values(products, 2 * words), expected, "{words} words");
        }
    }
}

/// By the definition: a b = x 2^(32 words) mod n.
#[test]
fn residues_of_any_length() {
    for words in WORDS {
        let mut residues = Residues::new(&mut Draws::new(1, words as u32), words, COUNT);
        // Before it is reduced, the product of the largest residues is longer than the words.
        let largest = vec![u32::MAX; words];
        let below = schoolbook::subtract(&largest, &[1]);
        (residues.pairs.left[0], residues.pairs.right[0]) = (below.clone(), below);
        residues.moduli[0] = largest;
        let Residues { pairs, moduli } = &residues;
        for gpu in processors() {
            let moduli_words = gpu.storage(&limb_major(moduli, words)).unwrap();
            let all = Numbers::all(&moduli_words, COUNT);
            let products = pairs.on_device(&gpu, words * COUNT, |batch, pairs, products| {
                montgomery::record(&gpu, batch, pairs, all, products)
            });
            let products = products.unwrap();
            for (i, product) in values(products, words).iter().enumerate() {
                let n = &moduli[i];
                let moved = [&vec![0; words][..], product].concat();
                let expected = schoolbook::multiply(&pairs.left[i], &pairs.right[i]);
                let [moved, expected] = [moved, expected].map(|x| schoolbook::divide(&x, n).1);
                assert_eq!(moved, expected, "{words} words");
                assert!(schoolbook::compare(product, n).is_lt(), "{words} words");
            }
        }
    }
}

fn powers<const WORDS: usize>() {
    let input = Power::<WORDS>::sample(COUNT, 1);
    let expected = Power::<WORDS>::twin(&input).into_iter();
    let expected: Vec<f64> = expected.map(|[value, _]| value).collect();
    for gpu in processors() {
        let powers = Power::<WORDS>::run(&gpu, &input).unwrap();
        assert_eq!(powers, expected, "{WORDS} words");
    }
}

#[test]
fn powers_of_any_length() {
    powers::<1>();
    powers::<7>();
    powers::<13>();
    powers::<33>();
}

//! Tests of arithmetic: laws that hold for all numbers, and another library's results.

use super::scalar::{apply, crt, euclidean, extended_gcd, floored, truncated};
use super::*;
use dashu_int::IBig;
use num_bigint::BigInt;
use proptest::prelude::*;

/// Widths of the limbs that kernels and processors use.
const WORDS: [u32; 10] = [12, 13, 15, 16, 26, 28, 30, 32, 52, 64];

/// Numbers whose length is at a border of some word's multiple, or next to it: all ones, a single one, random.
fn border(multiples: std::ops::Range<u32>) -> impl Strategy<Value = IBig> {
    let length = (prop::sample::select(WORDS.to_vec()), multiples, 0..3_u32);
    (
        length,
        0..5_u32,
        any::<bool>(),
        proptest::collection::vec(any::<u32>(), 1..260),
    )
        .prop_map(|((word, multiple, next), pattern, negative, limbs)| {
            let bits = (word * multiple + next).saturating_sub(1) as usize;
            let top = IBig::ONE << bits;
            let magnitude = match pattern {
                0 => top,
                1 => top - IBig::ONE,
                2 => top + IBig::ONE,
                _ => {
                    let mut array = Array::new();
                    let cycle = limbs
                        .iter()
                        .cycle()
                        .take(bits / 32 + 1)
                        .copied()
                        .collect::<Vec<_>>();
                    array.push(false, &cycle);
                    array.get(0).value() & (top - IBig::ONE)
                }
            };
            if negative { -magnitude } else { magnitude }
        })
}

fn small() -> impl Strategy<Value = IBig> {
    border(0..24)
}

fn single(value: &IBig) -> Array {
    [value].into_iter().collect()
}

fn other(value: &IBig) -> BigInt {
    value.to_string().parse().unwrap()
}

fn on_arrays(operation: Operation, numbers: &[&IBig]) -> IBig {
    let arrays: Vec<Array> = numbers.iter().map(|number| single(number)).collect();
    let views: Vec<View> = arrays.iter().map(Array::view).collect();
    Engine::new(Route::Cpu, None)
        .apply(operation, &views)
        .unwrap()
        .get(0)
        .value()
}

proptest! {
    #[test]
    fn sums_and_products_are_undone(a in small(), b in small()) {
        let sum = on_arrays(Operation::Add, &[&a, &b]);
        prop_assert_eq!(on_arrays(Operation::Sub, &[&sum, &b]), a.clone());
        prop_assert_eq!(&sum, &(&a + &b));
        let product = on_arrays(Operation::Mul, &[&a, &b]);
        if !b.is_zero() {
            prop_assert_eq!(on_arrays(Operation::FloorDiv, &[&product, &b]), a.clone());
        }
        for operation in [Operation::Neg, Operation::Abs] {
            prop_assert_eq!(on_arrays(operation, &[&a]), apply(operation, &[&a]).unwrap());
        }
        for operation in [Operation::Min, Operation::Max, Operation::Cmp] {
            prop_assert_eq!(on_arrays(operation, &[&a, &b]), apply(operation, &[&a, &b]).unwrap());
        }
    }

    #[test]
    fn divisions_leave_the_rests_they_promise(a in border(0..48), b in small()) {
        prop_assume!(!b.is_zero());
        let magnitude = b.clone().max(-&b);
        for divide in [floored, truncated, euclidean] {
            let (quotient, rest) = divide(&a, &b).unwrap();
            prop_assert_eq!(&quotient * &b + &rest, a.clone());
            prop_assert!(rest < magnitude && rest > -&magnitude);
        }
        let zero = IBig::ZERO;
        let [f, t, e] = [floored, truncated, euclidean].map(|divide| divide(&a, &b).unwrap().1);
        prop_assert!(f.is_zero() || f.sign() == b.sign());
        prop_assert!(t.is_zero() || t.sign() == a.sign());
        prop_assert!(e >= zero);
    }

    #[test]
    fn divisors_divide_and_inverses_invert(a in small(), b in small(), c in small()) {
        let (x, y) = (&a * &c, &b * &c);
        let (g, s, t) = extended_gcd(&x, &y);
        prop_assert_eq!(&(s * &x + t * &y), &g);
        prop_assert_eq!(&apply(Operation::Gcd, &[&x, &y]).unwrap(), &g);
        if !g.is_zero() {
            prop_assert!(g > IBig::ZERO && (&x % &g).is_zero() && (&y % &g).is_zero() && (&g % &c).is_zero());
            let common = apply(Operation::Lcm, &[&x, &y]).unwrap();
            let product = &x * &y;
            prop_assert_eq!(common * g, product.clone().max(-product));
        }
        let one = IBig::ONE;
        match apply(Operation::ModInv, &[&a, &b]) {
            Ok(inverse) => {
                let product = apply(Operation::ModMul, &[&a, &inverse, &b]).unwrap();
                prop_assert_eq!(product, apply(Operation::EuclidRem, &[&one, &b]).unwrap());
            }
            Err(Failure::DivisionByZero) => prop_assert!(b.is_zero()),
            Err(_) => prop_assert!(apply(Operation::Gcd, &[&a, &b]).unwrap() > one),
        }
    }

    #[test]
    fn remainders_are_put_together(x in small(), moduli in proptest::collection::vec(1_u64..u64::MAX, 1..6)) {
        let moduli: Vec<IBig> = moduli.into_iter().map(IBig::from).collect();
        let rests: Vec<IBig> = moduli.iter().map(|m| euclidean(&x, m).unwrap().1).collect();
        let found = crt(&rests, &moduli).unwrap();
        for (rest, modulus) in rests.iter().zip(&moduli) {
            prop_assert_eq!(&euclidean(&found, modulus).unwrap().1, rest);
        }
        let common = moduli.iter().try_fold(IBig::ONE, |m, n| apply(Operation::Lcm, &[&m, n])).unwrap();
        prop_assert!(found >= IBig::ZERO && found < common);
    }

    #[test]
    fn roots_lie_between_neighbours(a in small(), k in 1_u8..9) {
        let magnitude = a.clone().max(-&a);
        let degree = IBig::from(k);
        let root = apply(Operation::Iroot, &[&magnitude, &degree]).unwrap();
        prop_assert!(root.pow(k.into()) <= magnitude && (&root + IBig::ONE).pow(k.into()) > magnitude);
        prop_assert_eq!(apply(Operation::Isqrt, &[&(&a * &a)]).unwrap(), magnitude.clone());
        prop_assert_eq!(apply(Operation::IsSquare, &[&(&a * &a)]).unwrap(), IBig::ONE);
        let next = &a * &a + IBig::from(1 + u8::from(magnitude.is_zero()));
        prop_assert_eq!(apply(Operation::IsSquare, &[&next]).unwrap(), IBig::ZERO);
    }

    #[test]
    fn bits_are_those_of_twos_complement(a in small(), b in small(), places in 0_u16..200) {
        let shift = IBig::from(places);
        let power = IBig::ONE << usize::from(places);
        prop_assert_eq!(apply(Operation::Shl, &[&a, &shift]).unwrap(), &a * &power);
        prop_assert_eq!(apply(Operation::Shr, &[&a, &shift]).unwrap(), floored(&a, &power).unwrap().0);
        let [and, or, xor] = [Operation::And, Operation::Or, Operation::Xor].map(|o| apply(o, &[&a, &b]).unwrap());
        prop_assert_eq!(&and + &or, &a + &b);
        prop_assert_eq!(or - and, xor);
        prop_assert_eq!(apply(Operation::Not, &[&a]).unwrap(), -&a - IBig::ONE);
    }

    #[test]
    fn another_library_agrees(a in border(0..70), b in border(0..70), m in border(1..12)) {
        let (x, y, n) = (other(&a), other(&b), other(&m));
        prop_assert_eq!(other(&(&a * &b)), &x * &y);
        if !b.is_zero() {
            let (quotient, rest) = truncated(&a, &b).unwrap();
            prop_assert_eq!((other(&quotient), other(&rest)), (&x / &y, &x % &y));
        }
        let exponent = euclidean(&b, &IBig::from(1 << 20)).unwrap().1;
        let modulus = m.clone().max(-&m);
        if !modulus.is_zero() {
            let power = apply(Operation::ModPow, &[&a, &exponent, &modulus]).unwrap();
            let positive = n.clone().max(-n);
            prop_assert_eq!(other(&power), ((&x % &positive + &positive) % &positive).modpow(&other(&exponent), &positive));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// As long as Toom-Cook, number-theoretic transforms and divided divisions take over.
    #[test]
    fn another_library_agrees_on_long_numbers(a in border(300..9000), b in border(300..5000)) {
        let (x, y) = (other(&a), other(&b));
        prop_assert_eq!(other(&(&a * &b)), &x * &y);
        let (quotient, rest) = truncated(&a, &b).unwrap();
        prop_assert_eq!((other(&quotient), other(&rest)), (&x / &y, &x % &y));
    }
}

/// All numbers below 20,000, Carmichael numbers, and pseudoprimes of either half of the test.
#[test]
fn primes_are_told_from_what_looks_like_them() {
    let is_prime = |n: &IBig| apply(Operation::IsPrime, &[n]).unwrap() == IBig::ONE;
    let sieve = |n: u32| {
        n > 1
            && (2..n)
                .take_while(|d| d * d <= n)
                .all(|d| !n.is_multiple_of(d))
    };
    for n in 0..20_000 {
        assert_eq!(is_prime(&n.into()), sieve(n), "{n}");
    }
    // Strong pseudoprimes to base 2 (OEIS A001262), strong Lucas pseudoprimes (A217255), Carmichael numbers (A002997).
    for n in [
        42_799,
        49_141,
        1_373_653,
        25_326_001,
        58_519,
        75_077,
        97_439,
        100_127,
        41_041,
        825_265,
        321_197_185_u64,
    ] {
        assert!(!is_prime(&n.into()), "{n}");
    }
    let mersenne = |k| (IBig::ONE << k) - IBig::ONE;
    assert!(
        [89, 127, 521, 607]
            .into_iter()
            .all(|k| is_prime(&mersenne(k)))
    );
    assert!(
        [67, 101, 257, 509]
            .into_iter()
            .all(|k| !is_prime(&mersenne(k)))
    );
    assert!(!is_prime(&mersenne(127).sqr().into()) && !is_prime(&IBig::from(-7)));
}

//! What the twins of big-integer kernels compute with: magnitudes as words, least significant first, digit by digit as
//! at school. Slow and plain on purpose.

use std::cmp::Ordering;

/// The magnitude without zero words at its top.
pub fn trimmed(number: &[u32]) -> &[u32] {
    let len = number.iter().rposition(|word| *word != 0);
    &number[..len.map_or(0, |last| last + 1)]
}

/// With zero words at its top, or without some, so that it has so many.
pub fn sized(number: &[u32], words: usize) -> Vec<u32> {
    let digits = number.iter().copied().chain(std::iter::repeat(0));
    digits.take(words).collect()
}

/// Which magnitude is the greater one.
pub fn compare(a: &[u32], b: &[u32]) -> Ordering {
    let (a, b) = (trimmed(a), trimmed(b));
    let from_above = || a.iter().rev().cmp(b.iter().rev());
    a.len().cmp(&b.len()).then_with(from_above)
}

/// Which of two numbers with signs, 0 or 1 for minus, is the greater one.
pub fn compare_signed((a, minus): (&[u32], u32), (b, other): (&[u32], u32)) -> Ordering {
    match (minus, other) {
        (0, 0) => compare(a, b),
        (0, _) => Ordering::Greater,
        (_, 0) => Ordering::Less,
        _ => compare(b, a),
    }
}

/// a + b, one word longer than the longer one.
pub fn add(a: &[u32], b: &[u32]) -> Vec<u32> {
    let words = a.len().max(b.len()) + 1;
    let mut carry = 0;
    let digits = sized(a, words).into_iter().zip(sized(b, words));
    let sum = digits.map(|(a, b)| {
        carry += u64::from(a) + u64::from(b);
        let digit = carry as u32;
        carry >>= 32;
        digit
    });
    sum.collect()
}

/// a - b of magnitudes a >= b, as long as a.
pub fn subtract(a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut borrow = 0;
    let digits = a.iter().zip(sized(b, a.len()));
    let difference = digits.map(|(a, b)| {
        let digit = i64::from(*a) - i64::from(b) - borrow;
        borrow = i64::from(digit < 0);
        digit as u32
    });
    difference.collect()
}

/// a x b, as long as both together.
pub fn multiply(a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut product = vec![0; a.len() + b.len()];
    for (i, x) in a.iter().enumerate() {
        let mut carry = 0;
        for (j, y) in b.iter().enumerate() {
            carry += u64::from(product[i + j]) + u64::from(*x) * u64::from(*y);
            product[i + j] = carry as u32;
            carry >>= 32;
        }
        product[i + b.len()] = carry as u32;
    }
    product
}

/// Quotient, as long as a, and remainder, as long as b; 0 and a cut to that length for b = 0. A bit at a time.
pub fn divide(a: &[u32], b: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut quotient = vec![0; a.len()];
    // A word longer, for what is shifted out.
    let mut rest = vec![0; b.len() + 1];
    if trimmed(b).is_empty() {
        return (quotient, sized(a, b.len()));
    }
    for bit in (0..32 * a.len()).rev() {
        let mut carry = a[bit / 32] >> (bit % 32) & 1;
        for word in &mut rest {
            (*word, carry) = (*word << 1 | carry, *word >> 31);
        }
        if compare(&rest, b).is_ge() {
            rest = subtract(&rest, b);
            quotient[bit / 32] |= 1 << (bit % 32);
        }
    }
    rest.pop();
    (quotient, rest)
}

/// The greatest common divisor by Euclid's algorithm, as long as the longer one; that with 0 is the other.
pub fn gcd(a: &[u32], b: &[u32]) -> Vec<u32> {
    let words = a.len().max(b.len());
    let (mut a, mut b) = (sized(a, words), sized(b, words));
    while !trimmed(&b).is_empty() {
        let rest = divide(&a, trimmed(&b)).1;
        (a, b) = (b, sized(&rest, words));
    }
    a
}

/// The residue x with 2^times x = residue mod n, for odd n: halved so many times, made even by n before where it is odd.
pub fn halved(mut residue: Vec<u32>, n: &[u32], times: usize) -> Vec<u32> {
    let words = residue.len();
    for _ in 0..times {
        let even = match residue[0] % 2 {
            0 => sized(&residue, words + 1),
            _ => add(&residue, n),
        };
        let half = |k: usize| even[k] >> 1 | even[k + 1] << 31;
        residue = (0..words).map(half).collect();
    }
    residue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_are_as_the_machine_has_them() {
        let split = |number: u128| vec![number as u32, (number >> 32) as u32];
        let joined = |words: &[u32]| {
            let digits = words.iter().rev().map(|word| u128::from(*word));
            digits.fold(0, |number, word| number << 32 | word)
        };
        let numbers = [
            0,
            1,
            0xffff_ffff,
            1 << 32,
            (1 << 63) + 5,
            u128::from(u64::MAX),
        ];
        for (a, b) in numbers.iter().flat_map(|a| numbers.map(|b| (*a, b))) {
            let (x, y) = (&split(a), &split(b));
            assert_eq!(joined(&add(x, y)), a + b);
            assert_eq!(joined(&multiply(x, y)), a * b);
            assert_eq!(compare(x, y), a.cmp(&b));
            if let Some(difference) = a.checked_sub(b) {
                assert_eq!(joined(&subtract(x, y)), difference);
            }
            if let (Some(expected), Some(left)) = (a.checked_div(b), a.checked_rem(b)) {
                let (quotient, rest) = divide(x, y);
                assert_eq!((joined(&quotient), joined(&rest)), (expected, left));
            }
        }
        assert_eq!(joined(&gcd(&split(48 << 40), &split(36))), 12);
        assert_eq!(joined(&gcd(&split(0), &split(36))), 36);
        // 2^3 x 2 = 16 = 5 mod 11.
        assert_eq!(halved(vec![5], &[11], 3), [2]);
    }
}

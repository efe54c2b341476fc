//! Tests of arrays: what is pushed comes back, in canonical form, through views, parts and text.

use super::*;
use dashu_int::IBig;
use proptest::prelude::*;

fn array(texts: &[&str]) -> Array {
    let mut array = Array::new();
    for text in texts {
        push_text(&mut array, text).unwrap();
    }
    array
}

#[test]
fn numbers_are_canonical_however_they_come() {
    let mut made = Array::new();
    made.push(true, &[0, 0]);
    made.push(false, &[5, 0, 0]);
    made.push(true, &[0, 1, 0]);
    assert_eq!(made, array(&["-0", "+5", "-0x1_0000_0000"]));
    assert_eq!(made.limbs(), [5, 0, 1]);
    assert_eq!(made.offsets(), [0, 0, 1, 3]);
    assert_eq!(made.signs(), [0b100]);
}

#[test]
fn parts_that_are_no_array_are_refused() {
    for (limbs, offsets, signs, words) in [
        (vec![1], vec![], vec![], "from 0"),
        (vec![1], vec![0, 2], vec![0], "from 0"),
        (vec![1, 1], vec![0, 2, 1, 2], vec![0], "number 1"),
        (vec![1], vec![0, 1], vec![], "signs"),
        (vec![1], vec![0, 1], vec![2], "signs"),
        (vec![0], vec![0, 1], vec![0], "number 0"),
        (vec![], vec![0, 0], vec![1], "number 0"),
    ] {
        let message = Array::from_parts(limbs, offsets, signs)
            .unwrap_err()
            .to_string();
        assert!(message.contains(words), "{message}");
    }
}

#[test]
fn text_that_is_no_number_is_named() {
    for wrong in [
        "", "-", "--1", "+-1", "0x", "0x-1", "12a", "0xg", "1.5", "1e9", "_1", "0b1", "\u{661}",
    ] {
        let message = parse(wrong).unwrap_err();
        assert!(message.contains(&format!("`{wrong}`")), "{message}");
    }
    let long = parse(&"z".repeat(1000)).unwrap_err();
    assert!(
        long.contains("(1000 characters)") && long.len() < 100,
        "{long}"
    );
}

#[test]
fn views_are_the_numbers_they_lend() {
    let array = array(&["1", "-2", "0x123456789abcdef01", "0", "-5"]);
    let view = array.slice(1..4).slice(0..2);
    assert_eq!(view.limbs(), [2, 0xabcd_ef01, 0x2345_6789, 1]);
    assert_eq!(view.longest(), 3);
    assert_eq!(
        view.to_array(),
        self::array(&["-2", "20988295479420645121"])
    );
    assert!(array.slice(2..2).is_empty() && array.slice(5..5).limbs().is_empty());
}

/// Limbs around the borders of the words that kernels use.
fn limbs() -> impl Strategy<Value = Vec<u32>> {
    let limb = prop_oneof![
        Just(0),
        Just(u32::MAX),
        Just(1),
        Just(1 << 31),
        any::<u32>()
    ];
    proptest::collection::vec(limb, 0..160)
}

proptest! {
    #[test]
    fn what_is_pushed_comes_back(numbers in proptest::collection::vec((any::<bool>(), limbs()), 0..70)) {
        let mut array = Array::new();
        for (negative, limbs) in &numbers {
            array.push(*negative, limbs);
        }
        let values: Vec<IBig> = array.iter().map(|number| number.value()).collect();
        prop_assert_eq!(&values.iter().collect::<Array>(), &array);
        let parts = Array::from_parts(array.limbs().to_vec(), array.offsets().to_vec(), array.signs().to_vec());
        prop_assert_eq!(&parts.unwrap(), &array);
        let mut again = Array::new();
        for (at, number) in array.iter().enumerate() {
            let mut text = String::new();
            if at % 2 == 0 { write_decimal(number, &mut text) } else { write_hexadecimal(number, &mut text) }.unwrap();
            push_text(&mut again, &text).unwrap();
            prop_assert_eq!(number.bits(), num_bits(&values[at]));
        }
        prop_assert_eq!(&again, &array);
        for at in 1..array.len() {
            let [a, b] = [array.get(at - 1), array.get(at)];
            prop_assert_eq!(a.cmp(&b), values[at - 1].cmp(&values[at]));
        }
    }
}

fn num_bits(value: &IBig) -> u64 {
    use dashu_int::ops::{BitTest, UnsignedAbs};
    value.clone().unsigned_abs().bit_len() as u64
}

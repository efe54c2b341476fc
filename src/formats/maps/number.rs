//! Map values as text: three decimals, one value a line; the hot path of reading and writing maps.

/// Powers of ten that are exact in f64.
const POWERS: [f64; 16] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
];
/// Digits whose value is exact in f64.
const EXACT_DIGITS: usize = 15;

/// Longest line of a value: sign, 16 digits of the largest whole number that `i64` has thousandths of, point, decimals, end.
pub(super) const LONGEST: usize = 24;

/// The digits of each number below a thousand, leading noughts included, and how many of them are leading noughts.
const DIGITS: [([u8; 3], u8); 1000] = {
    let mut digits = [([0; 3], 0); 1000];
    let mut number = 0;
    while number < 1000 {
        let places = [number / 100, number / 10 % 10, number % 10];
        let noughts = (number < 100) as u8 + (number < 10) as u8;
        digits[number] = (
            [
                b'0' + places[0] as u8,
                b'0' + places[1] as u8,
                b'0' + places[2] as u8,
            ],
            noughts,
        );
        number += 1;
    }
    digits
};
/// 1.5 x 2^52: what is added to it is rounded to a whole number, of two to the even one.
const TO_WHOLE: f64 = 6_755_399_441_055_744.0;

/// Writes `value` with three decimals and a newline to the start of `line`, [`LONGEST`] bytes, as `%.3f` does, but zero never has a sign;
/// the number of bytes.
///
/// Integers are formatted instead of floats, three digits at once, in stores of fixed size: a map has half a million values.
pub(super) fn put_value(line: &mut [u8], value: f32) -> usize {
    let thousandths = rounded(f64::from(value) * 1000.0) as i64;
    line[0] = b'-';
    let sign = usize::from(thousandths < 0);
    let magnitude = thousandths.unsigned_abs();
    let end = sign + put_integer(line, sign, magnitude / 1000);
    let ([tenths, hundredths, rest], _) = DIGITS[(magnitude % 1000) as usize];
    line[end..end + 5].copy_from_slice(&[b'.', tenths, hundredths, rest, b'\n']);
    end + 5
}

/// Writes a whole number from place `at` on; the number of digits.
fn put_integer(line: &mut [u8], at: usize, value: u64) -> usize {
    let (digits, noughts) = DIGITS[(value % 1000) as usize];
    if value >= 1000 {
        let before = put_integer(line, at, value / 1000);
        line[at + before..at + before + 3].copy_from_slice(&digits);
        return before + 3;
    }
    let leading = u32::from_le_bytes([digits[0], digits[1], digits[2], 0]) >> (8 * noughts);
    line[at..at + 4].copy_from_slice(&leading.to_le_bytes());
    3 - usize::from(noughts)
}

/// To a whole number; what is too large for the sum to hold its last bit is whole already, or as good as.
fn rounded(value: f64) -> f64 {
    if value.abs() < 2f64.powi(51) {
        value + TO_WHOLE - TO_WHOLE
    } else {
        value
    }
}

/// The value on the first line of `bytes` and the length of that line with its end, where the line is what AutoGrid
/// writes: sign, digits, point, digits, newline. One pass over the bytes: this is what reading maps spends its time in.
pub(super) fn plain_line(bytes: &[u8]) -> Option<(f32, usize)> {
    let negative = bytes.first() == Some(&b'-');
    let start = usize::from(negative);
    let mut mantissa = 0u64;
    let mut point = None;
    // One more than the digits that are exact, for the point, and the newline.
    for (place, &byte) in bytes.iter().enumerate().skip(start).take(EXACT_DIGITS + 2) {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa
                    .wrapping_mul(10)
                    .wrapping_add(u64::from(byte - b'0'))
            }
            b'.' if point.is_none() => point = Some(place),
            b'\n' => {
                let decimals = point.map_or(0, |point| place - 1 - point);
                let digits = place - start - usize::from(point.is_some());
                if digits == 0 || digits > EXACT_DIGITS {
                    return None;
                }
                let value = mantissa as f64 / POWERS[decimals];
                return Some((if negative { -value } else { value } as f32, place + 1));
            }
            _ => return None,
        }
    }
    None
}

/// The number that `field` spells in any way; nothing if it is none or not finite.
pub(super) fn parse_value(field: &[u8]) -> Option<f32> {
    let value: f32 = std::str::from_utf8(field).ok()?.parse().ok()?;
    value.is_finite().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: f32) -> String {
        let mut line = [0; LONGEST];
        let length = put_value(&mut line, value);
        String::from_utf8(line[..length].to_vec()).unwrap()
    }

    #[test]
    fn values_are_written_with_three_decimals() {
        for (value, text) in [
            (0.0, "0.000\n"),
            (-0.0004, "0.000\n"),
            (-0.001, "-0.001\n"),
            (1.5, "1.500\n"),
            (-12.34, "-12.340\n"),
            (-1_000_007.5, "-1000007.500\n"),
            (100_439.41, "100439.406\n"),
            (f32::MAX, "9223372036854775.807\n"),
        ] {
            assert_eq!(written(value), text);
        }
    }

    #[test]
    fn odd_spellings_are_read_and_others_refused() {
        for (text, value) in [
            ("0.", 0.0),
            (".5", 0.5),
            ("-7", -7.0),
            ("+1.5", 1.5),
            ("1.5e3", 1500.0),
        ] {
            assert_eq!(parse_value(text.as_bytes()), Some(value), "{text}");
        }
        assert_eq!(plain_line(b"-1.250\n7"), Some((-1.25, 7)));
        assert_eq!(plain_line(b"0.\n"), Some((0.0, 3)));
        for text in [
            "",
            "\n",
            "-\n",
            ".\n",
            "1.2",
            "1.2.3\n",
            "1 \n",
            "1e3\n",
            "1234567890123456\n",
            "--1\n",
        ] {
            assert_eq!(plain_line(text.as_bytes()), None, "{text}");
        }
        for text in ["", "-", ".", "nan", "inf", "1e99", "1.2.3", "x", "1 2"] {
            assert_eq!(parse_value(text.as_bytes()), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn reading_is_what_the_standard_library_reads(value in -1e6f32..1e6) {
            let text = written(value);
            let plain = plain_line(text.as_bytes());
            let text = text.trim();
            proptest::prop_assert_eq!(plain, Some((text.parse().unwrap(), text.len() + 1)));
            proptest::prop_assert_eq!(parse_value(text.as_bytes()), text.parse().ok());
            proptest::prop_assert!((text.parse::<f64>().unwrap() - f64::from(value)).abs() <= 0.000_500_1);
        }
    }
}

//! Map values as text: three decimals, one value a line; the hot path of reading and writing maps.

/// Powers of ten that are exact in f64.
const POWERS: [f64; 16] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
];
/// Digits whose value is exact in f64.
const EXACT_DIGITS: usize = 15;

/// Appends `value` with three decimals and a newline, as `%.3f` does, but zero never has a sign.
///
/// Integers are formatted instead of floats: this is five times as fast, and a map has half a million values.
pub(super) fn push_value(text: &mut Vec<u8>, value: f32) {
    let thousandths = (f64::from(value) * 1000.0).round_ties_even() as i64;
    if thousandths < 0 {
        text.push(b'-');
    }
    let magnitude = thousandths.unsigned_abs();
    push_integer(text, magnitude / 1000);
    let decimals = magnitude % 1000;
    text.push(b'.');
    for digit in [decimals / 100, decimals / 10 % 10, decimals % 10] {
        text.push(b'0' + digit as u8);
    }
    text.push(b'\n');
}

fn push_integer(text: &mut Vec<u8>, mut value: u64) {
    let mut digits = [0u8; 20];
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    text.extend_from_slice(&digits[start..]);
}

/// The number that `field` spells; nothing if it is none or not finite.
pub(super) fn parse_value(field: &[u8]) -> Option<f32> {
    parse_plain(field).or_else(|| {
        let value: f32 = std::str::from_utf8(field).ok()?.parse().ok()?;
        value.is_finite().then_some(value)
    })
}

/// Sign, digits, point, digits: what AutoGrid writes. Anything else is left to the standard library.
fn parse_plain(field: &[u8]) -> Option<f32> {
    let (negative, digits) = match field {
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    if digits.is_empty() || digits.len() > EXACT_DIGITS {
        return None;
    }
    let mut mantissa = 0u64;
    let mut point = None;
    for (place, &byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => mantissa = 10 * mantissa + u64::from(byte - b'0'),
            b'.' if point.is_none() => point = Some(place),
            _ => return None,
        }
    }
    let decimals = point.map_or(0, |place| digits.len() - 1 - place);
    if point.is_some() && digits.len() == 1 {
        return None;
    }
    let value = mantissa as f64 / POWERS[decimals];
    Some(if negative { -value } else { value } as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: f32) -> String {
        let mut text = Vec::new();
        push_value(&mut text, value);
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn values_are_written_with_three_decimals() {
        for (value, text) in [
            (0.0, "0.000\n"),
            (-0.0004, "0.000\n"),
            (-0.001, "-0.001\n"),
            (1.5, "1.500\n"),
            (-12.34, "-12.340\n"),
            (100_439.41, "100439.406\n"),
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
        for text in ["", "-", ".", "nan", "inf", "1e99", "1.2.3", "x", "1 2"] {
            assert_eq!(parse_value(text.as_bytes()), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn reading_is_what_the_standard_library_reads(value in -1e6f32..1e6) {
            let text = written(value);
            let text = text.trim();
            proptest::prop_assert_eq!(parse_value(text.as_bytes()), text.parse().ok());
            proptest::prop_assert!((text.parse::<f64>().unwrap() - f64::from(value)).abs() <= 0.000_500_1);
        }
    }
}

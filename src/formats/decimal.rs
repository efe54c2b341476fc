//! Decimal numbers as files of molecules have them, read exactly, and faster than the general way.

/// Powers of ten that are exact, as is every whole number of so many digits: their quotient is rounded once.
const POWERS: [f64; 16] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
];

/// The number that a text is, to the last bit what the standard library reads; nothing where it is none.
pub(super) fn decimal(text: &str) -> Option<f64> {
    plain(text.as_bytes()).or_else(|| text.parse().ok())
}

/// A number of few digits with a point among them, such as `-12.3456`; nothing for all others.
fn plain(text: &[u8]) -> Option<f64> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    let point = digits.iter().position(|byte| *byte == b'.')?;
    let decimals = digits.len() - point - 1;
    if digits.len() > POWERS.len() || point == 0 || decimals == 0 {
        return None;
    }
    let mut whole = 0u64;
    for &byte in digits[..point].iter().chain(&digits[point + 1..]) {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        whole = 10 * whole + u64::from(digit);
    }
    let size = whole as f64 / POWERS[decimals];
    Some(if negative { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same(text: &str) -> bool {
        decimal(text).map(f64::to_bits) == text.parse().ok().map(f64::to_bits)
    }

    #[test]
    fn what_is_no_plain_number_goes_the_general_way() {
        for text in [
            "",
            "-",
            ".",
            "1.",
            ".5",
            "-.5",
            "+1.5",
            "1e3",
            "1.5e3",
            "nan",
            "1,5",
            "--1.0",
            "1.0.0",
            "- 1.0",
            "7",
            "-0.0",
            "123456789012345.6",
            "0.00000000000000001",
            "99999999999999.9",
        ] {
            assert!(same(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn numbers_are_those_of_the_general_way(text in "-?[0-9]{1,9}\\.[0-9]{1,9}") {
            prop_assert!(same(&text));
        }
    }
}

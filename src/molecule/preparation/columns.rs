//! Numbers in columns of fixed width, as PDBQT wants them: exact, and faster than the general way.

use std::fmt::Write;

/// Writes a number with three decimals, right-justified in eight columns; with a plus sign where it is asked for.
pub(super) fn push_decimal(text: &mut String, number: f64, plus: bool) {
    let scaled = number.abs() * 1000.0;
    let whole = scaled.floor();
    let rest = scaled - whole;
    // Near a half the last bit decides; large numbers are not worth a fast way.
    let simple = scaled < 1e9 && (rest - 0.5).abs() > 1e-4;
    if !simple {
        let _ = match plus {
            true => write!(text, "{number:+8.3}"),
            false => write!(text, "{number:8.3}"),
        };
        return;
    }
    let mut thousandths = whole as u32 + u32::from(rest > 0.5);
    let mut digits = [b' '; 12];
    let mut at = digits.len();
    for place in 0.. {
        if place == 3 {
            at -= 1;
            digits[at] = b'.';
        }
        if place > 3 && thousandths == 0 {
            break;
        }
        at -= 1;
        digits[at] = b'0' + (thousandths % 10) as u8;
        thousandths /= 10;
    }
    if number.is_sign_negative() || plus {
        at -= 1;
        digits[at] = if number.is_sign_negative() {
            b'-'
        } else {
            b'+'
        };
    }
    push_ascii(text, &digits[at.min(4)..]);
}

/// Writes a whole number right-justified in at least so many columns, of which there may be ten at most.
pub(super) fn push_whole(text: &mut String, mut number: u32, width: usize) {
    let mut digits = [b' '; 10];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    push_ascii(text, &digits[at.min(digits.len().saturating_sub(width))..]);
}

fn push_ascii(text: &mut String, bytes: &[u8]) {
    for &byte in bytes {
        text.push(char::from(byte));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_those_of_the_general_way() {
        let mut numbers = vec![
            0.0, -0.0, 0.0005, 0.0015, -0.0005, 9999.9994, -999.9996, 1e300, 0.9996, -0.0004,
        ];
        for step in 0..4000 {
            numbers.push(f64::from(step) * 0.0005 - 1.0);
            numbers.push(f64::from(step * step) * 0.000_123_4);
        }
        for number in numbers {
            let (mut plain, mut signed) = (String::new(), String::new());
            push_decimal(&mut plain, number, false);
            push_decimal(&mut signed, number, true);
            assert_eq!(plain, format!("{number:8.3}"));
            assert_eq!(signed, format!("{number:+8.3}"));
        }
    }

    #[test]
    fn whole_numbers_are_right_justified() {
        let mut text = String::new();
        for (number, width) in [(0, 1), (7, 3), (12345, 5), (123456, 5)] {
            push_whole(&mut text, number, width);
            text.push('|');
        }
        assert_eq!(text, "0|  7|12345|123456|");
    }
}

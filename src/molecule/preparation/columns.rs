//! Numbers in columns of fixed width, as PDBQT wants them: exact, and faster than the general way.

/// More thousandths than these fit into no columns.
const MOST: f64 = 4e9;

/// Puts a number with three decimals, right-justified, into its columns; with a plus sign where it is asked for.
/// Columns that are too few for the number are filled with asterisks.
pub(super) fn put_decimal(columns: &mut [u8], number: f64, plus: bool) {
    let sign = match (number.is_sign_negative(), plus) {
        (true, _) => Some(b'-'),
        (false, true) => Some(b'+'),
        (false, false) => None,
    };
    let thousandths = thousandths(number.abs());
    if !thousandths.is_some_and(|size| put_thousandths(columns, size, sign)) {
        columns.fill(b'*');
    }
}

/// Puts them as a decimal number; says whether it fits.
fn put_thousandths(columns: &mut [u8], thousandths: u32, sign: Option<u8>) -> bool {
    let [columns @ .., point, tenths, hundredths, rest] = columns else {
        return false;
    };
    let digit = |number: u32| b'0' + (number % 10) as u8;
    *point = b'.';
    *tenths = digit(thousandths / 100);
    *hundredths = digit(thousandths / 10);
    *rest = digit(thousandths);
    let mut whole = thousandths / 1000;
    let mut places = columns.iter_mut().rev();
    for place in places.by_ref() {
        *place = digit(whole);
        whole /= 10;
        if whole == 0 {
            let signed = sign.is_none_or(|sign| places.next().map(|place| *place = sign).is_some());
            places.for_each(|place| *place = b' ');
            return signed;
        }
    }
    false
}

/// A positive number in thousandths, rounded to the nearest, of two as near to the even one: exactly, since a file's
/// fourth decimal is often a five, and then the last bit of its binary number decides.
fn thousandths(number: f64) -> Option<u32> {
    let scaled = number * 1000.0;
    if scaled.is_nan() || scaled > MOST {
        return None;
    }
    // Towards zero, where a whole number is found faster than by rounding down.
    let count = scaled as u32;
    let whole = f64::from(count);
    // Both parts have few enough bits that their products with 1000 are exact, and so is the difference below.
    let high = f64::from_bits(number.to_bits() & !0x07ff_ffff);
    let low = number - high;
    let past_half = (high * 1000.0 - (whole + 0.5)) + low * 1000.0;
    let up = past_half > 0.0 || past_half == 0.0 && count % 2 == 1;
    Some(count + u32::from(up))
}

/// Puts a whole number, right-justified, into its columns.
pub(super) fn put_whole(columns: &mut [u8], mut number: u32) {
    columns.fill(b' ');
    for (place, column) in columns.iter_mut().rev().enumerate() {
        if place == 0 || number > 0 {
            *column = b'0' + (number % 10) as u8;
            number /= 10;
        }
    }
}

/// Writes a whole number in as many columns as it needs, but at least so many.
pub(super) fn push_whole(text: &mut Vec<u8>, number: u32, width: usize) {
    let digits = number.checked_ilog10().unwrap_or(0) as usize + 1;
    let from = text.len();
    text.resize(from + digits.max(width), b' ');
    put_whole(&mut text[from..], number);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_those_of_the_general_way() {
        let mut numbers = vec![
            0.0, -0.0, 0.0005, 0.0015, -0.0005, 9999.9994, -999.9994, 0.9996, -0.0004, -99.99951,
        ];
        for step in 0..4000 {
            numbers.push(f64::from(step) * 0.0005 - 1.0);
            numbers.push(f64::from(step * step) * 0.000_123_4);
        }
        for number in numbers {
            let (mut plain, mut signed) = ([0; 8], [0; 9]);
            put_decimal(&mut plain, number, false);
            put_decimal(&mut signed, number, true);
            assert_eq!(str::from_utf8(&plain).unwrap(), format!("{number:8.3}"));
            assert_eq!(str::from_utf8(&signed).unwrap(), format!("{number:+9.3}"));
        }
    }

    #[test]
    fn numbers_that_do_not_fit_are_asterisks() {
        for number in [99999.0, -9999.0, -9999.5, 1e30, 10000.0005] {
            let mut columns = [0; 8];
            put_decimal(&mut columns, number, false);
            assert_eq!(&columns, b"********", "{number}");
        }
    }

    #[test]
    fn whole_numbers_are_right_justified() {
        let mut text = Vec::new();
        for (number, width) in [(0, 1), (7, 3), (12345, 5), (123456, 5)] {
            push_whole(&mut text, number, width);
            text.push(b'|');
        }
        assert_eq!(text, b"0|  7|12345|123456|");
    }
}

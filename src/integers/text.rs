//! Numbers as text: decimal, or hexadecimal behind `0x`, with or without a sign.

use super::{Array, Integer};
use dashu_int::{IBig, Sign, UBig};
use std::fmt::{self, Write};

/// Characters of a wrong number that a message repeats.
const SHOWN: usize = 24;

/// Reads one number. Blanks around it do not matter, and `_` may stand between digits.
///
/// # Errors
/// What is wrong with the text, and what was expected.
pub fn parse(text: &str) -> Result<IBig, String> {
    let text = text.trim();
    let (sign, digits) = match text.as_bytes().first() {
        Some(b'-') => (Sign::Negative, &text[1..]),
        Some(b'+') => (Sign::Positive, &text[1..]),
        _ => (Sign::Positive, text),
    };
    let hexadecimal = digits
        .strip_prefix("0x")
        .or_else(|| digits.strip_prefix("0X"));
    let radix = if hexadecimal.is_some() { 16 } else { 10 };
    let digits = hexadecimal.unwrap_or(digits);
    // A second sign, which the library would take, is no digit.
    let first_is_digit = digits.chars().next().is_some_and(|c| c.is_digit(radix));
    let magnitude = UBig::from_str_radix(digits, radix)
        .ok()
        .filter(|_| first_is_digit);
    let expected = || format!("{} is no decimal or 0x-hexadecimal integer", quoted(text));
    Ok(IBig::from_parts(sign, magnitude.ok_or_else(expected)?))
}

/// Reads one number and appends it.
///
/// # Errors
/// What is wrong with the text, and what was expected; the array is as it was.
pub fn push_text(array: &mut Array, text: &str) -> Result<(), String> {
    array.push_value(&parse(text)?);
    Ok(())
}

/// The text in quotes, shortened to what a message can hold.
fn quoted(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!(
            "`{}...` ({} characters)",
            &text[..end],
            text.chars().count()
        ),
        None => format!("`{text}`"),
    }
}

/// Writes a number with decimal digits.
///
/// # Errors
/// Those of `out`.
pub fn write_decimal(number: Integer, out: &mut impl Write) -> fmt::Result {
    write!(out, "{}", number.value())
}

/// Writes a number as `-0x1f`: digits in lower case, none of them a leading zero.
///
/// # Errors
/// Those of `out`.
pub fn write_hexadecimal(number: Integer, out: &mut impl Write) -> fmt::Result {
    out.write_str(if number.negative { "-0x" } else { "0x" })?;
    let Some((last, lower)) = number.limbs.split_last() else {
        return out.write_char('0');
    };
    write!(out, "{last:x}")?;
    lower
        .iter()
        .rev()
        .try_for_each(|limb| write!(out, "{limb:08x}"))
}

//! A coordinate of a drawn molecule, from its text.

use super::decimal::decimal;

/// A coordinate beyond this fits no file of docking, Angstrom.
const LARGEST: f64 = 9999.999;

/// The number, Angstrom; `Err` says what is wrong with it.
pub(super) fn coordinate(text: &str) -> Result<f64, String> {
    match decimal(text) {
        Some(value) if value.abs() <= LARGEST => Ok(value),
        _ => Err(format!(
            "coordinate `{text}` is not a number within ±{LARGEST} Angstrom"
        )),
    }
}

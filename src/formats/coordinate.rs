//! A coordinate of a drawn molecule, from its text.

/// A coordinate beyond this fits no file of docking, Angstrom.
const LARGEST: f64 = 9999.999;

/// The number, Angstrom; `Err` says what is wrong with it.
pub(super) fn coordinate(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if value.abs() <= LARGEST => Ok(value),
        _ => Err(format!(
            "coordinate `{text}` is not a number within ±{LARGEST} Angstrom"
        )),
    }
}

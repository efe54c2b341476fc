//! The six lines before the values of a `.map` file, and the grid that they describe.

use super::Grid;
use crate::{Error, Result};
use glam::DVec3;

/// Largest number of points along an axis: keeps products of three within 64 bits, far above what memory holds.
const LARGEST_SIDE: usize = 1 << 20;
/// Files give three decimals of the centre, Angstrom.
const CENTER_ROUNDING: f64 = 1e-3;
/// Spacings are told apart to this, Angstrom.
const SPACING_ROUNDING: f64 = 1e-6;

/// Grid keywords as they are found, in a `.map` header or in the comments of a `.maps.fld`.
#[derive(Default)]
pub(super) struct GridReader {
    spacing: Option<(usize, f64)>,
    elements: Option<(usize, [f64; 3])>,
    center: Option<(usize, [f64; 3])>,
}

impl GridReader {
    /// Takes in a line such as `SPACING 0.375`; lines that say something else are passed over.
    ///
    /// # Errors
    /// [`Error::Parse`] where the keyword is one of the grid's and its numbers cannot be read.
    pub(super) fn line(&mut self, file: &str, number: usize, text: &str) -> Result<()> {
        let mut words = text.split_whitespace();
        match words.next() {
            Some("SPACING") => self.spacing = Some((number, numbers::<1>(file, number, words)?[0])),
            Some("NELEMENTS") => self.elements = Some((number, numbers(file, number, words)?)),
            Some("CENTER") => self.center = Some((number, numbers(file, number, words)?)),
            _ => {}
        }
        Ok(())
    }

    /// The grid.
    ///
    /// # Errors
    /// [`Error::Parse`] where one of the three keywords is missing or makes no grid.
    pub(super) fn finish(&self, file: &str) -> Result<Grid> {
        let (Some((spacing_line, spacing)), Some((elements_line, elements)), Some((_, center))) =
            (self.spacing, self.elements, self.center)
        else {
            return Err(parse_error(
                file,
                0,
                "SPACING, NELEMENTS or CENTER is missing: is this an AutoGrid file?",
            ));
        };
        if spacing <= 0.0 {
            return Err(parse_error(file, spacing_line, "SPACING must be above 0"));
        }
        let even = |count: f64| count >= 2.0 && count < LARGEST_SIDE as f64 && count % 2.0 == 0.0;
        if !elements.into_iter().all(even) {
            return Err(parse_error(
                file,
                elements_line,
                "NELEMENTS must be three even numbers from 2 up",
            ));
        }
        Ok(Grid {
            center: DVec3::from_array(center),
            spacing,
            points: elements.map(|count| count as usize + 1),
        })
    }

    /// Line and kind of the first difference from `wanted` that is more than the files' rounding.
    pub(super) fn difference(&self, wanted: &Grid) -> Option<(usize, String)> {
        let (spacing_line, spacing) = self.spacing?;
        if (spacing - wanted.spacing).abs() > SPACING_ROUNDING {
            return Some((
                spacing_line,
                format!("SPACING {spacing} where it is {}", wanted.spacing),
            ));
        }
        let (elements_line, elements) = self.elements?;
        let wanted_elements = wanted.points.map(|points| (points - 1) as f64);
        if elements != wanted_elements {
            return Some((
                elements_line,
                format!("NELEMENTS {elements:?} where they are {wanted_elements:?}"),
            ));
        }
        let (center_line, center) = self.center?;
        let far = (DVec3::from_array(center) - wanted.center)
            .abs()
            .max_element()
            > CENTER_ROUNDING;
        far.then(|| {
            (
                center_line,
                format!("CENTER {center:?} where it is {}", wanted.center),
            )
        })
    }
}

/// Decimal text of a length: three decimals where that is exact, as AutoGrid writes, else all that it takes.
pub(super) fn length(value: f64) -> String {
    let short = format!("{value:.3}");
    if short.parse() == Ok(value) {
        short
    } else {
        value.to_string()
    }
}

fn numbers<'a, const N: usize>(
    file: &str,
    number: usize,
    words: impl Iterator<Item = &'a str>,
) -> Result<[f64; N]> {
    let values: Option<Vec<f64>> = words
        .take(N)
        .map(|word| word.parse().ok().filter(|value: &f64| value.is_finite()))
        .collect();
    values
        .and_then(|values| values.try_into().ok())
        .ok_or_else(|| {
            parse_error(
                file,
                number,
                format!("{N} number(s) must follow the keyword"),
            )
        })
}

pub(super) fn parse_error(file: &str, line: usize, what: impl Into<String>) -> Error {
    Error::Parse {
        file: file.to_string(),
        line,
        what: what.into(),
    }
}

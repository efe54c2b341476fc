//! How far a kernel may be from its f64 twin, in roundings, and how far it is.

/// |kernel - twin| <= roundings x 2^-24 x (sum of the magnitudes added to make the value).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tolerance {
    /// Roundings of a 24-bit significand, each of the size of that sum.
    pub roundings: f64,
}

impl Tolerance {
    /// Equal or wrong: integers, and floats that no operation rounds.
    pub const EXACT: Self = Self { roundings: 0.0 };
}

/// A value and the sum of the magnitudes added up to make it.
pub type Value = [f64; 2];

/// Values that must be met exactly.
pub fn exact(values: impl IntoIterator<Item = f64>) -> impl Iterator<Item = Value> {
    values.into_iter().map(|value| [value, 0.0])
}

/// What comparing showed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// Values compared.
    pub values: usize,
    /// Values beyond the tolerance.
    pub outside: usize,
    /// Largest difference, in roundings.
    pub worst: f64,
    /// Index of the value with that difference.
    pub at: usize,
    /// What the twin and the kernel say there.
    pub pair: [f64; 2],
    /// Roundings allowed.
    pub allowed: f64,
}

impl std::fmt::Display for Comparison {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (outside, values, [twin, kernel]) = (self.outside, self.values, self.pair);
        let (allowed, worst, at) = (self.allowed, self.worst, self.at);
        write!(
            f,
            "{outside} of {values} values beyond {allowed} roundings; \
             worst {worst:.1} at {at}: twin {twin}, kernel {kernel}"
        )
    }
}

/// Compares two results of the same length value by value.
pub fn compare_values(want: &[Value], got: &[f64], tolerance: Tolerance) -> Comparison {
    let mut found = Comparison {
        values: want.len(),
        outside: 0,
        worst: 0.0,
        at: 0,
        pair: [0.0; 2],
        allowed: tolerance.roundings,
    };
    for (at, (value, got)) in want.iter().zip(got).enumerate() {
        let error = roundings(*value, *got);
        found.outside += usize::from(error > tolerance.roundings);
        if error > found.worst {
            (found.worst, found.at, found.pair) = (error, at, [value[0], *got]);
        }
    }
    found
}

/// The distance in roundings; infinite where one of the two is not a number.
fn roundings([want, magnitudes]: Value, got: f64) -> f64 {
    if want == got {
        return 0.0;
    }
    // Devices may flush numbers below the smallest normal one to zero.
    let one = magnitudes * 2f64.powi(-24) + f64::from(f32::MIN_POSITIVE);
    let error = (got - want).abs() / one;
    if error.is_nan() { f64::INFINITY } else { error }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_roundings_of_the_magnitudes() {
        let want = [[1.0, 3.0], [0.0, 1.0]];
        let got = [1.0 + 6.0 * 2f64.powi(-24), 0.0];
        let found = compare_values(&want, &got, Tolerance { roundings: 1.9 });
        assert!((found.worst - 2.0).abs() < 1e-6 && found.at == 0);
        assert_eq!((found.values, found.outside), (2, 1));
    }

    #[test]
    fn what_is_not_a_number_is_outside() {
        let loose = Tolerance { roundings: 1e9 };
        assert_eq!(compare_values(&[[1.0, 1.0]], &[f64::NAN], loose).outside, 1);
        assert_eq!(compare_values(&[[f64::NAN, 1.0]], &[1.0], loose).outside, 1);
    }

    #[test]
    fn exact_means_equal() {
        assert_eq!(
            compare_values(&[[7.0, 7.0]], &[8.0], Tolerance::EXACT).outside,
            1
        );
        assert_eq!(
            compare_values(&[[7.0, 7.0]], &[7.0], Tolerance::EXACT).outside,
            0
        );
    }
}

//! How far a kernel may be from its f64 twin: tolerances in roundings.

use crate::gpu::{Gpu, Kernel};
use crate::{Error, Result};

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

/// A kernel beside the same computation on the host in f64, written from the formula and not from
/// the shader.
pub trait Twin {
    /// The kernel.
    const KERNEL: Kernel;
    /// How far apart the two may be.
    const TOLERANCE: Tolerance;
    /// All that determines the result.
    type Input;

    /// Sizes to compare at: 0 or 1, workgroup - 1, workgroup, workgroup + 1, large.
    fn sizes() -> &'static [usize];
    /// An input with values that hurt. The same seed gives the same input.
    fn sample(size: usize, seed: u64) -> Self::Input;
    /// The result by the formula, with plain loops.
    fn twin(input: &Self::Input) -> Vec<Value>;
    /// The result by the kernel, in the twin's order.
    ///
    /// # Errors
    /// What the device reports.
    fn gpu(gpu: &Gpu, input: &Self::Input) -> Result<Vec<f64>>;
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
}

/// A sample with what the twin says to it, to compare a kernel with more than once.
pub struct Prepared<T: Twin> {
    input: T::Input,
    want: Vec<Value>,
}

impl<T: Twin> Prepared<T> {
    /// Makes the sample and runs the twin on it.
    pub fn new(size: usize, seed: u64) -> Self {
        let input = T::sample(size, seed);
        let want = T::twin(&input);
        Self { input, want }
    }

    /// Runs the kernel on the sample.
    ///
    /// # Errors
    /// As [`compare`].
    pub fn compare(&self, gpu: &Gpu) -> Result<Comparison> {
        let got = T::gpu(gpu, &self.input)?;
        let want = &self.want;
        if want.len() != got.len() {
            let (want, got) = (want.len(), got.len());
            return Err(Error::Kernel {
                kernel: T::KERNEL.name.into(),
                what: format!("the twin gives {want} values, the kernel {got}"),
            });
        }
        Ok(compare_values(want, &got, T::TOLERANCE))
    }
}

/// Runs a kernel and its twin on one sample.
///
/// # Errors
/// What the device reports; [`Error::Kernel`] where the lengths of the results differ.
pub fn compare<T: Twin>(gpu: &Gpu, size: usize, seed: u64) -> Result<Comparison> {
    Prepared::<T>::new(size, seed).compare(gpu)
}

/// Compares two results of the same length value by value.
pub fn compare_values(want: &[Value], got: &[f64], tolerance: Tolerance) -> Comparison {
    let mut found = Comparison {
        values: want.len(),
        outside: 0,
        worst: 0.0,
        at: 0,
        pair: [0.0; 2],
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

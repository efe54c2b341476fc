//! A number that knows what rounding may do to it: its value in f64, and on a tape what each step is off by in f32.
//!
//! Each operation adds its own rounding (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., section 3.3).
//! It reaches a result with the result's derivative by that step (Linnainmaa 1976, BIT 16:146), so the bound is the
//! worst case to first order: errors that cancel count as cancelled. A running bound, carried along without signs, holds
//! too, but is some hundred times as large for most numbers of a pose, and up to ten million times.
//!
//! Conditions are decided as in f64. Where a rounding would decide otherwise the bound says nothing.

use super::reads::Reads;
use super::real::Real;
use half::f16;
use std::cell::RefCell;
use std::f64::consts::LN_2;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// One rounding of a 24-bit significand.
const ROUNDING: f64 = 1.0 / 16_777_216.0;
/// The step of numbers that are what they are.
const EXACT: u32 = u32::MAX;
/// Results whose bounds are worked out at once.
const AT_ONCE: usize = 8;

/// The steps of a computation in order.
#[derive(Default)]
pub struct Tape(RefCell<Vec<Step>>);

/// One operation.
struct Step {
    /// The steps it takes its numbers from, and its derivatives by them.
    from: [(u32, f64); 3],
    /// What it adds to the error, in roundings of 1.
    error: f64,
}

/// A number of a computation that is written down.
#[derive(Clone, Copy)]
pub struct Tracked<'t> {
    tape: &'t Tape,
    step: u32,
    value: f64,
}

impl Tape {
    /// A number that f32 holds as it is.
    pub fn exact(&self, value: f64) -> Tracked<'_> {
        Tracked {
            tape: self,
            step: EXACT,
            value,
        }
    }

    /// A number that was rounded to f32 when it was read.
    pub fn rounded(&self, value: f64) -> Tracked<'_> {
        self.exact(value).after(value, [], value)
    }

    /// How far each of these results may be off, in roundings of 1 (2^-24).
    pub fn bounds(&self, results: &[Tracked]) -> Vec<f64> {
        let groups = results.chunks(AT_ONCE);
        groups.flat_map(|group| self.bounds_of(group)).collect()
    }

    /// From the last step to the first: what a change of each step does to the results.
    fn bounds_of(&self, results: &[Tracked]) -> Vec<f64> {
        let steps = self.0.borrow();
        let mut effects = vec![[0.0; AT_ONCE]; steps.len()];
        for (k, result) in results.iter().enumerate() {
            if let Some(effect) = effects.get_mut(result.step as usize) {
                effect[k] += 1.0;
            }
        }
        let mut bounds = [0.0; AT_ONCE];
        for (at, step) in steps.iter().enumerate().rev() {
            let effect = effects[at];
            for (bound, effect) in bounds.iter_mut().zip(effect) {
                *bound += f64::abs(effect) * step.error;
            }
            for (from, derivative) in step.from.into_iter().filter(|from| from.0 != EXACT) {
                for (earlier, effect) in effects[from as usize].iter_mut().zip(effect) {
                    *earlier += derivative * effect;
                }
            }
        }
        bounds[..results.len()].to_vec()
    }
}

impl Tracked<'_> {
    /// The value in f64.
    pub fn value(self) -> f64 {
        self.value
    }

    /// How far the same computation in f32 may be off.
    pub fn bound(self) -> f64 {
        self.tape.bounds(&[self])[0] * ROUNDING
    }

    /// A step from other numbers, with the derivatives by them; `error` is the magnitude of what is rounded.
    fn after<const N: usize>(self, value: f64, from: [(Self, f64); N], error: f64) -> Self {
        let mut steps = self.tape.0.borrow_mut();
        let mut places = [(EXACT, 0.0); 3];
        for (place, (number, derivative)) in places.iter_mut().zip(from) {
            *place = (number.step, derivative);
        }
        steps.push(Step {
            from: places,
            error: error.abs(),
        });
        Tracked {
            step: (steps.len() - 1) as u32,
            value,
            ..self
        }
    }

    /// A function of this number alone.
    fn mapped(self, value: f64, derivative: f64, error: f64) -> Self {
        self.after(value, [(self, derivative)], error)
    }
}

impl Add for Tracked<'_> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let sum = self.value + other.value;
        self.after(sum, [(self, 1.0), (other, 1.0)], sum)
    }
}

impl Sub for Tracked<'_> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        let difference = self.value - other.value;
        self.after(difference, [(self, 1.0), (other, -1.0)], difference)
    }
}

impl Mul for Tracked<'_> {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let product = self.value * other.value;
        let from = [(self, other.value), (other, self.value)];
        self.after(product, from, product)
    }
}

impl Div for Tracked<'_> {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let quotient = self.value / other.value;
        let from = [(self, 1.0 / other.value), (other, -quotient / other.value)];
        self.after(quotient, from, quotient)
    }
}

/// Operators with a constant.
macro_rules! with_constant {
    ($($operator:ident $method:ident),*) => {$(
        impl $operator<f32> for Tracked<'_> {
            type Output = Self;
            fn $method(self, constant: f32) -> Self {
                self.$method(self.like(constant))
            }
        }
    )*};
}

with_constant!(Add add, Sub sub, Mul mul);

impl Neg for Tracked<'_> {
    type Output = Self;
    fn neg(self) -> Self {
        self.mapped(-self.value, -1.0, 0.0)
    }
}

impl AddAssign for Tracked<'_> {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Tracked<'_> {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Real for Tracked<'_> {
    type Mask = bool;

    /// A constant with more than half of its bits in use was rounded when it was written down.
    fn like(self, constant: f32) -> Self {
        let is_short = constant.to_bits() & 0xfff == 0;
        match is_short {
            true => self.tape.exact(constant.into()),
            false => self.tape.rounded(constant.into()),
        }
    }

    /// The product is rounded, or it is not.
    fn mul_add(self, factor: Self, addend: Self) -> Self {
        let product = self.value * factor.value;
        let sum = product + addend.value;
        let from = [(self, factor.value), (factor, self.value), (addend, 1.0)];
        self.after(sum, from, product.abs() + sum.abs())
    }

    fn min(self, other: Self) -> Self {
        Self::select(self.value < other.value, self, other)
    }

    fn max(self, other: Self) -> Self {
        Self::select(self.value > other.value, self, other)
    }

    fn abs(self) -> Self {
        Self::select(self.value < 0.0, -self, self)
    }

    fn sqrt(self) -> Self {
        let root = self.value.sqrt();
        // The root of 0 is 0, and has no derivative.
        let derivative = if root == 0.0 { 0.0 } else { 0.5 / root };
        self.mapped(root, derivative, root)
    }

    fn inverse(self) -> Self {
        let inverse = 1.0 / self.value;
        self.mapped(inverse, -inverse * inverse, 2.0 * inverse)
    }

    fn inverse_sqrt(self) -> Self {
        let inverse = 1.0 / self.value.sqrt();
        self.mapped(inverse, -0.5 * inverse / self.value, 2.0 * inverse)
    }

    fn round(self) -> Self {
        self.tape.exact(self.value.round_ties_even())
    }

    fn exp2(self) -> Self {
        let power = self.value.exp2();
        self.mapped(power, LN_2 * power, 2.0 * power)
    }

    fn sine_cosine(self) -> (Self, Self) {
        let (sine, cosine) = self.value.sin_cos();
        let of_sine = self.mapped(sine, cosine, 2.0);
        (of_sine, self.mapped(cosine, -sine, 2.0))
    }

    fn less(self, other: Self) -> bool {
        self.value < other.value
    }

    fn select(mask: bool, yes: Self, no: Self) -> Self {
        if mask { yes } else { no }
    }
}

impl Reads for Tracked<'_> {
    type Indices = u32;

    fn to_indices(self) -> u32 {
        self.value as u32
    }

    fn whole(self, number: u32) -> Self {
        self.tape.exact(number.into())
    }

    fn halves(self, words: &[u32], at: u32) -> (Self, Self) {
        let word = words.get(at as usize).or(words.last());
        let word = word.copied().unwrap_or(0);
        let half = |bits: u32| self.tape.exact(f16::from_bits(bits as u16).to_f64());
        (half(word), half(word >> 16))
    }
}

#[cfg(test)]
#[path = "tracked_tests.rs"]
pub(super) mod tests;

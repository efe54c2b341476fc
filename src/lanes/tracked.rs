//! A number that knows what rounding may do to it: its value in f64, and on a tape what each step is off by in f32.
//!
//! Each operation adds its own rounding (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., section 3.3).
//! It reaches a result with the result's derivative by that step (Linnainmaa 1976, BIT 16:146), so the bound is the
//! worst case to first order: errors that cancel count as cancelled. A running bound, carried along without signs, holds
//! too, but is some hundred times as large for most numbers of a pose, and up to ten million times.
//!
//! Conditions are decided as in f64. Where a rounding would decide otherwise the bound says nothing.

mod operations;

use std::cell::RefCell;

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

#[cfg(test)]
#[path = "tracked_tests.rs"]
pub(super) mod tests;

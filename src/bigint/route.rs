//! Who computes: the host's threads, or kernels on a device. The one place that decides it.

mod polynomials;

use super::parts::{self, Answer, Part};
use super::polynomial::Polynomial;
use super::{Operation, Refusal, elementwise, limits, scalar};
use crate::Result;
use crate::integers::{Array, View};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// Which way operations take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// Kernels where they pay, else the host's threads.
    #[default]
    Auto,
    /// The host's threads.
    Cpu,
    /// Kernels wherever there is one.
    Device,
}

/// Below so many elements most of a device's lanes would have none.
const AUTO_ELEMENTS: usize = 1 << 10;

/// Below so many limbs of operands an operation is over before a device has begun.
const AUTO_LIMBS: usize = 1 << 12;

/// So few powers are work enough for a device, of numbers so long: limbs of all operands for an element.
const AUTO_POWERS: usize = 1 << 4;
const AUTO_POWER_LIMBS: usize = 8;

/// Kernels of a device, seen from here.
pub trait Kernels: Send + Sync {
    /// The device, in the words of `trimaran devices`.
    fn device(&self) -> String;

    /// Computes `length` elements; operands of one number are repeated. No divisor or modulus is zero. Elements that there
    /// is no kernel for (too long, an even modulus) are left to the host's threads, which name one that has no result.
    ///
    /// # Errors
    /// What the device reports.
    fn apply(&self, operation: Operation, operands: &[View], length: usize) -> Result<Answer>;

    /// Joins neighbours of numbers whose count is a power of two, and their results again, as often as there are kernels
    /// for: a smaller power of two is left. None where there is no kernel for it.
    ///
    /// # Errors
    /// What the device reports.
    fn fold(&self, _operation: Operation, _numbers: View) -> Result<Option<Array>> {
        Ok(None)
    }

    /// A polynomial's value for `length` elements, in one pass; operands of one number are repeated. None where there is no
    /// kernel for it.
    ///
    /// # Errors
    /// What the device reports.
    fn polynomial(
        &self,
        _polynomial: &Polynomial,
        _operands: &[View],
        _length: usize,
    ) -> Result<Option<Array>> {
        Ok(None)
    }

    /// As [`Kernels::fold`], neighbours being joined by a polynomial of two operands.
    ///
    /// # Errors
    /// What the device reports.
    fn fold_polynomial(&self, _polynomial: &Polynomial, _numbers: View) -> Result<Option<Array>> {
        Ok(None)
    }
}

/// Elements that an operation was done for, and by whom.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Statistics {
    /// What was done.
    pub operation: &'static str,
    /// `cpu` or `device`.
    pub by: &'static str,
    /// Why the host's threads did what a device was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// How many elements.
    pub elements: u64,
}

/// Does operations on arrays by its route, and counts what was done where.
#[derive(Default)]
pub struct Engine {
    route: Route,
    kernels: Option<Box<dyn Kernels>>,
    counts: Mutex<BTreeMap<Key, u64>>,
}

type Key = (Operation, &'static str, Option<&'static str>);

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine")
            .field("route", &self.route)
            .field("kernels", &self.device())
            .finish()
    }
}

impl Engine {
    /// An engine with this route, and the kernels of a device where there are any.
    pub fn new(route: Route, kernels: Option<Box<dyn Kernels>>) -> Engine {
        Engine {
            route,
            kernels,
            counts: Mutex::default(),
        }
    }

    /// Its route.
    pub fn route(&self) -> Route {
        self.route
    }

    /// The device whose kernels it has.
    pub fn device(&self) -> Option<String> {
        self.kernels.as_ref().map(|kernels| kernels.device())
    }

    /// Applies an operation element by element; operands of one number are repeated.
    ///
    /// # Errors
    /// [`Refusal`]: the first element without a result; lengths that differ; a device that failed.
    pub fn apply(
        &self,
        operation: Operation,
        operands: &[View],
    ) -> std::result::Result<Array, Refusal> {
        let length = elementwise::length(operands)?;
        limits::check_array(operation, operands, length)
            .map_err(|failure| Refusal::element(0, operation, failure).joined())?;
        let by_threads = |reason| {
            self.count(operation, "cpu", reason, length);
            let named = |(at, failure)| Refusal::element(at, operation, failure);
            elementwise::apply(operation, operands, length).map_err(named)
        };
        let Some(kernels) = self
            .kernels
            .as_ref()
            .filter(|_| self.wants(Work::of(operation), operands, length))
        else {
            return by_threads((self.route == Route::Device).then_some("no kernels"));
        };
        if divides_by_zero(operation, operands) {
            return by_threads(Some("division by zero"));
        }
        let answer = kernels.apply(operation, operands, length)?;
        let done = answer.parts.iter().map(|part| part.elements.len());
        self.count(operation, "device", None, done.sum());
        self.completed(operation, operands, length, answer)
    }

    /// Has the host's threads do what is left of an answer.
    fn completed(
        &self,
        operation: Operation,
        operands: &[View],
        length: usize,
        answer: Answer,
    ) -> std::result::Result<Array, Refusal> {
        let Answer { mut parts, left } = answer;
        let mut elements = Vec::new();
        for (reason, more) in left {
            self.count(operation, "cpu", Some(reason), more.len());
            elements.extend(more);
        }
        if !elements.is_empty() {
            elements.sort_unstable();
            let picked: Vec<Array> = operands
                .iter()
                .map(|operand| parts::picked(*operand, &elements))
                .collect();
            let views: Vec<View> = picked.iter().map(Array::view).collect();
            let results = elementwise::apply(operation, &views, elements.len());
            let named = |(at, failure)| Refusal::element(elements[at] as usize, operation, failure);
            let results = results.map_err(named)?;
            parts.push(Part { elements, results });
        }
        Ok(parts::joined(parts, length))
    }

    /// Joins neighbours of numbers whose count is a power of two as [`Kernels::fold`] does, where the route wants it.
    ///
    /// # Errors
    /// What the device reports.
    pub fn fold(&self, operation: Operation, numbers: View) -> Result<Option<Array>> {
        let kernels = self.kernels.as_ref();
        let Some(kernels) =
            kernels.filter(|_| self.wants(Work::of(operation), &[numbers], numbers.len()))
        else {
            return Ok(None);
        };
        let folded = kernels.fold(operation, numbers)?;
        if let Some(left) = &folded {
            self.count(operation, "device", None, numbers.len() - left.len());
        }
        Ok(folded)
    }

    /// Whether the route takes kernels for so many elements.
    fn wants(&self, work: Work, operands: &[View], length: usize) -> bool {
        let limbs: usize = operands.iter().map(|operand| operand.limbs().len()).sum();
        match (self.route, work) {
            (Route::Cpu, _) => false,
            (Route::Device, _) => length > 0 && u32::try_from(length).is_ok(),
            (Route::Auto, Work::Little) => false,
            (Route::Auto, Work::Much) => length >= AUTO_ELEMENTS && limbs >= AUTO_LIMBS,
            (Route::Auto, Work::Powers) => {
                length >= AUTO_POWERS && limbs >= AUTO_POWER_LIMBS * length
            }
        }
    }

    fn count(
        &self,
        operation: Operation,
        by: &'static str,
        reason: Option<&'static str>,
        elements: usize,
    ) {
        if elements == 0 {
            return;
        }
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry((operation, by, reason)).or_default() += elements as u64;
    }

    /// What was done so far, by operation.
    pub fn statistics(&self) -> Vec<Statistics> {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let row = |(&(operation, by, reason), &elements): (&Key, &u64)| Statistics {
            operation: operation.name(),
            by,
            reason,
            elements,
        };
        counts.iter().map(row).collect()
    }
}

/// How much is done with a word.
///
/// Thresholds are where kernels on the processor overtake the host's threads, by `benches/bigint_routes.rs` (two cores with
/// AVX-512, arrays in memory; how many times as fast the kernels were):
///
/// | | 256 of 64 bits | 1024 of 64 | 4096 of 256 | 1024 of 2048 |
/// | --- | --- | --- | --- | --- |
/// | `a + b`, `min(a, b)` | 1.0 | 0.5 | 0.3 | 0.2 to 0.4 |
/// | `a // b`, `a % b` | 1.7 | 1.5 | 1.3 | 0.6 to 0.7 |
/// | `gcd(a, b)` | 0.7 | 0.6 | 0.3 | 0.2 |
/// | `a * b` | 1.8 | 1.7 | 1.8 | 1.7 |
/// | `a * b % m` | 2.7 | 2.4 | 3.2 | 2.9 |
/// | `(a * b + a) % m`, in one pass | 5.2 | 4.2 | 4.5 | |
/// | `powmod(a, b, m)`, of 16 elements | | 0.8 | 3.7 | 5.5 |
#[derive(Clone, Copy)]
enum Work {
    /// Putting numbers limb-major and back is as much.
    Little,
    /// Products, and polynomials in one pass.
    Much,
    /// Hundreds of products.
    Powers,
}

impl Work {
    fn of(operation: Operation) -> Work {
        match operation {
            Operation::Mul | Operation::Sqr | Operation::ModMul => Work::Much,
            Operation::ModPow => Work::Powers,
            _ => Work::Little,
        }
    }
}

/// Whether a divisor or modulus, which is always the last operand, is zero somewhere.
fn divides_by_zero(operation: Operation, operands: &[View]) -> bool {
    let zero = || {
        operands
            .last()
            .is_some_and(|divisors| divisors.iter().any(|number| number.is_zero()))
    };
    scalar::divides(operation) && zero()
}

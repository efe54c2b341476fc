//! Who computes: the host's threads, or kernels on a device. The one place that decides it.

mod kernels;
mod polynomials;
mod work;

pub use kernels::Kernels;

use super::parts::{self, Answer, Part};
use super::{Operation, Refusal, elementwise, limits, scalar};
use crate::Result;
use crate::integers::{Array, View};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use work::Work;

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

/// Whether a divisor or modulus, which is always the last operand, is zero somewhere.
fn divides_by_zero(operation: Operation, operands: &[View]) -> bool {
    let zero = || {
        operands
            .last()
            .is_some_and(|divisors| divisors.iter().any(|number| number.is_zero()))
    };
    scalar::divides(operation) && zero()
}

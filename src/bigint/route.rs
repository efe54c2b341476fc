//! Who computes: the host's threads, or kernels on a device. The one place that decides it.

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

/// Below so many limbs of operands an operation is over before a device has begun.
const AUTO_LIMBS: usize = 1 << 16;

/// Below so many elements most of a device's lanes would have none.
const AUTO_ELEMENTS: usize = 1 << 10;

/// Kernels of a device, seen from here.
pub trait Kernels: Send + Sync {
    /// The device, in the words of `trimaran devices`.
    fn device(&self) -> String;

    /// Computes all `length` elements; operands of one number are repeated. No divisor or modulus is zero. `None`
    /// where there is no kernel for it, or for operands like these (too long, an inverse that does not exist): the
    /// host's threads then take it, and name the element that has no result.
    fn apply(
        &self,
        operation: Operation,
        operands: &[View],
        length: usize,
    ) -> Option<Result<Array>>;
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
            .filter(|_| self.wants_device(operands, length))
        else {
            return by_threads((self.route == Route::Device).then_some("no kernels"));
        };
        if divides_by_zero(operation, operands) {
            return by_threads(Some("division by zero"));
        }
        match kernels.apply(operation, operands, length) {
            Some(result) => {
                self.count(operation, "device", None, length);
                Ok(result?)
            }
            None => by_threads((self.route == Route::Device).then_some("no kernel")),
        }
    }

    fn wants_device(&self, operands: &[View], length: usize) -> bool {
        let limbs = || {
            operands
                .iter()
                .map(|operand| operand.limbs().len())
                .sum::<usize>()
        };
        match self.route {
            Route::Cpu => false,
            Route::Device => length > 0,
            Route::Auto => length >= AUTO_ELEMENTS && limbs() >= AUTO_LIMBS,
        }
    }

    fn count(
        &self,
        operation: Operation,
        by: &'static str,
        reason: Option<&'static str>,
        elements: usize,
    ) {
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

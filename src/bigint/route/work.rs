//! Where kernels begin to pay: how much an operation does with a word, and the thresholds of the route that chooses.

use super::{Engine, Route};
use crate::bigint::Operation;
use crate::integers::View;

/// Below so many elements most of a device's lanes would have none.
const AUTO_ELEMENTS: usize = 1 << 10;

/// Below so many limbs of operands an operation is over before a device has begun.
const AUTO_LIMBS: usize = 1 << 12;

/// So few powers are work enough for a device, of numbers so long: limbs of all operands for an element.
const AUTO_POWERS: usize = 1 << 4;
const AUTO_POWER_LIMBS: usize = 8;

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
pub(super) enum Work {
    /// Putting numbers limb-major and back is as much.
    Little,
    /// Products, and polynomials in one pass.
    Much,
    /// Hundreds of products.
    Powers,
}

impl Work {
    pub(super) fn of(operation: Operation) -> Work {
        match operation {
            Operation::Mul | Operation::Sqr | Operation::ModMul => Work::Much,
            Operation::ModPow => Work::Powers,
            _ => Work::Little,
        }
    }
}

impl Engine {
    /// Whether the route takes kernels for so many elements.
    pub(super) fn wants(&self, work: Work, operands: &[View], length: usize) -> bool {
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
}

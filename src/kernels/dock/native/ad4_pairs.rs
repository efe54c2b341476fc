//! AutoDock4's intramolecular pair energy (Huey et al. 2007, J Comput Chem 28:1145), one pair in many poses at once.

use crate::kernels::dock::ad4_pairs::{self, GAUSSIAN_WIDTH, VDW_CUTOFF};
use crate::kernels::dock::dielectric;
use crate::lanes::Real;

/// Coefficients of one pair, weights of the free-energy model included; the same in all poses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coefficients {
    /// kcal/mol A^12.
    pub repulsion: f32,
    /// Of the sixth power, kcal/mol A^6; 0 for a hydrogen bond.
    pub attraction_6: f32,
    /// Of the tenth power, kcal/mol A^10; 0 for all but hydrogen bonds.
    pub attraction_10: f32,
    /// The first times 6: its slope's.
    pub slope_6: f32,
    /// The second times 10.
    pub slope_10: f32,
    /// Distance of the well, Angstrom.
    pub optimum: f32,
    /// Product of charges, kcal/mol A.
    pub charges: f32,
    /// Desolvation at distance 0, kcal/mol.
    pub desolvation: f32,
}

const SMOOTHING: f32 = ad4_pairs::SMOOTHING as f32;
const DIELECTRIC_A: f32 = dielectric::A as f32;
const DIELECTRIC_B: f32 = dielectric::B as f32;
const DIELECTRIC_K: f32 = dielectric::K as f32;
const DIELECTRIC_RATE: f32 = dielectric::RATE as f32;
/// Of exp(-r^2 / (2 width^2)).
const GAUSSIAN_RATE: f32 = (0.5 / (GAUSSIAN_WIDTH * GAUSSIAN_WIDTH)) as f32;
const LOG2_E: f32 = std::f32::consts::LOG2_E;

/// Energy (kcal/mol) and slope (dE/dr)/r (kcal/mol/A^2) of a pair at a distance given by its square (A^2).
#[inline(always)]
pub fn pair_energy<R: Real>(separation_squared: R, k: &Coefficients) -> (R, R) {
    let constant = |value: f32| separation_squared.like(value);
    // Atoms closer than 0.1 A count as 0.1 A apart: finite, and no force that could not be followed.
    let r2 = separation_squared.max(constant(0.01));
    let inverse_r = r2.inverse_sqrt();
    let r = r2 * inverse_r;

    // The lowest value within 0.25 A, as AutoGrid smooths: the potential is monotonic on either side of its optimum.
    let beyond = r - constant(k.optimum);
    let inverse = (r - beyond.clamp(constant(-SMOOTHING), constant(SMOOTHING))).inverse();
    let s2 = inverse * inverse;
    let s4 = s2 * s2;
    let near = r.less(constant(VDW_CUTOFF as f32));
    let s6 = R::select(near, s4 * s2, constant(0.0));
    let powers = |six, ten| s4.mul_add(constant(ten), constant(six)) * s6;
    let repulsion = s6 * k.repulsion * s6;
    let dispersion = repulsion - powers(k.attraction_6, k.attraction_10);
    let dispersion_slope =
        repulsion.mul_add(constant(-12.0), powers(k.slope_6, k.slope_10)) * inverse;

    // With d = 1 + k exp(-lambda B r) the dielectric is (A d + B) / d; one reciprocal serves it and its slope.
    let decay = (r * (-LOG2_E * DIELECTRIC_RATE)).exp2();
    let d = decay.mul_add(constant(DIELECTRIC_K), constant(1.0));
    let shared = (d.mul_add(constant(DIELECTRIC_A), constant(DIELECTRIC_B)) * d).inverse();
    let coulomb = inverse_r * k.charges * (d * d * shared);
    let slope = DIELECTRIC_B * DIELECTRIC_K * DIELECTRIC_RATE;
    let coulomb_slope = coulomb * (decay * shared).mul_add(constant(slope), inverse_r);

    let solvation = (r2 * (-LOG2_E * GAUSSIAN_RATE)).exp2() * k.desolvation;
    let slope = solvation * (-2.0 * GAUSSIAN_RATE);
    (
        dispersion + coulomb + solvation,
        (dispersion_slope - coulomb_slope).mul_add(inverse_r, slope),
    )
}

//! The dielectric that rises with the distance, for maps and pairs alike: Mehler and Solmajer 1991 (Protein Eng 4:903),
//! with AutoDock's constants: A + B / (1 + K exp(-RATE r)), r in Angstrom.

/// A of the formula.
pub const A: f64 = -8.5525;
/// B of the formula.
pub const B: f64 = 86.9525;
/// K of the formula.
pub const K: f64 = 7.7839;
/// Rate of the formula, lambda B, per Angstrom.
pub const RATE: f64 = 0.003627 * B;

/// The dielectric at a distance in Angstrom.
pub fn dielectric(distance: f64) -> f64 {
    A + B / (1.0 + K * f64::exp(-RATE * distance))
}

/// Its inverse, and that one's derivative by the distance.
pub fn inverse_dielectric(distance: f64) -> (f64, f64) {
    let (dielectric, decay) = (dielectric(distance), f64::exp(-RATE * distance));
    let denominator = 1.0 + K * decay;
    let slope = B * K * RATE * decay / (denominator * denominator);
    (1.0 / dielectric, -slope / (dielectric * dielectric))
}

// AutoDock4's intramolecular pair energy (Huey et al. 2007, J Comput Chem 28:1145), four pairs at once.

/// Coefficients of four pairs, weights of the free-energy model included. A pair whose `optimum` is negative is a
/// hydrogen bond (12-10), any other 12-6; optimum in A, repulsion and attraction in kcal/mol A^12, A^6 or A^10.
struct FourPairs {
    repulsion: vec4<f32>,
    attraction: vec4<f32>,
    optimum: vec4<f32>,
    charges: vec4<f32>,
    desolvation: vec4<f32>,
}

/// Energy (kcal/mol) and slope (dE/dr)/r (kcal/mol/A^2) of four pairs.
struct FourEnergies {
    energy: vec4<f32>,
    slope: vec4<f32>,
}

const VDW_CUTOFF: f32 = 8.0;
const SMOOTHING: vec4<f32> = vec4(0.25);
/// Sigmoid dielectric of Mehler and Solmajer (1991): A + B / (1 + k exp(-lambda B r)).
const DIELECTRIC_A: f32 = -8.5525;
const DIELECTRIC_B: f32 = 86.9525;
const DIELECTRIC_K: f32 = 7.7839;
const DIELECTRIC_RATE: f32 = 0.31537672;
/// 1 / (2 sigma^2) with sigma = 3.6 A.
const GAUSSIAN_RATE: f32 = 0.038580247;
const LOG2_E: f32 = 1.442695;

fn four_pairs(separation_squared: vec4<f32>, k: FourPairs) -> FourEnergies {
    // Atoms closer than 0.1 A count as 0.1 A apart: finite, and no force that could not be followed.
    let r2 = max(separation_squared, vec4(0.01));
    let inverse_r = inverseSqrt(r2);
    let r = r2 * inverse_r;

    // The lowest value within 0.25 A, as AutoGrid smooths: the potential is monotonic on either side of its optimum.
    let inverse = 1.0 / (r - clamp(r - abs(k.optimum), -SMOOTHING, SMOOTHING));
    let s2 = inverse * inverse;
    let s6 = select(vec4(0.0), s2 * s2 * s2, r < vec4(VDW_CUTOFF));
    let bonded = k.optimum < vec4(0.0);
    let repulsion = k.repulsion * s6 * s6;
    let attraction = k.attraction * s6 * select(vec4(1.0), s2 * s2, bonded);
    let dispersion = repulsion - attraction;
    let dispersion_slope = inverse * (select(vec4(6.0), vec4(10.0), bonded) * attraction - 12.0 * repulsion);

    let decay = exp2(-(LOG2_E * DIELECTRIC_RATE) * r);
    let denominator = 1.0 + DIELECTRIC_K * decay;
    let inverse_dielectric = denominator / (DIELECTRIC_B + DIELECTRIC_A * denominator);
    let coulomb = k.charges * inverse_r * inverse_dielectric;
    let dielectric_slope = (DIELECTRIC_B * DIELECTRIC_K * DIELECTRIC_RATE) * decay * inverse_dielectric / (denominator * denominator);

    let solvation = k.desolvation * exp2(-(LOG2_E * GAUSSIAN_RATE) * r2);
    return FourEnergies(
        dispersion + coulomb + solvation,
        (dispersion_slope - coulomb * (inverse_r + dielectric_slope)) * inverse_r - (2.0 * GAUSSIAN_RATE) * solvation);
}

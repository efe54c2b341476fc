//! The f64 reference of AutoDock4's intramolecular pair energy.
//!
//! Sources: terms and weights, Huey et al. 2007 (J Comput Chem 28:1145); 12-6 and 12-10 potentials and their smoothing,
//! the AutoGrid manual.

use super::dielectric::inverse_dielectric;
use super::topology::Pair;
use crate::twin::Value;

/// Beyond this van der Waals and hydrogen bonds are nought, Angstrom.
pub const VDW_CUTOFF: f64 = 8.0;
/// The potential is the least value within this distance, Angstrom.
pub const SMOOTHING: f64 = 0.25;
/// Width of the desolvation gaussian, Angstrom.
pub const GAUSSIAN_WIDTH: f64 = 3.6;

/// Energy of a pair (kcal/mol) and its slope dE/dr (kcal/mol/A), each with the sum of the magnitudes added to make it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PairEnergy {
    /// Energy.
    pub energy: Value,
    /// Slope by the distance.
    pub slope: Value,
}

impl PairEnergy {
    fn add(&mut self, energy: f64, slope: f64) {
        self.energy = [self.energy[0] + energy, self.energy[1] + energy.abs()];
        self.slope = [self.slope[0] + slope, self.slope[1] + slope.abs()];
    }
}

/// Energy and slope of one pair at distance r, Angstrom.
pub fn pair_energy(pair: &Pair, r: f64) -> PairEnergy {
    let mut found = PairEnergy::default();
    if r < VDW_CUTOFF {
        let smooth = r - (r - pair.optimum).clamp(-SMOOTHING, SMOOTHING);
        let power = if pair.hydrogen_bond { 10 } else { 6 };
        let repulsion = pair.repulsion * smooth.powi(-12);
        let attraction = pair.attraction * smooth.powi(-power);
        found.add(repulsion, -12.0 * repulsion / smooth);
        found.add(-attraction, f64::from(power) * attraction / smooth);
    }
    let (inverse, inverse_slope) = inverse_dielectric(r);
    found.add(pair.charges * inverse / r, 0.0);
    found.add(0.0, pair.charges * inverse_slope / r);
    found.add(0.0, -pair.charges * inverse / (r * r));
    let spread = 2.0 * GAUSSIAN_WIDTH * GAUSSIAN_WIDTH;
    let solvation = pair.desolvation * f64::exp(-r * r / spread);
    found.add(solvation, -solvation * 2.0 * r / spread);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A well of depth 0.2 kcal/mol at this distance, without charges or desolvation.
    fn well(optimum: f64, hydrogen_bond: bool) -> Pair {
        let (repulsion, attraction, power) = match hydrogen_bond {
            true => (5.0, 6.0, 10),
            false => (1.0, 2.0, 6),
        };
        Pair {
            atoms: [0, 1],
            repulsion: 0.2 * repulsion * optimum.powi(12),
            attraction: 0.2 * attraction * optimum.powi(power),
            optimum,
            hydrogen_bond,
            charges: 0.0,
            desolvation: 0.0,
        }
    }

    #[test]
    fn the_dielectric_is_autogrids() {
        // The table that AutoGrid prints, and the limits: 1.26 at contact, water's 78.4 far away.
        for (r, value) in [(0.1, 1.63), (1.0, 4.47), (2.5, 10.61), (5.0, 24.78)] {
            assert!((1.0 / inverse_dielectric(r).0 - value).abs() < 0.02, "{r}");
        }
        assert!((1.0 / inverse_dielectric(0.0).0 - 1.3464).abs() < 1e-3);
        assert!((1.0 / inverse_dielectric(100.0).0 - 78.4).abs() < 1e-9);
    }

    #[test]
    fn a_well_is_flat_within_the_smoothing_and_has_its_depth() {
        for bond in [false, true] {
            let pair = well(3.0, bond);
            for r in [2.75, 2.9, 3.0, 3.1, 3.25] {
                let PairEnergy { energy, slope } = pair_energy(&pair, r);
                assert!(
                    (energy[0] + 0.2).abs() < 1e-12 && slope[0].abs() < 1e-10,
                    "{r}"
                );
            }
        }
    }

    #[test]
    fn energy_and_slope_have_no_step_but_at_the_cut_off() {
        for bond in [false, true] {
            let pair = Pair {
                charges: -3.0,
                desolvation: 0.1,
                ..well(3.5, bond)
            };
            for kink in [3.25, 3.75] {
                let [below, above] = [-1e-9, 1e-9].map(|by| pair_energy(&pair, kink + by));
                assert!((below.energy[0] - above.energy[0]).abs() < 1e-7);
                assert!((below.slope[0] - above.slope[0]).abs() < 1e-6);
            }
        }
        let pair = well(3.5, false);
        assert!(pair_energy(&pair, VDW_CUTOFF).energy == [0.0, 0.0]);
        assert!(pair_energy(&pair, VDW_CUTOFF - 1e-9).energy[0] < -1e-3);
    }

    #[test]
    fn the_slope_is_the_derivative() {
        for bond in [false, true] {
            let pair = Pair {
                charges: 4.0,
                desolvation: -0.2,
                ..well(2.5, bond)
            };
            for r in [0.2, 0.7, 1.9, 2.4, 3.1, 5.0, 7.9, 8.1, 20.0] {
                let h = 1e-5 * r;
                let [low, high] = [-h, h].map(|by| pair_energy(&pair, r + by).energy[0]);
                let slope = pair_energy(&pair, r).slope;
                let error = (slope[0] - (high - low) / (2.0 * h)).abs();
                assert!(error < 1e-6 * slope[1], "{r}: {error}");
            }
        }
    }
}

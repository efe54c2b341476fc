//! How many evaluations a run gets: AutoDock-GPU's heuristic from the number of torsions.
//!
//! Formula: Santos-Martins et al. 2021 (J Chem Theory Comput 17:1060): fits of E50 over a set of complexes.

use super::docking::{Evaluations, LocalSearch};

/// Evaluations that the heuristic approaches but never passes.
const CEILING: f64 = 12e6;

/// Evaluations of one run for a ligand with this many torsions.
pub fn evaluations(asked: Evaluations, local_search: LocalSearch, torsions: usize) -> u64 {
    let t = torsions as f64;
    let wanted = match (asked, local_search) {
        (Evaluations::Fixed(count), _) => return count,
        (Evaluations::Auto, LocalSearch::SolisWets) => 1000.0 * f64::exp2(1.3 * t + 3.5),
        // The parabola turns down after 12.5 torsions; more torsions never get fewer evaluations here.
        (Evaluations::Auto, LocalSearch::Adadelta) => {
            64_000.0 * f64::exp2((0.5 - 0.02 * t.min(12.5)) * t.min(12.5))
        }
    };
    (CEILING * wanted / (CEILING + wanted)).ceil() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_torsions_never_get_fewer_evaluations_and_the_ceiling_holds() {
        for local_search in [LocalSearch::Adadelta, LocalSearch::SolisWets] {
            let counts: Vec<u64> = (0..60)
                .map(|t| evaluations(Evaluations::Auto, local_search, t))
                .collect();
            assert!(counts.is_sorted());
            assert!(counts.iter().all(|count| *count <= 12_000_000));
        }
        assert_eq!(
            evaluations(Evaluations::Fixed(7), LocalSearch::Adadelta, 3),
            7
        );
    }
}

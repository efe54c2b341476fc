//! Whether a ligand can be searched for and fits the box: asked before the search, and of the best pose after it.

use super::docking::Energies;
use crate::formats::maps::Grid;
use crate::kernels::dock::pose_energy::OUTSIDE_PENALTY;
use crate::molecule::Ligand;
use crate::{Error, Result};
use glam::DVec3;

/// Refuses a ligand with a rigid fragment longer than the box's diagonal, and one whose rings are broken.
///
/// # Errors
/// [`Error::Item`] with both lengths, or with what to do about the rings.
pub fn before_search(ligand: &Ligand, grid: &Grid) -> Result<()> {
    if ligand.atoms.iter().any(|atom| atom.kind.is_glue()) {
        return Err(Error::Item(BROKEN_RINGS.into()));
    }
    let edges = DVec3::from_array(grid.points.map(|n| (n - 1) as f64)) * grid.spacing;
    let fragments = ligand.torsions.fragments.iter();
    let longest = fragments
        .map(|fragment| length(ligand, fragment.atoms.clone()))
        .fold(0.0, f64::max);
    if longest <= edges.length() {
        return Ok(());
    }
    Err(Error::Item(format!(
        "larger than the box: a rigid fragment is {longest:.1} Angstrom long, the box's diagonal {:.1}",
        edges.length()
    )))
}

/// Nothing here pulls the ends of a broken bond together: such a ligand would be docked as a chain.
const BROKEN_RINGS: &str = "rings are broken at bonds between types CG0 to CG3, which the search would not close again: \
     prepare the ligand with rigid rings (Meeko's `--rigid_macrocycles`)";

/// Greatest distance between two of these atoms, Angstrom.
fn length(ligand: &Ligand, atoms: std::ops::Range<usize>) -> f64 {
    let positions: Vec<DVec3> = ligand.atoms[atoms].iter().map(|a| a.position).collect();
    let pairs = (0..positions.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
    let squares = pairs.map(|(i, j)| positions[i].distance_squared(positions[j]));
    squares.fold(0.0, f64::max).sqrt()
}

/// Refuses a best pose that pays more for leaving the box than an atom does one grid step outside: where no better
/// pose was found, the ligand does not fit.
///
/// # Errors
/// [`Error::Item`] with the number of atoms outside.
pub fn of_best_pose(energies: &Energies) -> Result<()> {
    if energies.penalty() <= OUTSIDE_PENALTY {
        return Ok(());
    }
    Err(Error::Item(format!(
        "does not fit the box: {} atoms of its best pose are outside; make the box larger",
        energies.outside
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::pdbqt::read_ligands;

    fn ligand(length: f64) -> Ligand {
        let atom = |n, x: f64| {
            format!(
                "ATOM      {n}  C   LIG     1    {x:8.3}   0.000   0.000  1.00  0.00     0.000 C\n"
            )
        };
        let text = format!(
            "ROOT\n{}{}ENDROOT\nTORSDOF 0\n",
            atom(1, 0.0),
            atom(2, length)
        );
        read_ligands(&text, "x").unwrap().remove(0)
    }

    #[test]
    fn a_fragment_longer_than_the_diagonal_is_refused() {
        let grid = Grid {
            center: DVec3::ZERO,
            spacing: 0.5,
            points: [7, 9, 25],
        };
        // Edges of 3, 4 and 12 Angstrom: a diagonal of 13.
        assert!(before_search(&ligand(12.9), &grid).is_ok());
        let refused = before_search(&ligand(13.1), &grid).unwrap_err().to_string();
        assert!(
            refused.contains("13.1") && refused.contains("13.0"),
            "{refused}"
        );
    }

    #[test]
    fn broken_rings_are_refused() {
        let grid = Grid {
            center: DVec3::ZERO,
            spacing: 0.5,
            points: [25; 3],
        };
        let mut ligand = ligand(1.5);
        for (atom, kind) in ligand.atoms.iter_mut().zip(["CG0", "G0"]) {
            atom.kind = crate::molecule::AtomType::from_name(kind).unwrap();
        }
        let refused = before_search(&ligand, &grid).unwrap_err().to_string();
        assert!(refused.contains("rigid rings"), "{refused}");
    }

    #[test]
    fn a_pose_may_touch_the_wall_but_not_pass_it() {
        let energies = |penalty| Energies {
            inter: -8.0 + penalty,
            vdw_hb_desolv: -7.5,
            elec: -0.5,
            outside: 2,
            ..Energies::default()
        };
        assert!(of_best_pose(&energies(49.9)).is_ok());
        assert!(of_best_pose(&energies(50.1)).is_err());
    }
}

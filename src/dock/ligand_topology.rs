//! A ligand made ready for the kernels: fragment frames and the coefficients of its intramolecular pairs.
//!
//! Pair terms and weights: AutoDock4's free-energy model, Huey et al. 2007 (J Comput Chem 28:1145).

use crate::kernels::dock::pose_energy::Genotype;
use crate::kernels::dock::topology::{Atom, Fragment, Pair, Topology};
use crate::molecule::parameters::{AtomParameters, HydrogenBonding, weights};
use crate::molecule::{AtomType, Ligand, interactions::nonbonded_pairs};
use crate::{Error, Result};
use glam::{DQuat, DVec3};

/// Coulomb's constant in kcal A / (mol e^2), as AutoDock4 rounds it.
const COULOMB: f64 = 332.06363;
/// Solvation parameter per unit of |charge|, kcal/mol per cubic Angstrom.
const CHARGE_SOLVATION: f64 = 0.01097;

/// Centre of a ligand: the mean of its atoms, the origin of its root fragment.
pub fn center(ligand: &Ligand) -> DVec3 {
    ligand.atoms.iter().map(|atom| atom.position).sum::<DVec3>() / ligand.atoms.len() as f64
}

/// The genotype of the pose that the file shows.
pub fn genotype_of_input(ligand: &Ligand) -> Genotype {
    Genotype {
        place: center(ligand),
        orientation: DQuat::IDENTITY,
        angles: vec![0.0; ligand.torsions.fragments.len()],
    }
}

/// Makes the topology; `types` lists the affinity maps at hand.
///
/// # Errors
/// [`Error::Item`] where an atom's type has no map.
pub fn topology(ligand: &Ligand, types: &[AtomType]) -> Result<Topology> {
    let origins = origins(ligand);
    let mut atoms = Vec::with_capacity(ligand.atoms.len());
    for (fragment, origin) in ligand.torsions.fragments.iter().zip(&origins) {
        for atom in &ligand.atoms[fragment.atoms.clone()] {
            let map = types
                .iter()
                .position(|kind| *kind == atom.kind)
                .ok_or_else(|| {
                    Error::Item(format!(
                        "there is no affinity map for atom type {}",
                        atom.kind.name()
                    ))
                })?;
            atoms.push(Atom {
                local: (atom.position - *origin).to_array(),
                charge: atom.charge,
                map: map as u32,
            });
        }
    }
    let fragments = (0..origins.len())
        .map(|n| fragment(ligand, &origins, n))
        .collect();
    let pairs = nonbonded_pairs(ligand)
        .into_iter()
        .map(|atoms| pair(ligand, atoms))
        .collect();
    Ok(Topology {
        atoms,
        fragments,
        pairs,
    })
}

/// Origin of every fragment: the far atom of its bond, for the root the ligand's centre.
fn origins(ligand: &Ligand) -> Vec<DVec3> {
    let far_atom = |n: usize| ligand.atoms[ligand.torsions.fragments[n].axis[1]].position;
    (0..ligand.torsions.fragments.len())
        .map(|n| if n == 0 { center(ligand) } else { far_atom(n) })
        .collect()
}

fn fragment(ligand: &Ligand, origins: &[DVec3], n: usize) -> Fragment {
    let fragment = &ligand.torsions.fragments[n];
    let [near, far] = fragment.axis.map(|a| ligand.atoms[a].position);
    Fragment {
        parent: fragment.parent,
        atoms: fragment.atoms.clone(),
        origin: if n == 0 {
            [0.0; 3]
        } else {
            (origins[n] - origins[fragment.parent]).to_array()
        },
        // Two atoms in one place have no axis; any serves, since turning about it moves nothing sensible.
        axis: (far - near).try_normalize().unwrap_or(DVec3::Z).to_array(),
    }
}

fn is_donor(p: &AtomParameters) -> bool {
    use HydrogenBonding::{DirectionalDonor, SphericalDonor};
    matches!(p.hydrogen_bonding, SphericalDonor | DirectionalDonor)
}

fn is_acceptor(p: &AtomParameters) -> bool {
    use HydrogenBonding::{AcceptorOne, AcceptorTwo, SphericalAcceptor};
    matches!(
        p.hydrogen_bonding,
        SphericalAcceptor | AcceptorOne | AcceptorTwo
    )
}

fn pair(ligand: &Ligand, atoms: [usize; 2]) -> Pair {
    let [a, b] = atoms.map(|i| &ligand.atoms[i]);
    let [p, q] = [a.kind.parameters(), b.kind.parameters()];
    let hydrogen_bond = is_donor(p) && is_acceptor(q) || is_donor(q) && is_acceptor(p);
    let (optimum, depth) = match hydrogen_bond {
        true => (
            p.rij_hb.max(q.rij_hb),
            p.epsij_hb.max(q.epsij_hb) * weights().hbond,
        ),
        false => (
            0.5 * (p.rii + q.rii),
            (p.epsii * q.epsii).sqrt() * weights().vdw,
        ),
    };
    let solvation = p.volume * (q.solvation + CHARGE_SOLVATION * b.charge.abs())
        + q.volume * (p.solvation + CHARGE_SOLVATION * a.charge.abs());
    // Wells of depth e at r: 12-10 has 5 e r^12 and 6 e r^10, 12-6 has e r^12 and 2 e r^6.
    let (repulsion, attraction) = match hydrogen_bond {
        true => (
            5.0 * depth * optimum.powi(12),
            6.0 * depth * optimum.powi(10),
        ),
        false => (depth * optimum.powi(12), 2.0 * depth * optimum.powi(6)),
    };
    Pair {
        atoms,
        repulsion,
        attraction,
        optimum,
        hydrogen_bond,
        charges: a.charge * b.charge * COULOMB * weights().electrostatic,
        desolvation: solvation * weights().desolvation,
    }
}

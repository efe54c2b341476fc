//! Which probes the atom types of a ligand are, and how a type's map comes from a probe's.

use crate::kernels::dock::affinity_maps::{Probe, ProbeBonding, Well};
use crate::molecule::AtomType;
use crate::molecule::atom_type::{AtomParameters, HydrogenBonding, weights};

/// Solvation parameter per |elementary charge| (Huey et al., J. Comput. Chem. 28 (2007) 1145).
pub(super) const CHARGE_SOLVATION: f64 = 0.01097;

/// How the map of an atom type is put together. Types of equal energies, such as C and A, share a probe.
pub(super) struct TypeMap {
    /// Number of the probe.
    pub(super) probe: usize,
    /// Factor of the sum of volume x gaussian x [`CHARGE_SOLVATION`].
    of_volume: f64,
    /// Factor of the sum of (solvation + charge) x gaussian.
    of_solvation: f64,
}

impl TypeMap {
    /// The affinity from the probe's energy and the two desolvation sums, kcal/mol.
    pub(super) fn affinity(&self, energy: f64, [volume, solvation]: [f64; 2]) -> f64 {
        energy + self.of_volume * volume + self.of_solvation * solvation
    }
}

/// The different probes of `types` with a receptor of these `kinds`, those with the same partners next to each
/// other, and what each type makes of them.
pub(super) fn probes(types: &[AtomType], kinds: &[AtomType]) -> (Vec<Probe>, Vec<TypeMap>) {
    let wanted: Vec<Probe> = types.iter().map(|kind| probe(*kind, kinds)).collect();
    let mut different: Vec<Probe> = Vec::new();
    for probe in &wanted {
        if !different.contains(probe) {
            different.push(probe.clone());
        }
    }
    different.sort_by_key(Probe::partners);
    let others = |probe: &Probe| different.iter().take_while(|other| *other != probe).count();
    let type_map = |(kind, probe): (&AtomType, &Probe)| TypeMap {
        probe: others(probe),
        of_volume: kind.parameters().solvation / CHARGE_SOLVATION,
        of_solvation: kind.parameters().volume,
    };
    let maps = types.iter().zip(&wanted).map(type_map).collect();
    (different, maps)
}

fn probe(kind: AtomType, kinds: &[AtomType]) -> Probe {
    let own = kind.parameters();
    Probe {
        bonding: match own.hydrogen_bonding {
            HydrogenBonding::None => ProbeBonding::None,
            HydrogenBonding::SphericalDonor | HydrogenBonding::DirectionalDonor => {
                ProbeBonding::Donor
            }
            HydrogenBonding::AcceptorOne => ProbeBonding::OneLobe,
            HydrogenBonding::SphericalAcceptor | HydrogenBonding::AcceptorTwo => {
                ProbeBonding::Acceptor
            }
        },
        wells: kinds.iter().map(|k| well(own, k.parameters())).collect(),
    }
}

/// The pair potential of two types (Huey et al. 2007): the acceptor's own radius and depth where they bind hydrogen.
fn well(one: &AtomParameters, other: &AtomParameters) -> Well {
    let acceptor = match (donates(one), donates(other)) {
        (true, false) if accepts(other) => Some(other),
        (false, true) if accepts(one) => Some(one),
        _ => None,
    };
    match acceptor {
        Some(acceptor) => Well {
            radius: acceptor.rij_hb,
            depth: acceptor.epsij_hb * weights().hbond,
            hydrogen_bond: true,
        },
        None => Well {
            radius: 0.5 * (one.rii + other.rii),
            depth: (one.epsii * other.epsii).sqrt() * weights().vdw,
            hydrogen_bond: false,
        },
    }
}

fn donates(parameters: &AtomParameters) -> bool {
    matches!(
        parameters.hydrogen_bonding,
        HydrogenBonding::SphericalDonor | HydrogenBonding::DirectionalDonor
    )
}

fn accepts(parameters: &AtomParameters) -> bool {
    !donates(parameters) && parameters.hydrogen_bonding != HydrogenBonding::None
}

//! Where a receptor's hydrogens and lone pairs point, from the bonds that its coordinates show.
//!
//! As AutoGrid 4 finds them: among the twenty atoms before and after in the file, by distance alone. Its choices at odd
//! places (the last neighbour of a carbonyl carbon gives the plane, a third bond of an oxygen is passed over) are kept, for
//! maps are compared point by point.

use crate::kernels::dock::map_points::Bonding;
use crate::molecule::Receptor;
use crate::molecule::atom_type::HydrogenBonding;
use glam::DVec3;

/// Atoms before and after one in the file that may be bonded to it.
const REACH: usize = 20;
/// Squared lengths, square Angstrom, up to which two atoms count as bonded.
const DONOR_BOND: f64 = 1.90;
const HYDROGEN_BOND_LENGTH: f64 = 1.69;
const OXYGEN_BOND: f64 = 3.61;
const NITROGEN_BOND: f64 = 2.89;
const CARBONYL_BOND: f64 = 2.89;

/// The part in hydrogen bonds of each atom of a receptor.
pub fn bondings(receptor: &Receptor) -> Vec<Bonding> {
    (0..receptor.atoms.len())
        .map(|index| Surroundings { receptor, index }.bonding())
        .collect()
}

/// An atom among its neighbours.
struct Surroundings<'a> {
    receptor: &'a Receptor,
    index: usize,
}

impl Surroundings<'_> {
    fn bonding(&self) -> Bonding {
        let parameters = self.receptor.atoms[self.index].kind.parameters();
        match parameters.hydrogen_bonding {
            HydrogenBonding::None => Bonding::None,
            HydrogenBonding::SphericalDonor => Bonding::SphericalDonor,
            HydrogenBonding::DirectionalDonor => self.donor(),
            HydrogenBonding::SphericalAcceptor => Bonding::SphericalAcceptor,
            HydrogenBonding::AcceptorOne => self.one_lobe(),
            HydrogenBonding::AcceptorTwo => self.two_lobes(),
        }
    }

    fn at(&self, index: usize) -> DVec3 {
        self.receptor.atoms[index].position
    }

    fn name(&self, index: usize) -> &'static str {
        self.receptor.atoms[index].kind.name()
    }

    /// Indices of the other atoms within reach, in file order.
    fn others(&self) -> impl Iterator<Item = usize> + use<'_> {
        let last = (self.index + REACH).min(self.receptor.atoms.len() - 1);
        (self.index.saturating_sub(REACH)..=last).filter(|other| *other != self.index)
    }

    /// Atoms bonded to this one: `length` squared for heavy atoms, less for hydrogens.
    fn bonded(&self, length: f64) -> Vec<usize> {
        let near = |other: &usize| {
            let hydrogen = matches!(self.name(*other), "HD" | "H");
            let limit = if hydrogen {
                HYDROGEN_BOND_LENGTH
            } else {
                length
            };
            self.at(self.index).distance_squared(self.at(*other)) < limit
        };
        self.others().filter(near).collect()
    }

    /// From the heavy atom to the hydrogen.
    fn donor(&self) -> Bonding {
        let hydrogen = self.at(self.index);
        let heavy = self
            .others()
            .find(|other| hydrogen.distance_squared(self.at(*other)) < DONOR_BOND);
        let (axis, power) = match heavy {
            None => (DVec3::ZERO, 2),
            Some(heavy) => {
                let sharp = matches!(self.name(heavy), "OA" | "SA");
                (hydrogen - self.at(heavy), if sharp { 4 } else { 2 })
            }
        };
        Bonding::Donor {
            axis: unit(axis),
            power,
        }
    }

    /// Away from the middle of up to three neighbours.
    fn one_lobe(&self) -> Bonding {
        let mut bonded = self.bonded(NITROGEN_BOND);
        bonded.truncate(3);
        let sum: DVec3 = bonded.iter().map(|other| self.at(*other)).sum();
        let axis = match bonded.len() {
            0 => DVec3::ZERO,
            count => self.at(self.index) - sum / count as f64,
        };
        Bonding::OneLobe { axis: unit(axis) }
    }

    fn two_lobes(&self) -> Bonding {
        let (axis, normal) = match *self.bonded(OXYGEN_BOND).as_slice() {
            [] => (DVec3::ZERO, DVec3::ZERO),
            [carbon] => self.carbonyl(carbon),
            [one, other, ..] => self.bridge(one, other),
        };
        Bonding::TwoLobes {
            axis: unit(axis),
            normal: unit(normal),
        }
    }

    /// One neighbour: the lone pairs lie in the plane of the carbon's bonds.
    fn carbonyl(&self, carbon: usize) -> (DVec3, DVec3) {
        let axis = self.at(self.index) - self.at(carbon);
        let next = |other: &usize| {
            let hydrogen = self.name(*other) == "HD";
            let limit = if hydrogen {
                HYDROGEN_BOND_LENGTH
            } else {
                CARBONYL_BOND
            };
            *other != carbon && self.at(carbon).distance_squared(self.at(*other)) < limit
        };
        let normal = self.others().filter(next).last().map(|other| {
            let bond = self.at(other) - self.at(carbon);
            axis.normalize_or_zero().cross(bond.normalize_or_zero())
        });
        (axis, normal.unwrap_or_default())
    }

    /// Two neighbours: the lone pairs lie across the line between them.
    fn bridge(&self, one: usize, other: usize) -> (DVec3, DVec3) {
        let across = (self.at(other) - self.at(one)).normalize_or_zero();
        let bond = self.at(self.index) - self.at(one);
        (bond - across * bond.dot(across), across)
    }
}

fn unit(vector: DVec3) -> [f32; 3] {
    vector.normalize_or_zero().as_vec3().to_array()
}

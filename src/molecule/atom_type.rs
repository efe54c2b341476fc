//! AutoDock4 atom types: names, elements, and the way to their parameters.

use super::parameters::table;
pub use super::parameters::{AtomParameters, HydrogenBonding, Weights, weights};

/// An AutoDock4 atom type: an index into the parameter table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AtomType(pub u8);

impl AtomType {
    /// The type of this name; case counts (`CA` is calcium, `Ca` too, `C` and `A` are carbons).
    pub fn from_name(name: &str) -> Option<AtomType> {
        let row = table().atoms.iter().position(|row| row.name == name)?;
        Some(AtomType(row as u8))
    }

    /// All types of the table, in its order.
    pub fn all() -> impl Iterator<Item = AtomType> {
        (0..table().atoms.len()).map(|row| AtomType(row as u8))
    }

    /// Name as PDBQT files and map files spell it.
    pub fn name(self) -> &'static str {
        &self.parameters().name
    }

    /// The row of the AD4.1 table.
    ///
    /// # Panics
    /// If the index was not made by [`AtomType::from_name`] or [`AtomType::all`] and is past the table.
    pub fn parameters(self) -> &'static AtomParameters {
        &table().atoms[usize::from(self.0)]
    }

    /// Whether this is a hydrogen (H, HD, HS).
    pub fn is_hydrogen(self) -> bool {
        matches!(self.name(), "H" | "HD" | "HS")
    }

    /// Whether this is a pseudo atom on the end of a broken ring's bond (G0 to G3).
    pub fn is_glue(self) -> bool {
        self.element().is_empty()
    }

    /// Whether this is a metal ion.
    pub fn is_metal(self) -> bool {
        matches!(self.element(), "Mg" | "Ca" | "Mn" | "Fe" | "Zn")
    }

    /// Chemical element; carbon for the types of ring closure and covalent maps, empty for the glue atoms G0-G3.
    pub fn element(self) -> &'static str {
        match self.name() {
            "H" | "HD" | "HS" => "H",
            "N" | "NA" | "NS" => "N",
            "OA" | "OS" => "O",
            "S" | "SA" => "S",
            "Mg" | "MG" => "Mg",
            "Cl" | "CL" => "Cl",
            "Ca" | "CA" => "Ca",
            "Mn" | "MN" => "Mn",
            "Fe" | "FE" => "Fe",
            "Zn" | "ZN" => "Zn",
            "Br" | "BR" => "Br",
            "Si" | "SI" => "Si",
            "G0" | "G1" | "G2" | "G3" => "",
            name @ ("F" | "P" | "I" | "B") => name,
            _ => "C",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        let text = include_str!("../../data/ad4.1_parameters.dat");
        let rows = text
            .lines()
            .filter(|line| line.starts_with("atom "))
            .count();
        assert_eq!(AtomType::all().count(), rows);
        for kind in AtomType::all() {
            assert_eq!(AtomType::from_name(kind.name()), Some(kind));
        }
    }

    #[test]
    fn known_values() {
        let oxygen = AtomType::from_name("OA").unwrap().parameters();
        assert_eq!(
            (oxygen.rii, oxygen.epsii, oxygen.volume),
            (3.2, 0.2, 17.1573)
        );
        assert_eq!((oxygen.rij_hb, oxygen.epsij_hb), (1.9, 5.0));
        assert_eq!(oxygen.hydrogen_bonding, HydrogenBonding::AcceptorTwo);
        let weights = weights();
        assert_eq!((weights.vdw, weights.hbond), (0.1662, 0.1209));
        assert_eq!(
            (weights.electrostatic, weights.desolvation),
            (0.1406, 0.1322)
        );
        assert_eq!(weights.torsional, 0.2983);
    }

    #[test]
    fn spellings_of_one_element_share_their_values() {
        for (one, other) in [
            ("Cl", "CL"),
            ("Zn", "ZN"),
            ("Br", "BR"),
            ("Ca", "CA"),
            ("Si", "SI"),
        ] {
            let one = AtomType::from_name(one).unwrap();
            let other = AtomType::from_name(other).unwrap();
            assert_eq!(one.element(), other.element());
            let renamed = AtomParameters {
                name: other.name().to_string(),
                ..one.parameters().clone()
            };
            assert_eq!(&renamed, other.parameters());
        }
        assert_eq!(AtomType::from_name("Xx"), None);
        assert!(AtomType::from_name("Zn").unwrap().is_metal());
        assert!(AtomType::from_name("HD").unwrap().is_hydrogen());
    }
}

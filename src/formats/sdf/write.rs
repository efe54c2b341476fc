//! A molecule as an SDF record (V2000).

use crate::molecule::graph::{Graph, Order};
use std::fmt::Write;

/// The counts line has three columns for the number of atoms.
const MOST_ATOMS: usize = 999;
/// Pairs of atom and value on one property line.
const PAIRS: usize = 8;

/// The record, its data fields included, to `$$$$`; nothing for a molecule with more than 999 atoms or bonds.
pub fn write(graph: &Graph) -> Option<String> {
    let (atoms, bonds) = (graph.atoms.len(), graph.bonds.len());
    if atoms.max(bonds) > MOST_ATOMS {
        return None;
    }
    let mut text = format!(
        "{}\n  trimaran          3D\n\n{atoms:3}{bonds:3}  0  0  0  0  0  0  0  0999 V2000\n",
        graph.name
    );
    // Writing to a String cannot fail.
    for atom in &graph.atoms {
        let [x, y, z] = atom.position.to_array();
        let symbol = atom.element.symbol();
        let _ = writeln!(
            text,
            "{x:10.4}{y:10.4}{z:10.4} {symbol:<3} 0  0  0  0  0  0  0  0  0  0  0  0"
        );
    }
    for bond in &graph.bonds {
        let kind = kind(bond.order);
        let _ = writeln!(text, "{:3}{:3}{kind:3}  0", bond.a + 1, bond.b + 1);
    }
    let values = |value: &dyn Fn(usize) -> i32| -> Vec<(usize, i32)> {
        let pairs = (0..atoms).map(|atom| (atom + 1, value(atom)));
        pairs.filter(|(_, value)| *value != 0).collect()
    };
    property(
        &mut text,
        "CHG",
        &values(&|atom| graph.atoms[atom].charge.into()),
    );
    property(
        &mut text,
        "ISO",
        &values(&|atom| graph.atoms[atom].isotope.map_or(0, i32::from)),
    );
    text.push_str("M  END\n");
    for (name, value) in &graph.properties {
        let _ = write!(text, ">  <{name}>\n{value}\n\n");
    }
    text.push_str("$$$$\n");
    Some(text)
}

fn kind(order: Order) -> u8 {
    match order {
        Order::Single => 1,
        Order::Double => 2,
        Order::Triple => 3,
        Order::Aromatic => 4,
        Order::Dative => 9,
    }
}

fn property(text: &mut String, name: &str, pairs: &[(usize, i32)]) {
    for pairs in pairs.chunks(PAIRS) {
        let _ = write!(text, "M  {name}{:3}", pairs.len());
        for (atom, value) in pairs {
            let _ = write!(text, " {atom:3} {value:3}");
        }
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let mut ion = crate::formats::smiles::read("[13CH3]C(=O)[O-] acetate", "x").unwrap();
        for (number, atom) in (0..).zip(&mut ion.atoms) {
            atom.position =
                glam::DVec3::new(1.25 * f64::from(number), -0.5, f64::from(number * number));
        }
        crate::molecule::graph::add_hydrogens(&mut ion);
        ion.properties.push(("energy".into(), "-7.1".into()));
        let again = read(&write(&ion).unwrap(), "x").unwrap();
        assert_eq!(again.bonds, ion.bonds);
        assert_eq!((again.name, again.properties), (ion.name, ion.properties));
        for (again, atom) in again.atoms.iter().zip(&ion.atoms) {
            assert!(again.position.distance(atom.position) < 1e-4);
            assert_eq!((again.charge, again.isotope), (atom.charge, atom.isotope));
        }
    }
}

//! A molecule while its record is being read: it remembers lines, and is completed at the end.

use super::Lines;
use crate::Result;
use crate::molecule::graph::{
    Bond, Element, Flaw, Graph, Order, Unsaid, bond_sums, check_valences, implied_hydrogens,
    kekulize, separate_charges,
};

/// The largest formal charge that the format has.
const MOST_CHARGE: u8 = 15;

/// The molecule, and what only its completion needs.
pub(super) struct Draft {
    /// The molecule so far: orders and charges as the record says them.
    pub(super) graph: Graph,
    /// Line of each atom.
    pub(super) lines: Vec<usize>,
    /// Total valence that the record says for an atom, hydrogens included.
    pub(super) valences: Vec<Option<u32>>,
    /// Whether the header says that the coordinates are positions in space.
    in_space: bool,
}

impl Draft {
    /// No atoms yet.
    pub(super) fn new(name: String, in_space: bool) -> Self {
        Draft {
            graph: Graph {
                name,
                ..Graph::default()
            },
            lines: Vec::new(),
            valences: Vec::new(),
            in_space,
        }
    }

    /// Makes room for so many atoms and bonds.
    pub(super) fn reserve(&mut self, atoms: usize, bonds: usize) {
        self.graph.atoms.reserve(atoms);
        self.graph.bonds.reserve(bonds);
        self.lines.reserve(atoms);
        self.valences.reserve(atoms);
    }

    /// Completes the molecule: bond orders, charges, implied hydrogens; refuses impossible valences.
    pub(super) fn finish(mut self, lines: &Lines) -> Result<Graph> {
        let at = |flaw: Flaw, of: &[usize]| lines.wrong_at(of[flaw.atom], flaw.what);
        self.graph
            .check_size()
            .map_err(|flaw| at(flaw, &self.lines))?;
        let listed = self.graph.lists_hydrogens();
        let unsaid = match listed {
            true => Unsaid::Nothing,
            false => Unsaid::Hydrogens,
        };
        kekulize(&mut self.graph, unsaid).map_err(|flaw| at(flaw, &self.lines))?;
        separate_charges(&mut self.graph);
        self.imply_hydrogens();
        check_valences(&self.graph).map_err(|flaw| at(flaw, &self.lines))?;
        self.graph.coordinates = self.graph.guess_coordinates(self.in_space && listed);
        Ok(self.graph)
    }

    fn imply_hydrogens(&mut self) {
        let sums = bond_sums(&self.graph);
        for (index, atom) in self.graph.atoms.iter_mut().enumerate() {
            let bonds = sums[index] as u32;
            atom.implicit_hydrogens = match self.valences[index] {
                Some(valence) => valence.saturating_sub(bonds).min(8) as u8,
                None => implied_hydrogens(atom.element, atom.charge, atom.radicals, bonds),
            };
        }
    }

    /// Adds a bond between two atom indices.
    pub(super) fn bond(
        &mut self,
        a: usize,
        b: usize,
        order: Order,
    ) -> std::result::Result<(), String> {
        let atoms = self.graph.atoms.len();
        if let Some(missing) = [a, b].into_iter().find(|atom| *atom >= atoms) {
            let number = missing.wrapping_add(1);
            return Err(format!(
                "the bond names atom {number}, the record has {atoms}"
            ));
        }
        if a == b {
            return Err(format!("atom {} is bonded to itself", a + 1));
        }
        self.graph.bonds.push(Bond { a, b, order });
        Ok(())
    }
}

/// The order that a bond type of the connection table stands for; `Err` says what a query type is.
pub(super) fn order(kind: usize) -> std::result::Result<Order, String> {
    match kind {
        1 => Ok(Order::Single),
        2 => Ok(Order::Double),
        3 => Ok(Order::Triple),
        4 => Ok(Order::Aromatic),
        9 => Ok(Order::Dative),
        5..=8 => Err(format!(
            "bond type {kind} belongs to a query, not to a molecule: give it type 1, 2, 3 or 4"
        )),
        _ => Err(format!(
            "bond type {kind} is not known: expected 1, 2, 3, 4 (aromatic) or 9 (dative)"
        )),
    }
}

/// Element and mass number of an atom symbol; `Err` says why it names no element.
pub(super) fn element(symbol: &str) -> std::result::Result<(Element, Option<u16>), String> {
    let isotope = match symbol {
        "D" => Some(2),
        "T" => Some(3),
        _ => None,
    };
    if let Some(element) = Element::from_symbol(symbol) {
        return Ok((element, isotope));
    }
    Err(match symbol {
        "" => "the element symbol (columns 32-34) is missing".to_string(),
        "A" | "Q" | "X" | "M" | "AH" | "QH" | "XH" | "MH" | "L" | "*" => format!(
            "atom `{symbol}` stands for any of several elements in a query: name one element"
        ),
        "R" | "R#" | "Pol" | "LP" => {
            format!("atom `{symbol}` stands for a group that is not drawn: draw the group")
        }
        _ => format!("`{symbol}` is no element"),
    })
}

/// The formal charge of this size; `Err` says that it is none.
pub(super) fn charge(size: i64) -> std::result::Result<i8, String> {
    let charge = i8::try_from(size).ok();
    charge
        .filter(|charge| charge.unsigned_abs() <= MOST_CHARGE)
        .ok_or_else(|| format!("no atom has a charge of {size}"))
}

/// Unpaired electrons that a radical code (1 singlet, 2 doublet, 3 triplet) stands for.
pub(super) fn unpaired(code: i64) -> u8 {
    match code {
        1 | 3 => 2,
        2 => 1,
        _ => 0,
    }
}

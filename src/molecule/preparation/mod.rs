//! From a drawn molecule to a ligand that docking takes: types, charges, torsions, PDBQT.
//!
//! The rules are those of Meeko with rigid macrocycles and RDKit's charges.

mod charge_parameters;
pub mod charges;
mod columns;
pub mod groups;
pub mod rotatable;
mod text;
pub mod tree;
pub mod types;

use super::graph::{Coordinates, Element, Graph};
use super::perception::Perception;
use super::refusal::{Refusal, Site};
use groups::Division;
use text::Records;
use tree::Tree;

/// The most atoms that serial numbers of five columns can tell apart.
const MOST_ATOMS: usize = 99_999;

/// What can be asked of a preparation.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Lets amides turn, which are frozen otherwise.
    pub flexible_amides: bool,
}

/// A ligand ready for docking.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// Its PDBQT text.
    pub text: String,
    /// Number of atoms in it.
    pub atoms: usize,
    /// Number of rotatable bonds, its `TORSDOF`.
    pub torsions: usize,
    /// What was done that the record did not ask for.
    pub notes: Vec<String>,
}

/// What a preparation decides before anything is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// AutoDock4 type of each atom; nothing for a hydrogen merged into its neighbour.
    pub types: Vec<Option<&'static str>>,
    /// Partial charge of each atom, with those of merged hydrogens; zero for these.
    pub charges: Vec<f64>,
    /// Rigid groups and rotatable bonds.
    pub tree: Tree,
}

/// Prepares a molecule that has all its hydrogens and coordinates in space.
///
/// # Errors
/// [`Refusal`], which says what about the molecule cannot be prepared.
pub fn prepare(graph: &Graph, options: &Options) -> Result<Prepared, Refusal> {
    let model = model(graph, options)?;
    let records = Records {
        graph,
        types: &model.types,
        charges: &model.charges,
        tree: &model.tree,
    };
    let torsions = model.tree.torsions();
    let written = records.write(torsions);
    Ok(Prepared {
        atoms: written.order.len(),
        text: written.text,
        torsions,
        notes: Vec::new(),
    })
}

/// Decides types, charges and torsions of a molecule.
///
/// # Errors
/// [`Refusal`], which says what about the molecule cannot be prepared.
pub fn model(graph: &Graph, options: &Options) -> Result<Model, Refusal> {
    check(graph)?;
    let perception = Perception::of(graph)?;
    check_whole(graph, &perception)?;
    let types = types::types(graph, &perception)?;
    let mut charges = charges::charges(graph, &perception)?;
    merge_hydrogens(&types, &perception, &mut charges);
    let rotatable = rotatable::rotatable(graph, &perception, options.flexible_amides);
    let division = Division {
        connections: &perception.connections,
        written: &|atom| types[atom].is_some(),
        rotatable: &rotatable,
        cut: &[],
    };
    let mut tree = Tree::of(&division);
    tree.merge_ends();
    Ok(Model {
        types,
        charges,
        tree,
    })
}

/// Refuses what PDBQT cannot hold.
fn check(graph: &Graph) -> Result<(), Refusal> {
    match graph.atoms.len() {
        0 => return Err(Refusal::NoAtoms),
        atoms if atoms > MOST_ATOMS => return Err(Refusal::TooManyAtoms(atoms)),
        _ => {}
    }
    if graph.coordinates == Coordinates::Absent {
        return Err(Refusal::NoCoordinates);
    }
    for (index, atom) in graph.atoms.iter().enumerate() {
        // Eight columns hold three decimals and four digits, or three and a sign.
        let fits = |value: f64| value > -999.9995 && value < 9999.9995;
        if !atom.position.to_array().into_iter().all(fits) {
            return Err(Refusal::Position(Site::of(graph, index)));
        }
    }
    Ok(())
}

/// Refuses several molecules at once, and one without its hydrogens.
fn check_whole(graph: &Graph, perception: &Perception) -> Result<(), Refusal> {
    for atom in 0..graph.atoms.len() {
        let count = perception.drawing.lacking(graph, atom);
        if count > 0 && graph.atoms[atom].element != Element::DUMMY {
            let site = Site::of(graph, atom);
            return Err(Refusal::NoHydrogens { site, count });
        }
    }
    Ok(())
}

/// Adds the charge of each merged hydrogen to its neighbour.
fn merge_hydrogens(types: &[Option<&str>], perception: &Perception, charges: &mut [f64]) {
    for atom in 0..types.len() {
        if let (None, Some(link)) = (types[atom], perception.connections.around(atom).first()) {
            charges[link.atom as usize] += charges[atom];
            charges[atom] = 0.0;
        }
    }
}

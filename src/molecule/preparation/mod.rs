//! From a drawn molecule to a ligand that docking takes: types, charges, torsions, PDBQT.
//!
//! The rules are those of Meeko with rigid macrocycles and RDKit's charges.

mod charge_parameters;
pub mod charges;
mod checks;
mod columns;
mod fragments;
pub mod groups;
mod macrocycles;
mod options;
mod remarks;
mod rigid;
mod rotatable;
mod text;
pub mod torsions;
pub mod tree;
pub mod types;

pub use options::{Options, RigidPattern};

use super::graph::Graph;
use super::perception::{Connections, Perception};
use super::refusal::Refusal;
use checks::{check, check_hydrogens};
use fragments::{fragments, largest};
use remarks::remarks;
use text::Records;
use torsions::Torsions;

/// Types of the ends of each broken bond, and of the pseudo atoms on them.
const RING_CLOSURE: [(&str, &str); 4] =
    [("CG0", "G0"), ("CG1", "G1"), ("CG2", "G2"), ("CG3", "G3")];

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

/// What a preparation decides before anything is written. Indices are those of the graph.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// AutoDock4 type of each atom, then of each pseudo atom; nothing for a hydrogen merged into its neighbour.
    pub types: Vec<Option<&'static str>>,
    /// Partial charge of each atom, with those of merged hydrogens; zero for these and for pseudo atoms.
    pub charges: Vec<f64>,
    /// Rigid groups and rotatable bonds.
    pub torsions: Torsions,
}

/// What has just been done to a molecule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is perceived: rings, aromaticity, hybridisation.
    Perceived,
    /// Types, charges and torsions are decided.
    Decided,
    /// Its text is written.
    Written,
}

/// Prepares a molecule that has all its hydrogens and coordinates in space.
///
/// # Errors
/// [`Refusal`], which says what about the molecule cannot be prepared.
pub fn prepare(graph: &Graph, options: &Options) -> Result<Prepared, Refusal> {
    prepare_in_steps(graph, options, &mut |_| {})
}

/// The same, calling `done` after each step.
///
/// # Errors
/// Those of [`prepare`].
pub fn prepare_in_steps(
    graph: &Graph,
    options: &Options,
    done: &mut dyn FnMut(Step),
) -> Result<Prepared, Refusal> {
    check(graph)?;
    let connections = Connections::of(graph)?;
    let (part_of, parts) = fragments(&connections);
    if parts == 1 {
        return prepare_one(graph, connections, options, done);
    }
    if !options.largest_fragment {
        return Err(Refusal::Fragments(parts));
    }
    let (kept, indices) = largest(graph, &part_of, parts);
    let place = |atom: usize| indices.binary_search(&(atom as u32)).ok();
    let rigid = options.rigid_bonds.iter();
    let options = Options {
        rigid_bonds: rigid
            .filter_map(|&[a, b]| Some([place(a)?, place(b)?]))
            .collect(),
        ..options.clone()
    };
    let prepared = Connections::of(&kept)
        .and_then(|connections| prepare_one(&kept, connections, &options, done));
    let mut prepared = prepared.map_err(|refusal| refusal.renumbered(&indices))?;
    let left_out = graph.atoms.len() - kept.atoms.len();
    prepared.notes.push(format!(
        "took the largest of {parts} molecules and left out {left_out} atoms"
    ));
    Ok(prepared)
}

fn prepare_one(
    graph: &Graph,
    connections: Connections,
    options: &Options,
    done: &mut dyn FnMut(Step),
) -> Result<Prepared, Refusal> {
    let perception = Perception::with(graph, connections)?;
    done(Step::Perceived);
    let model = model(graph, &perception, options)?;
    done(Step::Decided);
    let pseudo_atoms = model.torsions.pseudo_atoms(graph);
    let records = Records {
        graph,
        model: &model,
        pseudo_atoms: &pseudo_atoms,
    };
    let written = records.write();
    let mut text = remarks(graph, &perception, &written.order);
    text.extend_from_slice(&written.text);
    done(Step::Written);
    Ok(Prepared {
        text: String::from_utf8(text).unwrap_or_default(),
        atoms: written.order.len(),
        torsions: model.torsions.torsdof,
        notes: Vec::new(),
    })
}

/// Decides types, charges and torsions of a molecule that was perceived.
///
/// # Errors
/// [`Refusal`], which says what about the molecule cannot be prepared.
pub fn model(graph: &Graph, perception: &Perception, options: &Options) -> Result<Model, Refusal> {
    let mut types = types::types(graph, perception)?;
    check_hydrogens(graph, perception)?;
    let mut charges = charges::charges(graph, perception)?;
    merge_hydrogens(&types, perception, &mut charges);
    let torsions = Torsions::of(graph, perception, &types, options)?;
    for (number, &bond) in torsions.broken.iter().enumerate() {
        let bond = &graph.bonds[bond as usize];
        let (end, pseudo) = RING_CLOSURE[number % RING_CLOSURE.len()];
        types[bond.a] = Some(end);
        types[bond.b] = Some(end);
        types.extend([Some(pseudo); 2]);
        charges.extend([0.0; 2]);
    }
    Ok(Model {
        types,
        charges,
        torsions,
    })
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

#[cfg(test)]
mod tests;
#[cfg(test)]
mod torsion_tests;
#[cfg(test)]
mod typing_tests;

//! How prepared ligands agree with the golden ones, subject by subject.

use super::golden::Golden;
use super::records::{records, remarks, round_trip};
use libtest_mimic::Failed;
use std::collections::BTreeSet;
use trimaran::molecule::graph::Graph;
use trimaran::molecule::perception::{Hybridisation, Perception, symmetry_classes};
use trimaran::molecule::preparation::{Model, Options, charges, model};

/// Charges are golden with four decimals before merging and three after it.
const CHARGE_ROUNDING: f64 = 0.0001;
const MERGED_CHARGE_ROUNDING: f64 = 0.0015;

/// The part of the molecules that must agree.
const ALL: f64 = 0.995;
/// RDKit takes ring atoms apart that stand beside a cis or trans pair and that a symmetry exchanges all the same.
const CONSTITUTION: f64 = 0.985;

/// Something that is compared: nothing where a molecule agrees, else what differs.
pub struct Subject {
    pub name: &'static str,
    differs: fn(&Golden, &Graph) -> Result<Option<String>, String>,
    bar: f64,
}

/// All subjects.
pub const SUBJECTS: &[Subject] = &[
    Subject {
        name: "aromaticity",
        differs: aromaticity,
        bar: ALL,
    },
    Subject {
        name: "conjugation",
        differs: conjugation,
        bar: ALL,
    },
    Subject {
        name: "hybridisation",
        differs: hybridisation,
        bar: ALL,
    },
    Subject {
        name: "rings",
        differs: rings,
        bar: ALL,
    },
    Subject {
        name: "symmetry_classes",
        differs: classes,
        bar: CONSTITUTION,
    },
    Subject {
        name: "gasteiger_charges",
        differs: gasteiger,
        bar: ALL,
    },
    Subject {
        name: "types",
        differs: types,
        bar: ALL,
    },
    Subject {
        name: "merged_charges",
        differs: merged_charges,
        bar: ALL,
    },
    Subject {
        name: "torsdof",
        differs: torsdof,
        bar: ALL,
    },
    Subject {
        name: "rotatable_bonds",
        differs: rotatable,
        bar: ALL,
    },
    Subject {
        name: "root",
        differs: root,
        bar: ALL,
    },
    Subject {
        name: "records",
        differs: records,
        bar: ALL,
    },
    Subject {
        name: "remarks",
        differs: remarks,
        bar: ALL,
    },
    Subject {
        name: "round_trip",
        differs: round_trip,
        bar: ALL,
    },
];

/// Fails with the name of every molecule that differs where too few of them agree.
pub fn compare(molecules: &[Golden], subject: &Subject) -> Result<(), Failed> {
    let mut differing = Vec::new();
    for molecule in molecules {
        let outcome = match &molecule.graph {
            Ok(graph) => (subject.differs)(molecule, graph),
            Err(what) => Err(what.clone()),
        };
        if let Some(what) = outcome.unwrap_or_else(Some) {
            differing.push(format!("{} ({}): {what}", molecule.id, molecule.smiles));
        }
    }
    let agreeing = molecules.len() - differing.len();
    let table = format!(
        "{agreeing} of {} agree\n{}",
        molecules.len(),
        differing.join("\n")
    );
    match agreeing as f64 >= subject.bar * molecules.len() as f64 {
        true => {
            eprintln!("{}: {table}", subject.name);
            Ok(())
        }
        false => Err(table.into()),
    }
}

fn perceive(graph: &Graph) -> Result<Perception, String> {
    Perception::of(graph).map_err(|refusal| refusal.to_string())
}

fn decide(graph: &Graph) -> Result<Model, String> {
    model(graph, &perceive(graph)?, &Options::default()).map_err(|refusal| refusal.to_string())
}

/// Nothing where both are equal.
pub fn unequal<T: PartialEq + std::fmt::Debug>(
    ours: T,
    theirs: T,
) -> Result<Option<String>, String> {
    Ok((ours != theirs).then(|| format!("{ours:?} where {theirs:?} is golden")))
}

fn places_of(marks: &[bool]) -> Vec<usize> {
    (0..marks.len()).filter(|&place| marks[place]).collect()
}

fn aromaticity(golden: &Golden, graph: &Graph) -> Result<Option<String>, String> {
    let ours = perceive(graph)?.aromaticity;
    let bonds = golden
        .perceived
        .bonds
        .iter()
        .map(|bond| bond.2 == 1.5)
        .collect();
    let mut atoms = golden.perceived.aromatic.clone();
    atoms.sort_unstable();
    unequal((places_of(&ours.atoms), ours.bonds), (atoms, bonds))
}

fn conjugation(golden: &Golden, graph: &Graph) -> Result<Option<String>, String> {
    unequal(
        places_of(&perceive(graph)?.conjugated),
        golden.perceived.conj.clone(),
    )
}

fn hybridisation(golden: &Golden, graph: &Graph) -> Result<Option<String>, String> {
    let perception = perceive(graph)?;
    let ours = perception
        .hybridisation
        .iter()
        .map(|hybridisation| match hybridisation {
            Hybridisation::Sp => 1,
            Hybridisation::Sp2 => 2,
            Hybridisation::Sp3 => 3,
            _ => 0,
        });
    unequal(ours.collect(), golden.perceived.hyb.clone())
}

fn rings(golden: &Golden, graph: &Graph) -> Result<Option<String>, String> {
    let sets = |rings: Vec<Vec<u32>>| -> BTreeSet<BTreeSet<u32>> {
        rings
            .into_iter()
            .map(|ring| ring.into_iter().collect())
            .collect()
    };
    let ours = perceive(graph)?
        .rings
        .rings
        .into_iter()
        .map(|ring| ring.atoms)
        .collect();
    unequal(sets(ours), sets(golden.perceived.rings.clone()))
}

fn classes(golden: &Golden, graph: &Graph) -> Result<Option<String>, String> {
    let ours = symmetry_classes(graph, &perceive(graph)?);
    let first = |index: usize| ours.iter().position(|class| *class == ours[index]);
    let theirs = &golden.perceived.canon_rank_ties;
    let their_first = |index: usize| theirs.iter().position(|class| *class == theirs[index]);
    let atoms = 0..theirs.len();
    let split: Vec<usize> = atoms
        .filter(|&atom| first(atom) != their_first(atom))
        .collect();
    unequal(split, Vec::new())
}

fn gasteiger(golden: &Golden, graph: &Graph) -> Result<Option<String>, String> {
    let ours = charges::charges(graph, &perceive(graph)?).map_err(|refusal| refusal.to_string())?;
    let pairs = ours.iter().zip(&golden.gasteiger_rdkit);
    let worst = pairs.fold(0.0, |worst: f64, (a, b)| worst.max((a - b).abs()));
    Ok((worst > CHARGE_ROUNDING).then(|| format!("charges differ by {worst}")))
}

fn types(golden: &Golden, graph: &Graph) -> Result<Option<String>, String> {
    let model = decide(graph)?;
    let ours: Vec<_> = model
        .types
        .iter()
        .map(|kind| kind.map(str::to_owned))
        .collect();
    unequal(ours, golden.meeko.types.clone())
}

fn merged_charges(golden: &Golden, graph: &Graph) -> Result<Option<String>, String> {
    let ours = decide(graph)?.charges;
    let pairs = ours.iter().zip(&golden.meeko.q);
    let worst = pairs.fold(0.0, |worst: f64, (a, b)| {
        worst.max((a - b.unwrap_or(0.0)).abs())
    });
    Ok((worst > MERGED_CHARGE_ROUNDING).then(|| format!("charges differ by {worst}")))
}

fn torsdof(golden: &Golden, graph: &Graph) -> Result<Option<String>, String> {
    unequal(decide(graph)?.torsions.torsdof, golden.meeko.torsdof)
}

fn rotatable(golden: &Golden, graph: &Graph) -> Result<Option<String>, String> {
    let tree = decide(graph)?.torsions.tree;
    let axes = tree
        .axes()
        .into_iter()
        .map(|axis| axis.map(|atom| atom as usize));
    let ours: BTreeSet<[usize; 2]> = axes.map(|[a, b]| [a.min(b), a.max(b)]).collect();
    unequal(
        ours,
        golden
            .meeko
            .rot
            .iter()
            .map(|&[a, b]| [a.min(b), a.max(b)])
            .collect(),
    )
}

fn root(golden: &Golden, graph: &Graph) -> Result<Option<String>, String> {
    let tree = decide(graph)?.torsions.tree;
    let atoms = tree.groups[tree.root].atoms.iter();
    let ours: BTreeSet<usize> = atoms.map(|&atom| atom as usize).collect();
    unequal(ours, golden.meeko.root.iter().copied().collect())
}

//! How prepared ligands agree with the golden ones, subject by subject.

use super::golden::Golden;
use libtest_mimic::Failed;
use std::collections::BTreeSet;
use trimaran::molecule::graph::Graph;
use trimaran::molecule::perception::{Hybridisation, Perception, symmetry_classes};
use trimaran::molecule::preparation::{Model, Options, charges, model, prepare};

/// Charges are golden with four decimals before merging and three after it.
const CHARGE_ROUNDING: f64 = 0.0001;
const MERGED_CHARGE_ROUNDING: f64 = 0.0015;

/// Something that is compared: nothing where a molecule agrees, else what differs.
pub struct Subject {
    pub name: &'static str,
    differs: fn(&Golden, &Graph) -> Result<Option<String>, String>,
}

/// All subjects.
pub const SUBJECTS: &[Subject] = &[
    Subject {
        name: "aromaticity",
        differs: aromaticity,
    },
    Subject {
        name: "conjugation",
        differs: conjugation,
    },
    Subject {
        name: "hybridisation",
        differs: hybridisation,
    },
    Subject {
        name: "rings",
        differs: rings,
    },
    Subject {
        name: "symmetry_classes",
        differs: classes,
    },
    Subject {
        name: "gasteiger_charges",
        differs: gasteiger,
    },
    Subject {
        name: "types",
        differs: types,
    },
    Subject {
        name: "merged_charges",
        differs: merged_charges,
    },
    Subject {
        name: "torsdof",
        differs: torsdof,
    },
    Subject {
        name: "rotatable_bonds",
        differs: rotatable,
    },
    Subject {
        name: "root",
        differs: root,
    },
    Subject {
        name: "records",
        differs: records,
    },
];

/// Fails with the name of every molecule that differs where fewer than `bar` of them agree.
pub fn compare(molecules: &[Golden], subject: &Subject, bar: f64) -> Result<(), Failed> {
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
    match agreeing as f64 >= bar * molecules.len() as f64 {
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
    model(graph, &Options::default()).map_err(|refusal| refusal.to_string())
}

/// Nothing where both are equal.
fn unequal<T: PartialEq + std::fmt::Debug>(ours: T, theirs: T) -> Result<Option<String>, String> {
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
    unequal(decide(graph)?.tree.torsions(), golden.meeko.torsdof)
}

fn rotatable(golden: &Golden, graph: &Graph) -> Result<Option<String>, String> {
    let tree = decide(graph)?.tree;
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
    let tree = decide(graph)?.tree;
    let atoms = tree.groups[tree.root].atoms.iter();
    let ours: BTreeSet<usize> = atoms.map(|&atom| atom as usize).collect();
    unequal(ours, golden.meeko.root.iter().copied().collect())
}

/// Compares the text line by line, but for remarks; where Meeko broke a ring there is nothing to compare with.
fn records(golden: &Golden, graph: &Graph) -> Result<Option<String>, String> {
    let prepared = prepare(graph, &Options::default()).map_err(|refusal| refusal.to_string())?;
    let lines = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| !line.starts_with("REMARK"));
        // A charge that is zero but for rounding has either sign.
        lines
            .map(|line| line.replace("-0.000 ", "+0.000 "))
            .collect()
    };
    if golden.text.contains(" G0") {
        return Ok(None);
    }
    let (ours, theirs) = (lines(&prepared.text), lines(&golden.text));
    let at = ours.iter().zip(&theirs).position(|(a, b)| a != b);
    match at {
        Some(at) => unequal(&ours[at], &theirs[at]),
        None => unequal(
            &format!("{} lines", ours.len()),
            &format!("{} lines", theirs.len()),
        ),
    }
}

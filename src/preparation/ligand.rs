//! From the text of one record to a prepared ligand, or to the reason why there is none.

use super::stages::{Stage, Stages, Watch};
use crate::Error;
use crate::archive::{Format, Text};
use crate::formats::{mol2, pdbqt, sdf, smiles};
use crate::molecule::graph::{Coordinates, Graph, add_hydrogens};
use crate::molecule::perception::Perception;
use crate::molecule::preparation::{self, Step};
use crate::molecule::refusal::Refusal;

/// When hydrogens that a record implies are added to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hydrogens {
    /// Where it lists none at all.
    #[default]
    Missing,
    /// Wherever some are missing.
    Always,
    /// Nowhere: what lacks hydrogens is refused.
    Never,
}

/// How ligands are prepared.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// When hydrogens are added.
    pub hydrogens: Hydrogens,
    /// What the molecule's own preparation asks.
    pub molecule: preparation::Options,
}

/// A ligand as docking takes it.
#[derive(Clone, Debug, PartialEq)]
pub struct PreparedLigand {
    /// Title of the record, on one line; empty where it has none.
    pub name: String,
    /// PDBQT text.
    pub text: String,
    /// Number of its atoms.
    pub atoms: usize,
    /// Number of its rotatable bonds.
    pub torsions: usize,
    /// What was done that the record did not ask for.
    pub notes: Vec<String>,
}

/// Why there is no ligand.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}{what}", at_line(*line))]
pub struct Refused {
    /// Line of the member, from 1; 0 where no single line is to blame.
    pub line: usize,
    /// What is wrong and what to do.
    pub what: String,
}

fn at_line(line: usize) -> String {
    match line {
        0 => String::new(),
        line => format!("line {line}: "),
    }
}

impl Refused {
    fn molecule(what: impl Into<String>) -> Refused {
        Refused {
            line: 0,
            what: what.into(),
        }
    }

    /// A reader's error, with the line counted in the member instead of the record.
    fn reading(error: Error, text: &Text) -> Refused {
        match error {
            Error::Parse { line: 0, what, .. } => Refused::molecule(what),
            Error::Parse { line, what, .. } => Refused {
                line: line + text.first_line - 1,
                what,
            },
            other => Refused::molecule(other.to_string()),
        }
    }

    /// The same as the error of a member.
    pub fn at(self, member: &str) -> Error {
        Error::Parse {
            file: member.to_string(),
            line: self.line,
            what: self.what,
        }
    }
}

/// Titles longer than this are cut: a table wants names.
const LONGEST_NAME: usize = 200;

/// Prepares one record. PDBQT is checked and carried over as it is.
///
/// # Errors
/// The reason in words, with the line of the member where one is to blame.
pub fn prepare_record(text: &Text, options: &Options) -> Result<PreparedLigand, Refused> {
    prepare_watched(text, options, &mut Stages::default().watch())
}

/// The same, its stages watched.
pub(super) fn prepare_watched(
    text: &Text,
    options: &Options,
    watch: &mut Watch,
) -> Result<PreparedLigand, Refused> {
    let content = &text.content;
    let read = match text.format {
        Format::Pdbqt => return carry_over(text),
        Format::Sdf => sdf::read(content, ""),
        Format::Mol2 => mol2::read(content, ""),
        Format::Smiles => smiles::read(content, ""),
    };
    watch.ends(Stage::Parsing);
    let graph = read.map_err(|error| Refused::reading(error, text))?;
    prepare_graph(graph, options, watch).map_err(Refused::molecule)
}

fn prepare_graph(
    mut graph: Graph,
    options: &Options,
    watch: &mut Watch,
) -> Result<PreparedLigand, String> {
    if graph.coordinates != Coordinates::Space {
        return Err(without_conformer(graph));
    }
    let mut notes = Vec::new();
    if wants_hydrogens(&graph, options.hydrogens)? {
        notes.push(format!("{} hydrogens added", add_hydrogens(&mut graph)));
    }
    let mut done = |step| {
        watch.ends(match step {
            Step::Perceived => Stage::Perception,
            Step::Decided => Stage::Typing,
            Step::Written => Stage::Writing,
        })
    };
    let prepared = preparation::prepare_in_steps(&graph, &options.molecule, &mut done);
    let prepared = prepared.map_err(|refusal| match refusal {
        Refusal::Fragments(count) => format!(
            "{count} separate molecules, as in a salt or hydrate: `--largest-fragment` takes the largest of them"
        ),
        other => other.to_string(),
    })?;
    let name = name_of(&graph.name);
    let remark = match name.is_empty() {
        true => String::new(),
        false => format!("REMARK  Name = {name}\n"),
    };
    notes.extend(prepared.notes);
    Ok(PreparedLigand {
        text: remark + &prepared.text,
        name,
        atoms: prepared.atoms,
        torsions: prepared.torsions,
        notes,
    })
}

/// Why a record without positions in space ends here: perceived, so that nonsense is told from what lacks positions alone.
///
/// This is the place of conformers, behind perception and before types: [`super::block`] holds the records of a block
/// together, which a device would make positions for at once.
fn without_conformer(mut graph: Graph) -> String {
    add_hydrogens(&mut graph);
    match (Perception::of(&graph), graph.coordinates) {
        (Err(refusal), _) => refusal.to_string(),
        (Ok(_), Coordinates::Drawing) => DRAWING.into(),
        (Ok(_), _) => NO_COORDINATES.into(),
    }
}

const NO_COORDINATES: &str =
    "the record has no coordinates: make a conformer in three dimensions first, with hydrogens";
const DRAWING: &str = "the coordinates are a drawing in two dimensions: \
                       make a conformer in three dimensions first, with hydrogens";

/// Whether to add hydrogens; refuses a record that lists some and lacks others, unless told to complete it.
fn wants_hydrogens(graph: &Graph, when: Hydrogens) -> Result<bool, String> {
    let mut atoms = graph.atoms.iter();
    let Some(first) = atoms.position(|atom| atom.implicit_hydrogens > 0) else {
        return Ok(false);
    };
    let atom = &graph.atoms[first];
    let what = format!(
        "atom {} ({}) lacks {} of its hydrogens",
        first + 1,
        atom.element.symbol(),
        atom.implicit_hydrogens
    );
    match when {
        Hydrogens::Always => Ok(true),
        Hydrogens::Missing if !graph.lists_hydrogens() => Ok(true),
        Hydrogens::Missing => Err(format!(
            "{what}, while others are there: complete the record, or let `--add-hydrogens always` do it"
        )),
        Hydrogens::Never => Err(format!(
            "{what}: complete the record, or leave out `--add-hydrogens never`"
        )),
    }
}

fn carry_over(text: &Text) -> Result<PreparedLigand, Refused> {
    let ligands = pdbqt::read_ligands(&text.content, "");
    let ligands = ligands.map_err(|error| Refused::reading(error, text))?;
    let [ligand] = ligands.as_slice() else {
        return Err(Refused::molecule(
            "holds several ligands without MODEL records",
        ));
    };
    Ok(PreparedLigand {
        name: name_of(&ligand.name),
        text: text.content.clone(),
        atoms: ligand.atoms.len(),
        torsions: ligand.torsions.torsions(),
        notes: Vec::new(),
    })
}

/// A title on one line of a table.
fn name_of(title: &str) -> String {
    let title = title.replace(char::is_control, " ");
    title.trim().chars().take(LONGEST_NAME).collect()
}

#[cfg(test)]
#[path = "ligand_tests.rs"]
mod tests;

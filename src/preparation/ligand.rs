//! From the text of one record to a prepared ligand, or to the reason why there is none.

use crate::Error;
use crate::archive::{Format, Text};
use crate::formats::{mol2, pdbqt, sdf, smiles};
use crate::molecule::graph::{Coordinates, Graph, add_hydrogens, largest_fragment};
use crate::molecule::preparation;

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
    /// Of a salt or hydrate, keep the largest molecule.
    pub largest_fragment: bool,
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

/// Titles longer than this are cut: a table wants names.
const LONGEST_NAME: usize = 200;

/// Prepares one record. PDBQT is checked and carried over as it is.
///
/// # Errors
/// The reason in words, with the line of the member where one is to blame.
pub fn prepare_record(text: &Text, options: &Options) -> Result<PreparedLigand, String> {
    let content = &text.content;
    let read = match text.format {
        Format::Pdbqt => return carry_over(text),
        Format::Sdf => sdf::read(content, ""),
        Format::Mol2 => mol2::read(content, ""),
        Format::Smiles => smiles::read(content, ""),
    };
    prepare_graph(read.map_err(|error| located(error, text))?, options)
}

fn prepare_graph(mut graph: Graph, options: &Options) -> Result<PreparedLigand, String> {
    let mut notes = Vec::new();
    if options.largest_fragment {
        match largest_fragment(&mut graph) {
            0 => {}
            left => notes.push(format!("{left} smaller molecules left out")),
        }
    }
    match graph.coordinates {
        Coordinates::Space => {}
        Coordinates::Absent => return Err(NO_COORDINATES.into()),
        Coordinates::Drawing => return Err(DRAWING.into()),
    }
    if wants_hydrogens(&graph, options.hydrogens)? {
        notes.push(format!("{} hydrogens added", add_hydrogens(&mut graph)));
    }
    let prepared = preparation::prepare(&graph, &options.molecule).map_err(|refusal| refusal.to_string())?;
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

const NO_COORDINATES: &str = "the record has no coordinates: make a conformer in three dimensions first, with hydrogens";
const DRAWING: &str = "the coordinates are a drawing in two dimensions: make a conformer in three dimensions first, with hydrogens";

/// Whether to add hydrogens; refuses a record that lists some and lacks others, unless told to complete it.
fn wants_hydrogens(graph: &Graph, when: Hydrogens) -> Result<bool, String> {
    let lacking = graph.atoms.iter().position(|atom| atom.implicit_hydrogens > 0);
    let Some(first) = lacking else {
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

fn carry_over(text: &Text) -> Result<PreparedLigand, String> {
    let ligands = pdbqt::read_ligands(&text.content, "").map_err(|error| located(error, text))?;
    let [ligand] = ligands.as_slice() else {
        return Err("holds several ligands without MODEL records".into());
    };
    Ok(PreparedLigand {
        name: name_of(&ligand.name),
        text: text.content.clone(),
        atoms: ligand.atoms.len(),
        torsions: ligand.torsions.torsions(),
        notes: Vec::new(),
    })
}

/// What is wrong, with the line counted in the member instead of the record.
fn located(error: Error, text: &Text) -> String {
    match error {
        Error::Parse { line: 0, what, .. } => what,
        Error::Parse { line, what, .. } => format!("line {}: {what}", line + text.first_line - 1),
        other => other.to_string(),
    }
}

/// A title on one line of a table.
fn name_of(title: &str) -> String {
    let title = title.replace(char::is_control, " ");
    title.trim().chars().take(LONGEST_NAME).collect()
}

#[cfg(test)]
#[path = "ligand_tests.rs"]
mod tests;

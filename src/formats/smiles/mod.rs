//! SMILES: one line to a molecule.
//!
//! Source: OpenSMILES specification 1.0 (2016). Double bond directions (`/`, `\`) are read as single bonds, for
//! [`crate::molecule::graph`] has no place for them. RDKit's `->` and `<-` are dative bonds.

mod atom;
mod bond;
mod chain;
mod chirality;
mod cursor;
mod hydrogens;
mod ring_closures;

use super::lines::Lines;
use crate::molecule::graph::{
    Flaw, Graph, Order, Unsaid, check_valences, kekulize, ring_bonds, separate_charges,
};
use crate::{Error, Result};
use chain::Chain;

/// Reads the first line of `text`: a SMILES, then its name. Aromatic bonds get Kekulé orders; hydrogens are
/// implied ones but for `[H]`.
///
/// # Errors
/// [`crate::Error::Parse`] with the line and the column: characters that belong to no SMILES, rings and branches that do not
/// close, aromatic rings without a Kekulé form, more bonds than an element can have.
pub fn read(text: &str, file: &str) -> Result<Graph> {
    let mut lines = Lines::new(text, file);
    let line = lines.next().unwrap_or("");
    let indent = line.len() - line.trim_start().len();
    let smiles = line.split_whitespace().next().unwrap_or("");
    let fault = |fault: Fault| -> Error {
        let column = indent + fault.at + 1;
        lines.wrong_at(
            lines.number().max(1),
            format!("column {column}: {}", fault.what),
        )
    };
    if smiles.is_empty() {
        return Err(lines.wrong_at(1, "the line is empty: expected a SMILES and a name"));
    }
    let mut graph = parse(smiles).map_err(fault)?;
    graph.name = name(line.trim_start()[smiles.len()..].trim()).to_string();
    Ok(graph)
}

/// What is wrong in a SMILES, and at which byte of it.
struct Fault {
    at: usize,
    what: String,
}

fn parse(smiles: &str) -> std::result::Result<Graph, Fault> {
    let chain = Chain::read(smiles)?;
    let at = |places: &[usize], flaw: Flaw| Fault {
        at: places[flaw.atom],
        what: flaw.what,
    };
    let (mut graph, places) = chain.finish()?;
    graph.check_size().map_err(|flaw| at(&places, flaw))?;
    let in_ring = ring_bonds(&graph);
    for (bond, in_ring) in graph.bonds.iter_mut().zip(in_ring) {
        // Between aromatic atoms a bond may be left out; it is aromatic only where it closes a ring.
        if bond.order == Order::Aromatic && !in_ring {
            bond.order = Order::Single;
        }
    }
    kekulize(&mut graph, Unsaid::Nothing).map_err(|flaw| at(&places, flaw))?;
    separate_charges(&mut graph);
    check_valences(&graph).map_err(|flaw| at(&places, flaw))?;
    Ok(graph)
}

/// The name behind a SMILES, without the `|...|` of extended SMILES.
fn name(rest: &str) -> &str {
    let extension = rest.strip_prefix('|').and_then(|rest| rest.split_once('|'));
    extension.map_or(rest, |(_, name)| name.trim())
}

#[cfg(test)]
mod tests;

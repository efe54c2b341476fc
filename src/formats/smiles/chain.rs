//! The chain of a SMILES: atoms one behind the other, with branches, ring closures and dots.

use super::Fault;
use super::atom::{self, Written};
use super::bond::Symbol;
use super::chirality::{self, Neighbour};
use super::cursor::Cursor;
use super::hydrogens;
use super::ring_closures::{Open, RingClosures};
use crate::molecule::graph::Graph;

/// A SMILES while it is read.
#[derive(Default)]
pub(super) struct Chain {
    graph: Graph,
    /// Where each atom stands.
    places: Vec<usize>,
    aromatic: Vec<bool>,
    bracket: Vec<bool>,
    /// Neighbours of each atom as they are written.
    written: Vec<Vec<Neighbour>>,
    rings: RingClosures,
    /// The atom that the next one is bonded to.
    last: Option<usize>,
    /// The bond written in front of what comes next, and where.
    bond: Option<(Symbol, usize)>,
    /// The atoms that open branches return to, and where these began.
    branches: Vec<(Option<usize>, usize)>,
}

impl Chain {
    /// Reads all of it.
    pub(super) fn read(smiles: &str) -> Result<Chain, Fault> {
        let mut cursor = Cursor::new(smiles);
        let mut chain = Chain::default();
        while cursor.peek() != 0 {
            chain.step(&mut cursor)?;
        }
        match (chain.bond, chain.branches.last()) {
            (Some((_, at)), _) => Err(Fault {
                at,
                what: "a bond leads to no atom".into(),
            }),
            (_, Some((_, at))) => Err(Fault {
                at: *at,
                what: "a branch is opened and never closed".into(),
            }),
            _ if chain.graph.atoms.is_empty() => Err(cursor.fault("there is no atom")),
            _ => Ok(chain),
        }
    }

    fn step(&mut self, cursor: &mut Cursor) -> Result<(), Fault> {
        let at = cursor.at();
        if let Some(written) = atom::read(cursor)? {
            self.atom(written, at);
            return Ok(());
        }
        if let Some(number) = RingClosures::number(cursor)? {
            return self.ring(number, at);
        }
        if let Some(symbol) = Symbol::read(cursor) {
            return match self.bond.replace((symbol, at)) {
                None => Ok(()),
                Some(_) => Err(Fault {
                    at,
                    what: "two bonds follow each other".into(),
                }),
            };
        }
        self.punctuation(cursor)
    }

    fn punctuation(&mut self, cursor: &mut Cursor) -> Result<(), Fault> {
        let at = cursor.at();
        if cursor.take(b'(') {
            if self.last.is_none() {
                return Err(cursor.fault("a branch begins before any atom"));
            }
            self.branches.push((self.last, at));
        } else if cursor.take(b')') {
            let fault = || Fault {
                at,
                what: "`)` closes a branch that was not opened".into(),
            };
            self.last = self.branches.pop().ok_or_else(fault)?.0;
        } else if cursor.take(b'.') {
            self.last = None;
        } else if cursor.peek() == b'>' {
            return Err(cursor.fault("`>` belongs to a reaction, not to a molecule"));
        } else {
            let what = format!("{} belongs to no SMILES", cursor.shown());
            return Err(cursor.fault(what));
        }
        match self.bond {
            Some((_, at)) => Err(Fault {
                at,
                what: "a bond leads to no atom".into(),
            }),
            None => Ok(()),
        }
    }

    fn atom(&mut self, written: Written, at: usize) {
        let index = self.graph.atoms.len();
        let mut neighbours = Vec::new();
        let symbol = self.bond.take().map(|(symbol, _)| symbol);
        let hydrogens = written.atom.implicit_hydrogens;
        self.graph.atoms.push(written.atom);
        self.places.push(at);
        self.aromatic.push(written.aromatic);
        self.bracket.push(written.bracket);
        if let Some(last) = self.last {
            self.written[last].push(Neighbour::Atom(index));
            neighbours.push(Neighbour::Atom(last));
            let symbol = symbol.unwrap_or(self.unwritten(last, index));
            self.graph.bonds.push(symbol.bond(last, index));
        }
        if hydrogens > 0 {
            neighbours.push(Neighbour::Hydrogen);
        }
        self.written.push(neighbours);
        self.last = Some(index);
    }

    fn ring(&mut self, number: u16, at: usize) -> Result<(), Fault> {
        let fault = |what: &str| Fault {
            at,
            what: format!("ring closure {number} {what}"),
        };
        let Some(atom) = self.last else {
            return Err(fault("stands behind no atom"));
        };
        let symbol = self.bond.take().map(|(symbol, _)| symbol);
        let place = self.written[atom].len();
        match self.rings.meet(number, atom, place, symbol, at) {
            Some(open) => self.close(&open, atom, symbol).map_err(fault),
            None => {
                self.written[atom].push(Neighbour::Open);
                Ok(())
            }
        }
    }

    /// Bonds `atom` to the place where the ring was opened.
    fn close(
        &mut self,
        open: &Open,
        atom: usize,
        symbol: Option<Symbol>,
    ) -> Result<(), &'static str> {
        let symbol = symbol.map(Symbol::turned);
        if open.atom == atom || self.written[atom].contains(&Neighbour::Atom(open.atom)) {
            return Err("joins atoms that are the same or bonded already");
        }
        if matches!((open.symbol, symbol), (Some(a), Some(b)) if a != b) {
            return Err("has different bonds at its two ends");
        }
        let written = open.symbol.or(symbol);
        let symbol = written.unwrap_or(self.unwritten(open.atom, atom));
        self.written[open.atom][open.place] = Neighbour::Atom(atom);
        self.written[atom].push(Neighbour::Atom(open.atom));
        self.graph.bonds.push(symbol.bond(open.atom, atom));
        Ok(())
    }

    /// The bond between two atoms where none is written.
    fn unwritten(&self, a: usize, b: usize) -> Symbol {
        Symbol::unwritten(self.aromatic[a] && self.aromatic[b])
    }

    /// The molecule with its implied hydrogens, and where each atom stands.
    pub(super) fn finish(mut self) -> Result<(Graph, Vec<usize>), Fault> {
        std::mem::take(&mut self.rings).finish()?;
        hydrogens::imply(&mut self.graph, &self.aromatic, &self.bracket);
        chirality::settle(&mut self.graph, &self.written);
        Ok((self.graph, self.places))
    }
}

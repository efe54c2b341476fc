//! What a pattern asks of an atom.

use super::Pattern;
use super::PatternError;
use super::cursor::Cursor;
use super::search::Ground;
use crate::molecule::graph::{Element, Graph};
use crate::molecule::perception::Perception;

/// A question about an atom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum AtomTest {
    Any,
    Element(Element),
    Aromatic(bool),
    /// Neighbours, hydrogens among them.
    Degree(u32),
    Hydrogens(u32),
    Valence(u32),
    Charge(i32),
    /// Rings it is in; `None` for any number but none.
    Rings(Option<u32>),
    RingSize(u32),
    /// It begins this pattern.
    Begins(Box<Pattern>),
    Not(Box<AtomTest>),
    All(Vec<AtomTest>),
    OneOf(Vec<AtomTest>),
}

impl AtomTest {
    pub(super) fn holds(&self, atom: usize, ground: &Ground) -> bool {
        let (graph, perception) = (ground.graph, ground.perception);
        let shell = perception.drawing.shells[atom];
        match self {
            AtomTest::Any => true,
            AtomTest::Element(element) => graph.atoms[atom].element == *element,
            AtomTest::Aromatic(aromatic) => perception.aromaticity.atoms[atom] == *aromatic,
            AtomTest::Degree(degree) => shell.degree.unsigned_abs() == *degree,
            AtomTest::Hydrogens(count) => hydrogens(atom, graph, perception) == *count,
            AtomTest::Valence(valence) => shell.valence.unsigned_abs() == *valence,
            AtomTest::Charge(charge) => shell.charge == *charge,
            AtomTest::Rings(None) => perception.rings.rings_of_atom[atom] > 0,
            AtomTest::Rings(Some(count)) => perception.rings.rings_of_atom[atom] == *count,
            AtomTest::RingSize(size) => smallest_ring(atom, perception) == Some(*size as usize),
            AtomTest::Begins(pattern) => pattern.begins_at(atom, ground),
            AtomTest::Not(test) => !test.holds(atom, ground),
            AtomTest::All(tests) => tests.iter().all(|test| test.holds(atom, ground)),
            AtomTest::OneOf(tests) => tests.iter().any(|test| test.holds(atom, ground)),
        }
    }

    /// Reads what stands between brackets, up to the closing one: `;` binds weakest, then `,`, then `&` or nothing.
    pub(super) fn read(cursor: &mut Cursor, depth: usize) -> Result<AtomTest, PatternError> {
        let mut all = Vec::new();
        loop {
            let mut one_of = Vec::new();
            loop {
                one_of.push(AtomTest::read_together(cursor, depth)?);
                if !cursor.take(",") {
                    break;
                }
            }
            all.push(single_or(one_of, AtomTest::OneOf));
            if !cursor.take(";") {
                break;
            }
        }
        Ok(single_or(all, AtomTest::All))
    }

    fn read_together(cursor: &mut Cursor, depth: usize) -> Result<AtomTest, PatternError> {
        let first = cursor.at;
        let mut tests = Vec::new();
        while !matches!(cursor.peek(), None | Some(b',' | b';' | b']' | b':')) {
            let mut negated = false;
            while cursor.take("!") {
                negated = !negated;
            }
            let test = read_primitive(cursor, cursor.at == first, depth)?;
            tests.push(match negated {
                true => AtomTest::Not(Box::new(test)),
                false => test,
            });
            cursor.take("&");
        }
        match tests.is_empty() {
            true => cursor.error("an atom is expected"),
            false => Ok(single_or(tests, AtomTest::All)),
        }
    }
}

/// The one test, or what is made of several.
fn single_or(mut tests: Vec<AtomTest>, many: fn(Vec<AtomTest>) -> AtomTest) -> AtomTest {
    match tests.pop() {
        Some(only) if tests.is_empty() => only,
        last => {
            tests.extend(last);
            many(tests)
        }
    }
}

fn read_primitive(
    cursor: &mut Cursor,
    first: bool,
    depth: usize,
) -> Result<AtomTest, PatternError> {
    if cursor.take("$(") {
        return Ok(AtomTest::Begins(Box::new(Pattern::read_nested(
            cursor,
            depth + 1,
        )?)));
    }
    // A hydrogen by itself is an atom; after anything else it counts hydrogens.
    let alone = first
        && matches!(
            cursor.text.as_bytes().get(cursor.at + 1),
            Some(b']' | b'+' | b'-')
        );
    if alone && cursor.take("H") {
        return Ok(AtomTest::Element(Element::H));
    }
    if let Some(test) = read_symbol(cursor) {
        return Ok(test);
    }
    let Some(letter) = cursor.peek() else {
        return cursor.error("the bracket is not closed");
    };
    cursor.at += 1;
    Ok(match letter {
        b'*' => AtomTest::Any,
        b'a' => AtomTest::Aromatic(true),
        b'A' => AtomTest::Aromatic(false),
        b'D' | b'X' => AtomTest::Degree(cursor.number().unwrap_or(1)),
        b'H' => AtomTest::Hydrogens(cursor.number().unwrap_or(1)),
        b'v' => AtomTest::Valence(cursor.number().unwrap_or(1)),
        b'R' => AtomTest::Rings(cursor.number()),
        b'r' => cursor
            .number()
            .map_or(AtomTest::Rings(None), AtomTest::RingSize),
        b'#' => {
            let number = cursor.number().and_then(|number| u8::try_from(number).ok());
            match number.and_then(Element::from_number) {
                Some(element) => AtomTest::Element(element),
                None => return cursor.error("`#` wants an atomic number"),
            }
        }
        b'+' | b'-' => AtomTest::Charge(read_charge(cursor, letter)),
        _ => {
            cursor.at -= 1;
            return cursor.error("this is no element or property of an atom that is understood");
        }
    })
}

/// The sign was passed: a number follows, or more signs.
fn read_charge(cursor: &mut Cursor, sign: u8) -> i32 {
    let mut count = 1;
    match cursor.number() {
        Some(number) => count = i32::try_from(number).unwrap_or(i32::MAX),
        None => {
            while cursor.peek() == Some(sign) {
                cursor.at += 1;
                count += 1;
            }
        }
    }
    if sign == b'+' { count } else { -count }
}

/// An element by its symbol: in lower case if it is to be aromatic.
pub(super) fn read_symbol(cursor: &mut Cursor) -> Option<AtomTest> {
    const SYMBOLS: [&str; 18] = [
        "Cl", "Br", "Si", "Se", "Na", "Mg", "Ca", "Mn", "Fe", "Zn", "B", "C", "N", "O", "P", "S",
        "F", "I",
    ];
    const AROMATIC: [&str; 7] = ["se", "b", "c", "n", "o", "p", "s"];
    for (symbols, aromatic) in [(&SYMBOLS[..], false), (&AROMATIC[..], true)] {
        for symbol in symbols {
            if cursor.take(symbol) {
                let element = AtomTest::Element(Element::from_symbol(symbol)?);
                return Some(AtomTest::All(vec![element, AtomTest::Aromatic(aromatic)]));
            }
        }
    }
    None
}

fn hydrogens(atom: usize, graph: &Graph, perception: &Perception) -> u32 {
    let links = perception.connections.around(atom).iter();
    let bonded = links.filter(|link| graph.atoms[link.atom as usize].element == Element::H);
    bonded.count() as u32 + u32::from(graph.atoms[atom].implicit_hydrogens)
}

fn smallest_ring(atom: usize, perception: &Perception) -> Option<usize> {
    let rings = perception.rings.rings.iter();
    let around = rings.filter(|ring| ring.atoms.contains(&(atom as u32)));
    around.map(|ring| ring.atoms.len()).min()
}

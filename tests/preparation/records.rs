//! How the text of prepared ligands agrees with Meeko's, record by record, and with the molecules themselves.

use super::agreement::unequal;
use super::golden::Golden;
use glam::DVec3;
use trimaran::formats::{pdbqt, smiles};
use trimaran::molecule::graph::{Graph, Order};
use trimaran::molecule::preparation::{Options, prepare};

/// Compares the text line by line, but for remarks; where Meeko broke a ring there is nothing to compare with.
pub fn records(golden: &Golden, graph: &Graph) -> Result<Option<String>, String> {
    if golden.text.contains(" G0") {
        return Ok(None);
    }
    let drawn = as_golden(golden, graph);
    let prepared = prepare(&drawn, &Options::default()).map_err(|refusal| refusal.to_string())?;
    let lines = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| !line.starts_with("REMARK"));
        lines.map(str::to_owned).collect()
    };
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

/// The molecule with its charges and double bonds where RDKit drew them: of two equal oxygens it may charge the one
/// that the record does not, and the order of records follows from that.
fn as_golden(golden: &Golden, graph: &Graph) -> Graph {
    let mut drawn = graph.clone();
    for (index, atom) in drawn.atoms.iter_mut().enumerate() {
        atom.charge = golden.perceived.fc.get(&index).copied().unwrap_or(0);
    }
    for (bond, golden) in drawn.bonds.iter_mut().zip(&golden.perceived.bonds) {
        bond.order = match golden.2 {
            1.0 => Order::Single,
            2.0 => Order::Double,
            3.0 => Order::Triple,
            _ => bond.order,
        };
    }
    drawn
}

/// Reads the SMILES of the remarks back and follows their numbers to the records of the atoms.
pub fn remarks(_: &Golden, graph: &Graph) -> Result<Option<String>, String> {
    let prepared = prepare(graph, &Options::default()).map_err(|refusal| refusal.to_string())?;
    let text = &prepared.text;
    let mut smiles = text
        .lines()
        .filter_map(|line| line.strip_prefix("REMARK SMILES "));
    let read = smiles::read(smiles.next().unwrap_or_default(), "SMILES");
    let read = read.map_err(|error| error.to_string())?;
    let records: Vec<Record> = text.lines().filter_map(Record::read).collect();
    let mut seen = 0;
    for [own, serial] in pairs(text, "REMARK SMILES IDX") {
        let element = read.atoms[own - 1].element.symbol();
        if element != records[serial - 1].element {
            return Ok(Some(format!("serial {serial} is no {element}")));
        }
        seen += 1;
    }
    let heavy: Vec<[usize; 2]> = pairs(text, "REMARK SMILES IDX");
    for [own, serial] in pairs(text, "REMARK H PARENT") {
        let parent = heavy
            .iter()
            .find(|pair| pair[0] == own)
            .ok_or("a parent is missing")?;
        let place = |serial: usize| records[serial - 1].position;
        let distance = place(parent[1]).distance(place(serial));
        if records[serial - 1].element != "H" || distance > 1.6 {
            return Ok(Some(format!(
                "hydrogen {serial} is {distance} Angstrom from its parent"
            )));
        }
        seen += 1;
    }
    unequal(seen, records.len())
}

/// Draws the molecule again from its text alone and prepares that: types, charges and torsions must come back.
pub fn round_trip(_: &Golden, graph: &Graph) -> Result<Option<String>, String> {
    let first = prepare(graph, &Options::default()).map_err(|refusal| refusal.to_string())?;
    let ligands = pdbqt::read_ligands(&first.text, "text").map_err(|error| error.to_string())?;
    let places: Vec<DVec3> = ligands[0].atoms.iter().map(|atom| atom.position).collect();
    let drawn = pdbqt::drawn_pose(&ligands[0], &places).map_err(|error| error.to_string())?;
    let second = prepare(&drawn, &Options::default()).map_err(|refusal| refusal.to_string())?;
    let sorted = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| line.starts_with("ATOM"));
        let mut lines: Vec<String> = lines.map(|line| line[30..].to_owned()).collect();
        lines.sort_unstable();
        lines
    };
    let (before, after) = (sorted(&first.text), sorted(&second.text));
    let gone: Vec<&String> = before.iter().filter(|line| !after.contains(line)).collect();
    unequal((gone, first.torsions), (Vec::new(), second.torsions))
}

/// Element and place of an ATOM record.
struct Record {
    element: String,
    position: DVec3,
}

impl Record {
    fn read(line: &str) -> Option<Record> {
        let line = line.strip_prefix("ATOM")?;
        let number = |from: usize| line[from - 4..from + 4].trim().parse().unwrap_or(f64::NAN);
        Some(Record {
            element: line[8..12].trim().to_owned(),
            position: DVec3::new(number(30), number(38), number(46)),
        })
    }
}

/// Pairs of numbers in the lines that begin with these words.
fn pairs(text: &str, words: &str) -> Vec<[usize; 2]> {
    let mut pairs = Vec::new();
    for line in text.lines().filter_map(|line| line.strip_prefix(words)) {
        let numbers: Vec<usize> = line
            .split_whitespace()
            .filter_map(|n| n.parse().ok())
            .collect();
        pairs.extend(numbers.chunks_exact(2).map(|pair| [pair[0], pair[1]]));
    }
    pairs
}

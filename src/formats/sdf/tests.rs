//! Small records, right and wrong.

use super::*;
use crate::molecule::graph::{Coordinates, Element, Order};

const METHANOL: &str = "methanol\n  program 01010101013D\n\n  6  5  0  0  0  0  0  0  0  0999 V2000
    0.0000    0.0000    0.0000 C   0  0  0  0  0  0  0  0  0  0  0  0
    1.4000    0.0000    0.0000 O   0  0  0  0  0  0  0  0  0  0  0  0
   -0.3600    1.0300    0.0000 H   0  0
   -0.3600   -0.5100    0.8900 H   0  0
   -0.3600   -0.5100   -0.8900 H   0  0
    1.7200   -0.9000    0.0000 H   0  0
  1  2  1  0
  1  3  1  0
  1  4  1  0
  1  5  1  0
  2  6  1  0
M  END
>  <pKa>  (1)
15.5

> <NOTE>
two
lines

$$$$
";

/// A record with these atoms (symbol, columns behind it), bonds and property lines.
fn record(atoms: &[(&str, &str)], bonds: &[&str], properties: &str) -> String {
    let mut text = format!(
        "x\n\n\n{:3}{:3}  0  0  0  0  0  0  0  0999 V2000\n",
        atoms.len(),
        bonds.len()
    );
    for (number, (symbol, rest)) in atoms.iter().enumerate() {
        let x = 1.5 * number as f64;
        text += &format!("{x:10.4}{x:10.4}{:10.4} {symbol:3}{rest}\n", x * x);
    }
    bonds.iter().for_each(|bond| text += &format!("{bond}\n"));
    text + properties + "M  END\n"
}

fn reason(text: &str) -> String {
    read(text, "x.sdf").unwrap_err().to_string()
}

#[test]
fn a_record_is_read() {
    let graph = read(METHANOL, "m.sdf").unwrap();
    assert_eq!((graph.atoms.len(), graph.bonds.len()), (6, 5));
    assert_eq!(graph.name, "methanol");
    assert_eq!(graph.coordinates, Coordinates::Space);
    assert_eq!(graph.atoms[1].position.x, 1.4);
    assert!(graph.atoms.iter().all(|atom| atom.implicit_hydrogens == 0));
    let fields = [("pKa", "15.5"), ("NOTE", "two\nlines")];
    let fields = fields.map(|(name, value)| (name.to_string(), value.to_string()));
    assert_eq!(graph.properties, fields);
}

#[test]
fn line_ends_and_marks_do_not_matter() {
    let plain = read(METHANOL, "m.sdf").unwrap();
    for text in [
        METHANOL.replace('\n', "\r\n"),
        METHANOL.replace('\n', "\r"),
        format!("\u{feff}{METHANOL}"),
        METHANOL.trim_end().trim_end_matches("$$$$").to_string(),
    ] {
        assert_eq!(read(&text, "m.sdf").unwrap(), plain);
    }
}

#[test]
fn hydrogens_follow_from_valences() {
    let graph = read(&record(&[("C", ""), ("O", "")], &["  1  2  1"], ""), "x").unwrap();
    assert_eq!(graph.atoms[0].implicit_hydrogens, 3);
    assert_eq!(graph.atoms[1].implicit_hydrogens, 1);
    let said = read(&record(&[("C", " 0  0  0  0  0  3")], &[], ""), "x").unwrap();
    assert_eq!(said.atoms[0].implicit_hydrogens, 3);
}

#[test]
fn property_lines_replace_the_atom_block() {
    let old = record(&[("N", " 0  3"), ("O", " 0  5")], &["  1  2  1"], "");
    let old = read(&old, "x").unwrap();
    assert_eq!((old.atoms[0].charge, old.atoms[1].charge), (1, -1));
    let lines = "M  CHG  1   1   1\nM  ISO  1   2  18\nM  RAD  1   2   2\n";
    let new = record(&[("N", " 0  5"), ("O", " 0  5")], &["  1  2  1"], lines);
    let new = read(&new, "x").unwrap();
    assert_eq!((new.atoms[0].charge, new.atoms[1].charge), (1, 0));
    assert_eq!((new.atoms[1].isotope, new.atoms[1].radicals), (Some(18), 1));
}

#[test]
fn deuterium_is_hydrogen() {
    let graph = read(&record(&[("C", ""), ("D", "")], &["  1  2  1"], ""), "x").unwrap();
    assert_eq!(graph.atoms[1].element, Element::H);
    assert_eq!(graph.atoms[1].isotope, Some(2));
}

#[test]
fn aromatic_bonds_alternate() {
    let bonds = [
        "  1  2  4",
        "  2  3  4",
        "  3  4  4",
        "  4  5  4",
        "  5  1  4",
    ];
    let pyrrole = record(
        &[("N", ""), ("C", ""), ("C", ""), ("C", ""), ("C", "")],
        &bonds,
        "",
    );
    let graph = read(&pyrrole, "x").unwrap();
    let double = graph.bonds.iter().filter(|b| b.order == Order::Double);
    assert_eq!(double.count(), 2);
    assert_eq!(graph.atoms[0].implicit_hydrogens, 1);
}

#[test]
fn five_valent_nitro_is_separated() {
    let bonds = ["  1  2  2", "  1  3  2", "  1  4  1"];
    let text = record(&[("N", ""), ("O", ""), ("O", ""), ("C", "")], &bonds, "");
    let graph = read(&text, "x").unwrap();
    assert_eq!((graph.atoms[0].charge, graph.atoms[1].charge), (1, -1));
}

#[test]
fn errors_name_the_line_and_what_to_do() {
    let cut = METHANOL.lines().take(7).collect::<Vec<_>>().join("\n");
    assert_eq!(
        reason(&cut),
        "x.sdf, line 7: the counts line says 6 atoms, and the record ends after 3"
    );
    for (text, words) in [
        (
            METHANOL.replace("   -0.3600    1.0300", "       nan    1.0300"),
            "line 7: x coordinate `nan`",
        ),
        (
            METHANOL.replace("  6  5", " 11  5"),
            "line 11: x coordinate",
        ),
        (
            METHANOL.replace("  2  6  1", "  2 99  1"),
            "line 15: the bond names atom 99, the record has 6",
        ),
        (
            METHANOL.replace("  2  6  1", "  2  6  8"),
            "line 15: bond type 8 belongs to a query",
        ),
        (
            METHANOL.replace("0.0000 C ", "0.0000 Q "),
            "line 5: atom `Q` stands for any",
        ),
        (
            METHANOL.replace("0.0000 C ", "0.0000 Zz"),
            "line 5: `Zz` is no element",
        ),
        (
            METHANOL.replace("  2  6  1", "  1  6  1"),
            "line 5: C has bonds of order 5",
        ),
        (
            METHANOL.replace("M  END", "M  CHG  1  99   1"),
            "names atom 99 of 6",
        ),
        (
            "<html>\n<body>\n<p>\nnot found\n".to_string(),
            "line 4: the number of atoms `not`",
        ),
        ("\n\n\n".to_string(), "ends before its counts line"),
    ] {
        assert!(reason(&text).contains(words), "{}", reason(&text));
    }
}

#[test]
fn drawings_are_told_from_space() {
    let flat = METHANOL
        .replace("0.8900", "0.0000")
        .replace(" -0.0000", "  0.0000");
    assert_eq!(read(&flat, "x").unwrap().coordinates, Coordinates::Space);
    let drawn = read(&flat.replace("013D", "012D"), "x").unwrap();
    assert_eq!(drawn.coordinates, Coordinates::Drawing);
}

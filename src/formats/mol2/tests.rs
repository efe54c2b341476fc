//! Small records, right and wrong.

use super::*;
use crate::molecule::graph::Order;

/// A record of these atoms (SYBYL types) and bonds.
fn record(kinds: &[&str], bonds: &[(usize, usize, &str)]) -> String {
    let mut text = format!(
        "# made by hand\n@<TRIPOS>MOLECULE\nname of it\n{} {} 0 0 0\nSMALL\nNO_CHARGES\n\n@<TRIPOS>ATOM\n",
        kinds.len(),
        bonds.len()
    );
    for (n, kind) in kinds.iter().enumerate() {
        let x = 1.5 * n as f64;
        text += &format!(
            "{:7} X{n} {x:9.4} {:9.4} {:9.4} {kind} 1 LIG 0.0\n",
            n + 1,
            x * x,
            0.5 * x
        );
    }
    text += "@<TRIPOS>BOND\n";
    for (n, (a, b, kind)) in bonds.iter().enumerate() {
        text += &format!("{:6} {a:5} {b:5} {kind}\n", n + 1);
    }
    text
}

fn graph(kinds: &[&str], bonds: &[(usize, usize, &str)]) -> Graph {
    read(&record(kinds, bonds), "x.mol2").unwrap()
}

fn charges(graph: &Graph) -> Vec<i8> {
    graph.atoms.iter().map(|atom| atom.charge).collect()
}

#[test]
fn a_record_is_read() {
    let graph = graph(&["C.3", "O.3"], &[(1, 2, "1")]);
    assert_eq!(graph.name, "name of it");
    assert_eq!(graph.atoms[1].name, "X1");
    assert_eq!(graph.atoms[1].position.y, 2.25);
    assert_eq!(graph.bonds[0].order, Order::Single);
    assert_eq!(graph.atoms[0].implicit_hydrogens, 3);
}

#[test]
fn a_second_record_is_left_alone() {
    let text = record(&["C.3", "O.3"], &[(1, 2, "1")]) + &record(&["N.3"], &[]);
    assert_eq!(read(&text, "x").unwrap().atoms.len(), 2);
}

#[test]
fn names_with_a_space_do_no_harm() {
    let text = record(&["C.3", "O.3"], &[(1, 2, "1")]).replace("X1 ", "X 1 ");
    let graph = read(&text, "x").unwrap();
    assert_eq!(
        (graph.atoms[1].name.as_str(), graph.atoms[1].position.x),
        ("X 1", 1.5)
    );
}

#[test]
fn carboxylates_and_sulphonates_are_charged() {
    let acid = graph(
        &["C.2", "O.co2", "O.co2", "H"],
        &[(1, 2, "ar"), (1, 3, "ar"), (1, 4, "1")],
    );
    assert_eq!(charges(&acid), [0, -1, 0, 0]);
    assert_eq!(acid.bonds[1].order, Order::Double);
    let bonds = [(1, 2, "ar"), (1, 3, "ar"), (1, 4, "ar"), (1, 5, "1")];
    let acid = graph(&["S.o2", "O.co2", "O.co2", "O.co2", "C.3"], &bonds);
    assert_eq!(charges(&acid), [0, -1, 0, 0, 0]);
}

#[test]
fn ammonium_guanidinium_and_pyridinium_are_charged() {
    let bonds = [(1, 2, "1"), (1, 3, "1"), (1, 4, "1"), (1, 5, "1")];
    assert_eq!(
        charges(&graph(&["N.4", "H", "H", "H", "C.3"], &bonds))[0],
        1
    );
    let bonds = [
        (1, 2, "ar"),
        (1, 3, "ar"),
        (1, 4, "ar"),
        (2, 5, "1"),
        (2, 6, "1"),
        (3, 7, "1"),
        (3, 8, "1"),
        (4, 9, "1"),
        (4, 10, "1"),
    ];
    let kinds = [
        "C.cat", "N.pl3", "N.pl3", "N.pl3", "H", "H", "H", "H", "H", "H",
    ];
    assert_eq!(
        charges(&graph(&kinds, &bonds))
            .iter()
            .map(|c| i32::from(*c))
            .sum::<i32>(),
        1
    );
    let kinds = ["N.ar", "C.ar", "C.ar", "C.ar", "C.ar", "C.ar", "H"];
    let bonds = [
        (1, 2, "ar"),
        (2, 3, "ar"),
        (3, 4, "ar"),
        (4, 5, "ar"),
        (5, 6, "ar"),
        (6, 1, "ar"),
        (1, 7, "1"),
    ];
    assert_eq!(charges(&graph(&kinds, &bonds))[0], 1);
}

#[test]
fn charges_that_are_said_are_taken() {
    let text = record(&["N.3", "C.3"], &[(1, 2, "1")]).replace(
        "@<TRIPOS>BOND",
        "@<TRIPOS>UNITY_ATOM_ATTR\n1 1\ncharge 1\n@<TRIPOS>BOND",
    );
    let graph = read(&text, "x").unwrap();
    assert_eq!(
        (graph.atoms[0].charge, graph.atoms[0].implicit_hydrogens),
        (1, 3)
    );
}

#[test]
fn errors_name_the_line_and_what_to_do() {
    let good = record(&["C.3", "O.3"], &[(1, 2, "1")]);
    for (text, words) in [
        (good.replace("O.3", "Du"), "line 10: atom type `Du`"),
        (
            good.replace("O.3", "Zz.3"),
            "line 10: atom type `Zz.3` is no SYBYL type",
        ),
        (good.replace("2.2500", "inf"), "line 10: coordinate `inf`"),
        (
            good.replace("    1     2 1", "    1     9 1"),
            "line 12: names atom `9`, the record has 2",
        ),
        (
            good.replace("    1     2 1", "    1     2 un"),
            "line 12: bond type `un` says no order",
        ),
        (
            good.replace("\n2 1 0", "\n3 1 0"),
            "the counts say 3 atoms and 1 bonds, the record has 2 and 1",
        ),
        (
            good.replace("\n2 1 0", "\n2 2 0"),
            "the counts say 2 atoms and 2 bonds, the record has 2 and 1",
        ),
        (
            good.replace("      2 X1", "      1 X1"),
            "line 10: atom number 1 comes twice",
        ),
        (good.replace("\n2 1 0", "\nx y"), "line 4: `x y"),
        ("hello".into(), "no @<TRIPOS>MOLECULE"),
    ] {
        let reason = read(&text, "x.mol2").unwrap_err().to_string();
        assert!(reason.contains(words), "{reason}");
    }
}

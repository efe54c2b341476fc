//! A small V3000 record, right and wrong.

use crate::formats::sdf::read;

const FLUORIDE: &str = "\n\n\n  0  0  0     0  0            999 V3000
M  V30 BEGIN CTAB
M  V30 COUNTS 3 1 0 0 0
M  V30 BEGIN ATOM
M  V30 11 C 0 0 0 0
M  V30 12 N 1.4 0 0.5 0 CHG=1 -
M  V30 MASS=15
M  V30 20 F 9 9 9 0 CHG=-1
M  V30 END ATOM
M  V30 BEGIN BOND
M  V30 1 1 11 12
M  V30 END BOND
M  V30 BEGIN SGROUP
M  V30 1 DAT 0 ATOMS=(1 11)
M  V30 END SGROUP
M  V30 END CTAB
M  END
";

#[test]
fn v3000_is_read() {
    let graph = read(FLUORIDE, "x").unwrap();
    assert_eq!((graph.atoms.len(), graph.bonds.len()), (3, 1));
    let nitrogen = &graph.atoms[1];
    assert_eq!((nitrogen.charge, nitrogen.isotope), (1, Some(15)));
    assert_eq!((nitrogen.implicit_hydrogens, nitrogen.position.z), (3, 0.5));
    assert_eq!(graph.atoms[2].implicit_hydrogens, 0);
}

#[test]
fn v3000_errors_name_the_line() {
    for (text, words) in [
        (
            FLUORIDE.replace(" F 9", " [F,Cl] 9"),
            "line 11: atom `[F,Cl]` stands for any",
        ),
        (
            FLUORIDE.replace("11 12", "11 13"),
            "line 14: the bond names atom 13",
        ),
        (
            FLUORIDE.replace("COUNTS 3", "COUNTS 4"),
            "the COUNTS line says 4 atoms and 1 bonds",
        ),
        (
            FLUORIDE.replace("CHG=-1", "CHG=x"),
            "line 11: `CHG=x` is no number",
        ),
        (
            FLUORIDE.replace("CHG=-1", "CHG=-300"),
            "line 11: no atom has a charge of -300",
        ),
        (
            FLUORIDE.replace("V30 12 N", "V30 11 N"),
            "atom number 11 comes twice",
        ),
    ] {
        let reason = read(&text, "x.sdf").unwrap_err().to_string();
        assert!(reason.contains(words), "{reason}");
    }
}

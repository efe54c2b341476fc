//! Records that are prepared, and those that are refused with a reason.

use super::*;

const WATER: &str = "water\n  program 01010101013D\n\n  3  2  0  0  0  0  0  0  0  0999 V2000
    0.0000    0.0000    0.0000 O   0  0
    0.9600    0.0000    0.1000 H   0  0
   -0.2400    0.9300    0.0000 H   0  0
  1  2  1  0
  1  3  1  0
M  END
";

fn prepare(format: Format, content: &str, options: &Options) -> Result<PreparedLigand, String> {
    let text = Text {
        format,
        content: content.into(),
        first_line: 11,
    };
    prepare_record(&text, options).map_err(|refused| refused.to_string())
}

fn sdf(content: &str) -> Result<PreparedLigand, String> {
    prepare(Format::Sdf, content, &Options::default())
}

/// Methanol without its hydrogens.
fn bare() -> String {
    let two = WATER
        .replace("  3  2", "  2  1")
        .replace("0.1000 H", "0.1000 C");
    let two = two.replace("   -0.2400    0.9300    0.0000 H   0  0\n", "");
    two.replace("  1  3  1  0\n", "")
}

#[test]
fn a_record_becomes_pdbqt() {
    let water = sdf(WATER).unwrap();
    assert_eq!(
        (water.name.as_str(), water.atoms, water.torsions),
        ("water", 3, 0)
    );
    assert!(
        water.text.starts_with("REMARK  Name = water\n"),
        "{}",
        water.text
    );
    let again = prepare(Format::Pdbqt, &water.text, &Options::default()).unwrap();
    assert_eq!(again.text, water.text);
    assert_eq!(again.atoms, 3);
}

#[test]
fn lines_are_counted_in_the_member() {
    let reason = sdf(&WATER.replace("0.9600", "   nan")).unwrap_err();
    assert!(reason.starts_with("line 16: x coordinate"), "{reason}");
}

#[test]
fn hydrogens_are_added_as_asked() {
    let heavy = bare();
    let added = sdf(&heavy).unwrap();
    assert_eq!(added.notes, ["4 hydrogens added"]);
    assert_eq!(added.atoms, 3);
    let never = Options {
        hydrogens: Hydrogens::Never,
        ..Options::default()
    };
    assert!(
        prepare(Format::Sdf, &heavy, &never)
            .unwrap_err()
            .contains("lacks 1 of its hydrogens")
    );
    let partial = WATER
        .replace("  1  3  1  0\n", "")
        .replace("  3  2", "  2  1");
    let partial = partial.replace("   -0.2400    0.9300    0.0000 H   0  0\n", "");
    assert!(
        sdf(&partial)
            .unwrap_err()
            .contains("--add-hydrogens always")
    );
    let always = Options {
        hydrogens: Hydrogens::Always,
        ..Options::default()
    };
    assert_eq!(prepare(Format::Sdf, &partial, &always).unwrap().atoms, 3);
}

#[test]
fn what_has_no_place_in_space_is_refused() {
    let smiles = prepare(Format::Smiles, "CCO ethanol", &Options::default());
    assert!(smiles.unwrap_err().contains("no coordinates"));
    let flat = WATER.replace("013D", "012D").replace("0.1000", "0.0000");
    assert!(
        sdf(&flat)
            .unwrap_err()
            .contains("drawing in two dimensions")
    );
}

#[test]
fn a_salt_is_refused_or_its_largest_part_kept() {
    let salt = WATER.replace("  3  2", "  4  2").replace(
        "  1  2  1  0",
        "    5.0000    5.0000    5.0000 Cl  0  5\n  1  2  1  0",
    );
    assert!(sdf(&salt).unwrap_err().contains("2 separate molecules"));
    let mut options = Options::default();
    options.molecule.largest_fragment = true;
    let kept = prepare(Format::Sdf, &salt, &options).unwrap();
    assert_eq!((kept.atoms, kept.notes.len()), (3, 1));
}

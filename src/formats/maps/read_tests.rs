//! Tests of maps written and read again, and of broken map files.

use super::super::write;
use super::*;
use glam::DVec3;

fn small_maps() -> AffinityMaps {
    let grid = Grid {
        center: DVec3::new(1.0, -2.5, 3.0625),
        spacing: 0.375,
        points: [3, 5, 3],
    };
    let ramp = |start: f32| {
        (0..grid.len())
            .map(|i| start + i as f32 * 0.5)
            .collect::<Vec<f32>>()
    };
    let types = ["OA", "HD", "Cl"].map(|name| AtomType::from_name(name).unwrap());
    AffinityMaps {
        grid,
        receptor: "protein".to_string(),
        types: types.to_vec(),
        affinity: vec![ramp(-10.0), ramp(0.0), ramp(200_000.0)],
        electrostatic: ramp(-1.0),
        desolvation: ramp(0.25),
    }
}

#[test]
fn what_is_written_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let maps = small_maps();
    write(&folder.path().join("a.b"), &maps).unwrap();
    let again = read(&folder.path().join("a.b.maps.fld")).unwrap();
    assert_eq!(again.grid, maps.grid);
    assert_eq!((again.receptor, again.types), (maps.receptor, maps.types));
    assert_eq!(again.affinity, maps.affinity);
    assert_eq!(
        (again.electrostatic, again.desolvation),
        (maps.electrostatic, maps.desolvation)
    );
    let corners = std::fs::read_to_string(folder.path().join("a.b.maps.xyz")).unwrap();
    assert_eq!(corners, "0.625 1.375\n-3.250 -1.750\n2.688 3.438\n");
}

#[test]
fn broken_files_say_where() {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("m"), &small_maps()).unwrap();
    let edit = |name: &str, from: &str, to: &str, words: &str| {
        let path = folder.path().join(name);
        let text = std::fs::read_to_string(&path).unwrap();
        let edited = text.replacen(from, to, 1);
        assert_ne!(edited, text, "{from}");
        std::fs::write(&path, edited).unwrap();
        let message = read(&folder.path().join("m.maps.fld"))
            .unwrap_err()
            .to_string();
        assert!(
            message.contains(name) && message.contains(words),
            "{words}: {message}"
        );
        std::fs::write(&path, text).unwrap();
    };
    edit(
        "m.OA.map",
        "SPACING 0.375",
        "SPACING 0.5",
        "line 4: the map has SPACING 0.5 where it is 0.375",
    );
    edit(
        "m.OA.map",
        "CENTER 1.000",
        "CENTER 1.100",
        "line 6: the map has CENTER",
    );
    edit(
        "m.e.map",
        "NELEMENTS 2 4 2",
        "NELEMENTS 2 2 2",
        "line 5: the map has NELEMENTS",
    );
    edit(
        "m.e.map",
        "NELEMENTS 2 4 2",
        "NELEMENTS 2 4 x",
        "line 5: 3 number(s)",
    );
    edit("m.d.map", "0.250\n", "", "44 values for 45");
    edit("m.d.map", "0.250\n", "0.250\n0.250\n", "46 values for 45");
    edit("m.d.map", "0.250\n", "nan\n", "line 7: `nan`");
    edit(
        "m.maps.fld",
        "#SPACING 0.375",
        "#SPACING 0",
        "SPACING must be above 0",
    );
    edit(
        "m.maps.fld",
        "#NELEMENTS 2 4 2",
        "#NELEMENTS 3 4 2",
        "even numbers",
    );
    edit("m.maps.fld", "#CENTER", "#CENTRE", "missing");
    edit(
        "m.maps.fld",
        "label=Desolvation\t",
        "label=Other\t",
        "no map with the label Desolvation",
    );
    edit(
        "m.maps.fld",
        "variable 1 file=m.OA.map filetype=ascii skip=6\n",
        "",
        "5 `label=` lines but 4",
    );
}

#[test]
fn a_claim_of_many_points_takes_no_memory() {
    let claim = b"SPACING 1\nNELEMENTS 1000000 1000000 1000000\nCENTER 0 0 0\n\n\n\n0.0\n";
    let grid = Grid {
        center: DVec3::ZERO,
        spacing: 1.0,
        points: [1_000_001; 3],
    };
    let message = parse_map(claim, &grid, "x.map").unwrap_err().to_string();
    assert!(message.contains("1 values for"), "{message}");
}

proptest::proptest! {
    #[test]
    fn mutated_maps_never_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
        let grid = small_maps().grid;
        let _ = parse_map(&bytes, &grid, "x.map");
        let _ = parse_values(&bytes, 3, "x.map");
        let _ = field::parse(&String::from_utf8_lossy(&bytes), "x.maps.fld");
    }
}

//! Tests of the log's layout; `tests/dlg.rs` has other programs read it.

use super::*;
use crate::formats::pdbqt::read_ligands;

const LIGAND: &str = "\
REMARK  Name = two atoms
ROOT
ATOM      1  C   LIG     1       0.000   0.000   0.000  1.00  0.00    +0.100 C 
ENDROOT
BRANCH   1   2
ATOM      2  O   LIG     1       1.400   0.000   0.000  1.00  0.00    -0.100 OA
ENDBRANCH   1   2
TORSDOF 1
";

fn pose(run: u32, inter: f64, cluster: usize, coordinates: &[DVec3]) -> LoggedPose<'_> {
    LoggedPose {
        run,
        coordinates,
        inter,
        vdw_hb_desolv: inter + 0.25,
        elec: -0.25,
        intra: -0.5,
        torsional: 0.2983,
        cluster,
        rmsd_cluster: 0.0,
        rmsd_reference: 3.5,
    }
}

#[test]
fn runs_are_in_order_and_ranked_by_cluster() {
    let ligand = &read_ligands(LIGAND, "x").unwrap()[0];
    let grid = Grid {
        center: DVec3::new(1.0, 2.0, 3.0),
        spacing: 0.375,
        points: [41, 41, 81],
    };
    let places = [[DVec3::X, DVec3::Y], [DVec3::Z, DVec3::ONE]];
    let text = write(&DockingLog {
        ligand,
        ligand_file: "two\natoms.pdbqt",
        receptor: "my protein",
        maps_file: "p.maps.fld",
        grid: &grid,
        seed: 7,
        evaluations_per_run: None,
        evaluations: 1000,
        population: 150,
        local_search: "ADADELTA",
        rmsd_tolerance: 2.0,
        // Runs 0 and 2 of which the later is better; run 1 gave nothing.
        poses: vec![pose(2, -150.0, 1, &places[0]), pose(0, -4.0, 2, &places[1])],
    });
    for line in [
        "Ligand file:                               two_atoms.pdbqt",
        "Receptor name:                             my_protein",
        "Number of runs:                            2",
        "Number of grid points (x, y, z):           41, 41, 81",
        "Grid center (x, y, z):                     1.000000, 2.000000, 3.000000A",
        "INPUT-LIGAND-PDBQT: TORSDOF 1",
        "DOCKED: USER    Estimated Free Energy of Binding    =  -3.70 kcal/mol  [=(1)+(2)+(3)-(4)]",
        "DOCKED: USER    (1) Final Intermolecular Energy     = -150.00 kcal/mol",
        "DOCKED: USER    (4) Unbound System's Energy         =  -0.50 kcal/mol",
        "DOCKED: ATOM      1  C   LIG     1       0.000   0.000   1.000  1.00  0.00    +0.100 C",
        "   1 |   -149.70 |   2 |   -149.70 |   1 |#",
        "   1      1      2     -149.70      0.00      3.50           RANKING",
        "   2      1      1       -3.70      0.00      3.50           RANKING",
    ] {
        assert!(
            text.lines().any(|found| found.trim_end() == line),
            "{line}\nis not in\n{text}"
        );
    }
    let first = text.find("USER    Run = 1").unwrap();
    assert!(first < text.find("USER    Run = 2").unwrap());
}

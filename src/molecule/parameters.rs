//! The AD4.1 table of `data/`: weights of the free-energy model and parameters of atom types.

use std::sync::OnceLock;

/// How an atom takes part in hydrogen bonds (AD4.1 table, column `hbond`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HydrogenBonding {
    /// 0: none.
    None,
    /// 1: donor hydrogen that binds spherically (HS).
    SphericalDonor,
    /// 2: donor hydrogen that binds directionally (HD).
    DirectionalDonor,
    /// 3: acceptor, spherical (NS, OS).
    SphericalAcceptor,
    /// 4: acceptor with one directional bond (NA).
    AcceptorOne,
    /// 5: acceptor with two directional bonds (OA, SA).
    AcceptorTwo,
}

/// One row of the AD4.1 parameter table.
#[derive(Clone, Debug, PartialEq)]
pub struct AtomParameters {
    /// Type name, such as `OA`.
    pub name: String,
    /// Sum of van der Waals radii of two like atoms, Angstrom.
    pub rii: f64,
    /// Well depth of two like atoms, kcal/mol, before the weight of the free-energy model.
    pub epsii: f64,
    /// Atomic solvation volume, cubic Angstrom.
    pub volume: f64,
    /// Atomic solvation parameter, kcal/mol per cubic Angstrom.
    pub solvation: f64,
    /// Hydrogen-bond radius, Angstrom; 0 where it forms none as an acceptor.
    pub rij_hb: f64,
    /// Hydrogen-bond well depth, kcal/mol, before the weight.
    pub epsij_hb: f64,
    /// Part in hydrogen bonds.
    pub hydrogen_bonding: HydrogenBonding,
}

/// Weights of the terms of the free-energy model (AD4.1 table, rows `weight`).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Weights {
    /// Van der Waals.
    pub vdw: f64,
    /// Hydrogen bonds.
    pub hbond: f64,
    /// Electrostatics.
    pub electrostatic: f64,
    /// Desolvation.
    pub desolvation: f64,
    /// Torsional entropy, kcal/mol per torsion.
    pub torsional: f64,
}

/// The parsed table.
pub(super) struct Table {
    weights: Weights,
    pub(super) atoms: Vec<AtomParameters>,
}

/// Weights of the AD4.1 free-energy model.
pub fn weights() -> &'static Weights {
    &table().weights
}

/// The table, parsed at its first use. Its text is part of the program, so a bad row is a bug that a test finds:
/// such a row is left out here.
pub(super) fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| parse_table(include_str!("../../data/ad4.1_parameters.dat")))
}

fn parse_table(text: &str) -> Table {
    let mut table = Table {
        weights: Weights::default(),
        atoms: Vec::new(),
    };
    for line in text.lines() {
        let fields: Vec<&str> = line.split_whitespace().collect();
        match fields.as_slice() {
            ["weight", name, value] => set_weight(&mut table.weights, name, value),
            ["atom", columns @ ..] => table.atoms.extend(parse_row(columns)),
            _ => {}
        }
    }
    table
}

fn set_weight(weights: &mut Weights, name: &str, value: &str) {
    let value = value.parse().unwrap_or(f64::NAN);
    match name {
        "vdw" => weights.vdw = value,
        "hbond" => weights.hbond = value,
        "electrostatic" => weights.electrostatic = value,
        "desolvation" => weights.desolvation = value,
        "torsional" => weights.torsional = value,
        _ => {}
    }
}

fn parse_row(columns: &[&str]) -> Option<AtomParameters> {
    let number = |column: usize| columns.get(column)?.parse::<f64>().ok();
    let hydrogen_bonding = match *columns.get(7)? {
        "0" => HydrogenBonding::None,
        "1" => HydrogenBonding::SphericalDonor,
        "2" => HydrogenBonding::DirectionalDonor,
        "3" => HydrogenBonding::SphericalAcceptor,
        "4" => HydrogenBonding::AcceptorOne,
        "5" => HydrogenBonding::AcceptorTwo,
        _ => return None,
    };
    Some(AtomParameters {
        name: (*columns.first()?).to_string(),
        rii: number(1)?,
        epsii: number(2)?,
        volume: number(3)?,
        solvation: number(4)?,
        rij_hb: number(5)?,
        epsij_hb: number(6)?,
        hydrogen_bonding,
    })
}

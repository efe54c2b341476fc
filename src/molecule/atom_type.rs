//! AutoDock4 atom types and their parameters, read from the table in `data/`.

/// An AutoDock4 atom type: an index into the parameter table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AtomType(pub u8);

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

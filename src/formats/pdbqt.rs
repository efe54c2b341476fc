//! PDBQT: receptors, and ligands with torsion trees and several MODELs.

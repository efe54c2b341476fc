//! tmp
use super::Ligand;
/// tmp
pub struct Symmetry;
impl Symmetry {
    /// tmp
    pub fn new(_l: &Ligand) -> Self {
        Symmetry
    }
}

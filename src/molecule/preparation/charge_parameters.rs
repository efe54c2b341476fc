//! Parameters of Gasteiger and Marsili's electronegativities.
//!
//! J. Gasteiger, M. Marsili, Tetrahedron 36 (1980) 3219, with the later elements as RDKit tabulates them.

use crate::molecule::graph::{Element, Graph};
use crate::molecule::perception::{Hybridisation, Perception};

/// Electronegativity of an atom with charge q: a + b q + c q^2, in eV.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Electronegativity {
    pub(super) a: f64,
    pub(super) b: f64,
    pub(super) c: f64,
}

impl Electronegativity {
    /// Of the cation, q = 1; hydrogen's stands apart from its formula.
    pub(super) fn of_cation(self, element: Element) -> f64 {
        match element {
            Element::H => 20.02,
            _ => self.a + self.b + self.c,
        }
    }
}

/// The parameters of an atom, where the method has them.
pub(super) fn parameters(
    atom: usize,
    graph: &Graph,
    perception: &Perception,
) -> Option<Electronegativity> {
    use Hybridisation::{Sp, Sp2, Sp3};
    let element = graph.atoms[atom].element;
    let (a, b, c) = match (element, perception.hybridisation[atom]) {
        (Element::H, _) => (7.17, 6.24, -0.56),
        (Element::C, Sp3) => (7.98, 9.18, 1.88),
        (Element::C, Sp2) => (8.79, 9.32, 1.51),
        (Element::C, Sp) => (10.39, 9.45, 0.73),
        (Element::N, Sp3) => (11.54, 10.82, 1.36),
        (Element::N, Sp2) => (12.87, 11.15, 0.85),
        (Element::N, Sp) => (15.68, 11.70, -0.27),
        (Element::O, Sp3) => (14.18, 12.92, 1.39),
        (Element::O, Sp2) => (17.07, 13.79, 0.47),
        (Element::F, Sp3) => (14.66, 13.85, 2.31),
        (Element::CL, Sp3) => (11.00, 9.69, 1.35),
        (Element::BR, Sp3) => (10.08, 8.47, 1.16),
        (Element::I, Sp3) => (9.90, 7.96, 0.96),
        (Element::S, Sp3) => (10.14, 9.13, 1.38),
        (Element::S, Sp2) => (10.88, 9.49, 1.33),
        (Element::S, other) if other != Sp => match oxygens(atom, graph, perception) {
            ..=1 => (10.14, 9.13, 1.38),
            2.. => (12.00, 10.81, 1.20),
        },
        (Element::P, Sp3) => (8.90, 8.24, 0.96),
        (Element::P, Sp2) => (9.665, 8.530, 0.735),
        (Element::SI, Sp3) => (7.300, 6.567, 0.657),
        (Element::SI, Sp2) => (7.905, 6.748, 0.443),
        (Element::SI, Sp) => (9.065, 7.027, -0.002),
        (Element::B, Sp3) => (5.980, 6.820, 1.605),
        (Element::B, Sp2) => (6.420, 6.807, 1.322),
        (Element::MG, Sp3) => (3.300, 5.587, 2.447),
        (Element::MG, Sp2) => (3.565, 5.572, 2.197),
        (Element::MG, Sp) => (4.040, 5.472, 1.823),
        _ => return None,
    };
    Some(Electronegativity { a, b, c })
}

/// Number of oxygens on an atom.
fn oxygens(atom: usize, graph: &Graph, perception: &Perception) -> usize {
    let links = perception.connections.around(atom).iter();
    links
        .filter(|link| graph.atoms[link.atom as usize].element == Element::O)
        .count()
}

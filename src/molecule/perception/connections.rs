//! Who is bonded to whom: the neighbours of every atom in one array, checked once.

use crate::molecule::graph::Graph;
use crate::molecule::refusal::Refusal;

/// Neighbours of all atoms, in the order of the bonds.
#[derive(Clone, Debug, Default)]
pub struct Connections {
    /// Where the neighbours of each atom begin; one more entry than atoms.
    starts: Vec<u32>,
    links: Vec<Link>,
}

/// One neighbour of an atom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Index of the neighbour.
    pub atom: u32,
    /// Index of the bond to it.
    pub bond: u32,
}

impl Connections {
    /// Gathers the neighbours of every atom.
    ///
    /// # Errors
    /// [`Refusal::Bond`] where a bond names an atom that is not there, one atom twice, or two atoms that an earlier
    /// bond has joined.
    pub fn of(graph: &Graph) -> Result<Connections, Refusal> {
        let atoms = graph.atoms.len();
        let mut starts = vec![0u32; atoms + 1];
        for (index, bond) in graph.bonds.iter().enumerate() {
            if bond.a >= atoms || bond.b >= atoms {
                return Err(wrong(graph, index, "names an atom that is not there"));
            }
            if bond.a == bond.b {
                return Err(wrong(graph, index, "joins an atom to itself"));
            }
            starts[bond.a + 1] += 1;
            starts[bond.b + 1] += 1;
        }
        for atom in 0..atoms {
            starts[atom + 1] += starts[atom];
        }
        let mut next = starts.clone();
        let mut links = vec![Link::default(); 2 * graph.bonds.len()];
        for (index, bond) in graph.bonds.iter().enumerate() {
            for (from, to) in [(bond.a, bond.b), (bond.b, bond.a)] {
                links[next[from] as usize] = Link {
                    atom: to as u32,
                    bond: index as u32,
                };
                next[from] += 1;
            }
        }
        let connections = Connections { starts, links };
        match connections.repeated() {
            Some(bond) => Err(wrong(graph, bond, "repeats an earlier bond")),
            None => Ok(connections),
        }
    }

    /// A bond between two atoms that another bond joins as well.
    fn repeated(&self) -> Option<usize> {
        let mut seen_from = vec![u32::MAX; self.atoms()];
        for atom in 0..self.atoms() {
            for link in self.around(atom) {
                let before = std::mem::replace(&mut seen_from[link.atom as usize], atom as u32);
                if before == atom as u32 {
                    return Some(link.bond as usize);
                }
            }
        }
        None
    }

    /// Number of atoms.
    pub fn atoms(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Neighbours of an atom, in the order of the bonds.
    #[inline]
    pub fn around(&self, atom: usize) -> &[Link] {
        &self.links[self.starts[atom] as usize..self.starts[atom + 1] as usize]
    }

    /// Number of neighbours of an atom.
    #[inline]
    pub fn degree(&self, atom: usize) -> usize {
        (self.starts[atom + 1] - self.starts[atom]) as usize
    }
}

fn wrong(graph: &Graph, index: usize, what: &'static str) -> Refusal {
    let bond = &graph.bonds[index];
    Refusal::Bond {
        number: index + 1,
        a: bond.a.saturating_add(1),
        b: bond.b.saturating_add(1),
        what,
    }
}

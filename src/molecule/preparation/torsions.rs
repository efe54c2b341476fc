//! The torsions of a ligand: its tree of rigid groups, with large rings rigid or broken.

use super::Options;
use super::groups::Division;
use super::macrocycles::Macrocycles;
use super::rigid::{freeze, freeze_pattern};
use super::rotatable::rotatable;
use super::tree::Tree;
use crate::molecule::graph::Graph;
use crate::molecule::perception::Perception;
use crate::molecule::refusal::Refusal;

/// What turns in a ligand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Torsions {
    /// Rigid groups and the bonds between them. Pseudo atoms are numbered on from the atoms of the graph.
    pub tree: Tree,
    /// Rotatable bonds that are in no ring, which the torsional free energy counts.
    pub torsdof: usize,
    /// Bonds that were broken to open large rings.
    pub broken: Vec<u32>,
    /// Weight of the deepest branch in the choice among bonds to break.
    pub depth: Option<f64>,
}

/// Each broken bond makes a tree better by so little: of trees equally deep the one with more of them is taken.
const WEIGHT_OF_BREAK: f64 = 0.1;

impl Torsions {
    /// Divides a molecule into rigid groups; atoms without a type are not written and take no part.
    ///
    /// # Errors
    /// [`Refusal::Option`] for bonds in `options` that are not there.
    pub(super) fn of(
        graph: &Graph,
        perception: &Perception,
        types: &[Option<&str>],
        options: &Options,
    ) -> Result<Torsions, Refusal> {
        if options.break_macrocycles
            && let Some(torsions) = Torsions::with_breaks(graph, perception, types, options)?
        {
            return Ok(torsions);
        }
        let rigid = &perception.rings.bond_in_ring;
        let turning = turning(graph, perception, rigid, options)?;
        let mut tree = divide(perception, types, &turning, &[]);
        tree.merge_ends(&[]);
        Ok(Torsions {
            torsdof: tree.torsions(),
            tree,
            ..Torsions::default()
        })
    }

    /// The tree of the best choice of broken bonds; nothing where no ring can be broken.
    fn with_breaks(
        graph: &Graph,
        perception: &Perception,
        types: &[Option<&str>],
        options: &Options,
    ) -> Result<Option<Torsions>, Refusal> {
        let macrocycles = Macrocycles::of(graph, perception);
        let turning = turning(graph, perception, &macrocycles.rigid, options)?;
        let mut best: Option<Torsions> = None;
        for broken in macrocycles.choices(&turning, types) {
            let mut turning = turning.clone();
            for ring in macrocycles.unbroken(&broken) {
                for &bond in ring {
                    turning[bond as usize] = false;
                }
            }
            let tree = divide(perception, types, &turning, &broken);
            let depth = tree.depth(&ends(&broken, graph)) - WEIGHT_OF_BREAK * broken.len() as f64;
            if best
                .as_ref()
                .and_then(|best| best.depth)
                .is_none_or(|least| depth < least)
            {
                best = Some(Torsions {
                    tree,
                    torsdof: 0,
                    broken,
                    depth: Some(depth),
                });
            }
        }
        if let Some(torsions) = &mut best {
            torsions.finish(graph, perception);
        }
        Ok(best)
    }

    /// Merges ends, counts, and puts a pseudo atom into the group of each end of a broken bond.
    fn finish(&mut self, graph: &Graph, perception: &Perception) {
        let ends = ends(&self.broken, graph);
        self.tree.merge_ends(&ends);
        let in_ring = |&[a, b]: &[u32; 2]| {
            let mut links = perception.connections.around(a as usize).iter();
            let link = links.find(|link| link.atom == b);
            link.is_some_and(|link| perception.rings.bond_in_ring[link.bond as usize])
        };
        let axes = self.tree.axes();
        self.torsdof = axes.iter().filter(|axis| !in_ring(axis)).count();
        for (index, end) in ends.into_iter().enumerate() {
            let pseudo = (graph.atoms.len() + index) as u32;
            let mut groups = self.tree.groups.iter_mut();
            if let Some(group) = groups.find(|group| group.atoms.contains(&end)) {
                group.atoms.push(pseudo);
            }
        }
    }

    /// The atoms of each pseudo atom: the one that it hangs on, and the one whose place it marks.
    pub(super) fn pseudo_atoms(&self, graph: &Graph) -> Vec<[u32; 2]> {
        let ends = ends(&self.broken, graph);
        let pairs = ends.chunks_exact(2);
        pairs
            .flat_map(|pair| [[pair[0], pair[1]], [pair[1], pair[0]]])
            .collect()
    }
}

/// The atoms of these bonds, the lower of each bond first.
fn ends(bonds: &[u32], graph: &Graph) -> Vec<u32> {
    let mut ends = Vec::with_capacity(2 * bonds.len());
    for &bond in bonds {
        let bond = &graph.bonds[bond as usize];
        ends.extend([bond.a.min(bond.b) as u32, bond.a.max(bond.b) as u32]);
    }
    ends
}

/// Bonds that turn: none of the `rigid` ones, and none that the options forbid.
fn turning(
    graph: &Graph,
    perception: &Perception,
    rigid: &[bool],
    options: &Options,
) -> Result<Vec<bool>, Refusal> {
    let mut turning = rotatable(graph, perception, rigid, options.flexible_amides);
    freeze(&options.rigid_bonds, graph, &mut turning)?;
    for rigid in &options.rigid_patterns {
        freeze_pattern(rigid, graph, perception, &mut turning)?;
    }
    Ok(turning)
}

fn divide(
    perception: &Perception,
    types: &[Option<&str>],
    rotatable: &[bool],
    cut: &[u32],
) -> Tree {
    Tree::of(&Division {
        connections: &perception.connections,
        written: &|atom| types[atom].is_some(),
        rotatable,
        cut,
    })
}

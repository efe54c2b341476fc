//! What the kernels of a search are told and keep books of: settings, individuals, runs, ligands, and the sizes of arrays.

crate::host_struct!(
/// Settings of a batch of searches.
Search {
    ligands: u32,
    runs: u32,
    population: u32,
    local_search_steps: u32,
    seed: [u32; 2],
    auto_stop: f32,
    crossover_rate: f32,
    mutation_rate: f32,
    tournament_rate: f32,
    mutation_shift: f32,
    mutation_turn: f32,
});
crate::host_struct!(
/// Of one individual: the best score met (kcal/mol), steps done, and what its local search remembers.
Status {
    best: f32,
    steps: u32,
    mark: f32,
    streak: i32
});
crate::host_struct!(
/// Of one run: phase, generations done, champion, best score (kcal/mol), what was spent.
Run {
    phase: u32,
    generation: u32,
    champion: u32,
    best: f32,
    evaluations: u32,
    unfinished: u32,
    reached: u32,
    evaluations_to_target: u32,
});
crate::host_struct!(
/// Of one ligand: individuals in its two queues, rounds done, runs that go on.
Progress {
    waiting: [u32; 2],
    round: u32,
    running: u32
});

/// Phase of a run whose population is in its local searches.
pub const SEARCHING: u32 = 0;
/// Phase of a run whose next generation is due.
pub const BREEDING: u32 = 1;
/// Phase of a run that is over.
pub const FINISHED: u32 = 2;

/// Sizes of the private arrays that a kernel is compiled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Capacity {
    /// Atoms, a multiple of four.
    pub atoms: u32,
    /// Fragments: torsions plus one.
    pub fragments: u32,
}

impl Capacity {
    /// Numbers of a pose: translation 3, quaternion 4, torsions.
    pub fn pose(self) -> u32 {
        6 + self.fragments
    }

    /// Numbers of an individual in `state`: two poses and two for each direction of movement.
    pub fn row(self) -> u32 {
        2 * self.pose() + 2 * (5 + self.fragments)
    }

    /// The capacities as constants of a kernel.
    pub fn constants(self) -> [(&'static str, f64); 2] {
        [
            ("ATOMS", f64::from(self.atoms)),
            ("FRAGMENTS", f64::from(self.fragments)),
        ]
    }
}

//! Searches to advance: two ligands with individuals in their queues, at the beginning of their searches and under way.

use super::{Begin, FEW, Input, Steps, WHOLE, WHOLE_SEARCHES, steps_of_one_dispatch};
use crate::kernels::dock::descent::{ends, numbers};
use crate::kernels::dock::family::Family;
use crate::kernels::dock::search_state::{Capacity, Search};
use crate::kernels::dock::snapshot::{Snapshot, UNTOUCHED};
use crate::kernels::dock::synthetic::{Draws, Recipe};
use crate::kernels::dock::synthetic_maps::OwnedMaps;

fn recipes(size: usize) -> [Recipe; 2] {
    let recipe = |(atoms, fragments, pairs)| Recipe {
        atoms,
        fragments,
        pairs,
        clash: false,
    };
    match size {
        WHOLE_SEARCHES => [(40, 8, 0.9), (64, 16, 0.9)].map(recipe),
        // Movements enough for four draws of random numbers.
        144 => [(6, 1, 0.0), (20, 8, 0.1)].map(recipe),
        _ => [(6, 1, 0.0), (16, 4, 0.15)].map(recipe),
    }
}

fn empty(size: usize, whole: bool, seed: u64, family: Family, draws: &mut Draws) -> Snapshot {
    // Some individuals do not wait; of one size all do. One size fills a power of two of parts to the last place.
    let (runs, population) = match size as u32 {
        63 => (3, 21),
        144 => (2, 32 * FEW),
        size => (3, (size + size / 4).div_ceil(3)),
    };
    let search = Search {
        runs,
        population,
        local_search_steps: if whole { WHOLE } else { 40 },
        seed: [5, 6],
        ..bytemuck::Zeroable::zeroed()
    };
    let ligands = recipes(size).map(|recipe| recipe.ligand(draws));
    // Smooth, and as the device holds them.
    let maps = OwnedMaps::shared(seed).rounded();
    let mut s = Snapshot::new(maps, ligands.to_vec(), family, search);
    if !whole {
        // Private arrays with no room to spare.
        s.capacity = Capacity {
            atoms: ligands[1].atoms.len() as u32,
            fragments: ligands[1].fragments.len() as u32,
        };
        s.state = vec![UNTOUCHED; s.status.len() * s.capacity.row() as usize];
    }
    for slot in 0..2 {
        s.ligands[slot].steps = match whole {
            true => steps_of_one_dispatch(&s.topologies[slot]),
            false => 3,
        };
        s.ligands[slot].target_score = if slot == 0 { f32::MIN } else { 20.0 };
        s.ligands[slot].name_key = [7, slot as u32];
        s.progress[slot].round = slot as u32;
        // One ligand has stopped, with individuals in its queue.
        s.progress[slot].running = if slot == 1 && size == 64 { 0 } else { runs };
    }
    for (run, book) in s.runs.iter_mut().enumerate() {
        book.generation = run as u32;
        book.unfinished = 1000;
        book.evaluations = 10 * run as u32;
    }
    s
}

/// Searches of `size` individuals of each of two ligands, packed for this family.
pub fn sample(size: usize, seed: u64, family: Family, begin: Begin, steps: Steps) -> Input {
    let draws = &mut Draws::new(seed, size as u32);
    let whole = size == WHOLE_SEARCHES;
    let mut s = empty(size, whole, seed, family, draws);
    let mut left = Vec::new();
    for slot in 0..2 {
        // The second ligand has one less waiting.
        for k in 0..size - slot.min(size - 1) {
            let individual = slot * s.individuals() + k * s.individuals() / size;
            // Few poses are delicate; the bound keeps a bad sample from going on for ever.
            for _ in 0..200 {
                let start = s.maps.pose(&s.topologies[slot], 0.4, draws);
                s.set_numbers(0, individual, &numbers(&start));
                s.status[individual] = bytemuck::Zeroable::zeroed();
                if whole {
                    break;
                }
                begin(&mut s, individual, draws);
                if let Some((end, values)) = ends(&s, individual, steps) {
                    // One search that gains nothing has met its target before, to the last bit.
                    let best = s.status[individual].best;
                    if size == 1 && slot == 1 {
                        if f64::from(best) != end.marks[0] {
                            continue;
                        }
                        s.ligands[slot].target_score = best;
                    }
                    left.push((individual, end, values));
                    break;
                }
            }
            s.enqueue(slot, slot, individual);
        }
    }
    Input {
        before: s,
        whole,
        left,
    }
}

//! Stock of every ligand after a round on the host's processor: shaders/dock/census.wgsl.

use super::search_state::Books;
use crate::Result;
use crate::gpu::Call;
use crate::kernels::dock::search_state::{BREEDING, FINISHED, Run, SEARCHING, Search};

/// The body of `dock/census`.
///
/// # Errors
/// What the bindings report.
pub fn census(call: &Call) -> Result<()> {
    let rule = Rule {
        generations: call.constant("AUTO_STOP_GENERATIONS")? as u32,
        runs: call.constant("AUTO_STOP_RUNS")? as u32,
    };
    let books = Books::new(call)?;
    call.for_each_group(|[slot, ..]| take_stock(&books, &rule, slot));
    Ok(())
}

/// Generations and runs from which on an agreement means something.
struct Rule {
    generations: u32,
    runs: u32,
}

/// What the runs of a ligand add up to.
#[derive(Default)]
struct Stock {
    going_on: u32,
    sum: f32,
    squares: f32,
    /// Runs old enough to agree.
    grown: u32,
}

impl Stock {
    fn add(&mut self, run: &Run, rule: &Rule) {
        let best = if run.generation == 0 { 0.0 } else { run.best };
        self.going_on += u32::from(run.phase != FINISHED);
        self.sum += best;
        self.squares += best * best;
        self.grown += u32::from(run.generation >= rule.generations);
    }

    /// Whether the best scores of all runs lie within a standard deviation of `auto_stop` kcal/mol of each other.
    fn agree(&self, search: &Search, rule: &Rule) -> bool {
        let count = search.runs as f32;
        let mean = self.sum / count;
        let variance = (self.squares / count - mean * mean).max(0.0);
        search.runs >= rule.runs && self.grown == search.runs && variance.sqrt() < search.auto_stop
    }
}

/// Moves all runs of a ligand on, and its round.
fn take_stock(books: &Books, rule: &Rule, slot: u32) {
    let mut progress = books.progress(slot);
    if progress.running == 0 {
        return;
    }
    let mut stock = Stock::default();
    let runs = books.search.runs;
    for run in slot * runs..(slot + 1) * runs {
        let moved = follow(books, slot, run);
        books.set_run(run, moved);
        stock.add(&moved, rule);
    }
    progress.waiting[(progress.round & 1) as usize] = 0;
    progress.round += 1;
    let agreed = stock.agree(&books.search, rule);
    progress.running = if agreed { 0 } else { stock.going_on };
    books.set_progress(slot, progress);
}

/// The run, moved on.
fn follow(books: &Books, slot: u32, run: u32) -> Run {
    let mut book = books.run(run);
    if book.phase == BREEDING {
        book.phase = SEARCHING;
    }
    if book.evaluations_to_target == 0 && book.reached == 1 {
        book.evaluations_to_target = book.evaluations;
    }
    if book.phase == SEARCHING && book.unfinished == 0 {
        finish_generation(books, slot, run, &mut book);
    }
    book
}

/// A run whose population has finished its local searches: finds its champion, then breeds again or ends.
fn finish_generation(books: &Books, slot: u32, run: u32, book: &mut Run) {
    let first = run * books.search.population;
    book.champion = first;
    book.best = books.status(first).best;
    for member in first + 1..first + books.search.population {
        let score = books.status(member).best;
        if score < book.best {
            (book.champion, book.best) = (member, score);
        }
    }
    book.generation += 1;
    let spent = book.evaluations >= books.ligands[slot as usize].evaluations;
    book.phase = if spent { FINISHED } else { BREEDING };
    book.unfinished = books.search.population;
}

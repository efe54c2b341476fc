//! Dealing to ranks that are simulated: of any number and speed, some of which fail or vanish.

use super::*;
use proptest::prelude::*;
use std::path::Path;

/// A rank that begins its parts in turn.
struct Worker {
    starts_at: u64,
    ticks_a_part: u64,
    vanishes_at: Option<u64>,
    waiting: VecDeque<Task>,
    busy: Option<(u64, Task)>,
}

struct Simulation {
    dealer: Dealer,
    workers: Vec<Worker>,
    done: Vec<Part>,
    /// Parts of which no rank can do anything.
    bad: Vec<u64>,
}

fn task(number: u64) -> Task {
    let part = Part {
        first: number * 10,
        count: 10,
    };
    Task {
        part,
        file: number as usize / 7,
        file_first: number / 7 * 70,
    }
}

impl Simulation {
    fn here(&self, rank: usize, tick: u64) -> bool {
        self.workers[rank].vanishes_at.is_none_or(|at| tick < at)
    }

    fn tick(&mut self, tick: u64) {
        for rank in 0..self.workers.len() {
            if self.workers[rank].vanishes_at == Some(tick) {
                self.dealer.lose(rank, "it vanished".into());
            }
            if !self.here(rank, tick) {
                continue;
            }
            let worker = &mut self.workers[rank];
            if tick == worker.starts_at {
                self.dealer.hear(rank, Report::Ready);
            }
            if let Some((_, task)) = worker.busy.take_if(|(end, _)| *end <= tick) {
                let part = task.part;
                match self.bad.contains(&(part.first / 10)) {
                    true => self.dealer.hear(rank, Report::Failed(part, "bad".into())),
                    false => {
                        self.done.push(part);
                        self.dealer.hear(rank, Report::Done(part));
                    }
                }
            }
            if worker.busy.is_none()
                && let Some(task) = worker.waiting.pop_front()
            {
                worker.busy = Some((tick + worker.ticks_a_part, task));
                self.dealer.hear(rank, Report::Ready);
            }
        }
        self.obey();
    }

    fn obey(&mut self) {
        loop {
            let orders = self.dealer.orders();
            if orders.is_empty() {
                return;
            }
            for (rank, order) in orders {
                let waiting = &mut self.workers[rank].waiting;
                match order {
                    Order::Take(task) => waiting.push_back(task),
                    Order::GiveBack(part) => {
                        let before = waiting.len();
                        waiting.retain(|task| task.part != part);
                        match waiting.len() < before {
                            true => {
                                self.dealer.hear(rank, Report::Returned(part));
                                self.dealer.hear(rank, Report::Ready);
                            }
                            false => self.dealer.hear(rank, Report::Kept(part)),
                        }
                    }
                    Order::Stop => unreachable!("a dealer deals"),
                }
            }
        }
    }

    /// Whether one rank has nothing to do while a part waits behind another one's work.
    fn somebody_idles(&self, tick: u64) -> bool {
        let here = |rank: &usize| self.here(*rank, tick) && tick >= self.workers[*rank].starts_at;
        let ranks = (0..self.workers.len()).filter(here);
        let mut workers = ranks.map(|rank| &self.workers[rank]);
        let all: Vec<&Worker> = workers.by_ref().collect();
        let idle = |worker: &&Worker| worker.busy.is_none() && worker.waiting.is_empty();
        let hoards = |worker: &&Worker| worker.busy.is_some() && !worker.waiting.is_empty();
        all.iter().any(idle) && all.iter().any(hoards)
    }

    fn run(&mut self, parts: u64) -> u64 {
        for number in 0..parts {
            self.dealer.add(task(number));
        }
        self.dealer.close();
        for tick in 0..100_000 {
            self.tick(tick);
            assert!(!self.somebody_idles(tick), "a rank idles at {tick}");
            if self.dealer.is_over() {
                return tick;
            }
        }
        panic!("it does not end");
    }
}

fn worker(starts_at: u64, ticks_a_part: u64, vanishes_at: Option<u64>) -> Worker {
    Worker {
        starts_at,
        ticks_a_part,
        vanishes_at,
        waiting: VecDeque::new(),
        busy: None,
    }
}

fn simulation(workers: Vec<Worker>, bad: Vec<u64>) -> Simulation {
    Simulation {
        dealer: Dealer::new(workers.len()),
        workers,
        done: Vec::new(),
        bad,
    }
}

fn firsts(parts: impl Iterator<Item = Part>) -> Vec<u64> {
    let mut firsts: Vec<u64> = parts.map(|part| part.first / 10).collect();
    firsts.sort();
    firsts
}

proptest! {
    #[test]
    fn every_part_is_done_once(
        parts in 0u64..60,
        speeds in prop::collection::vec((0u64..5, 1u64..50), 1..9),
        bad in prop::collection::btree_set(0u64..60, 0..=2),
    ) {
        let workers = speeds.iter().map(|(start, ticks)| worker(*start, *ticks, None)).collect();
        let bad: Vec<u64> = bad.into_iter().filter(|part| *part < parts).collect();
        let mut simulation = simulation(workers, bad.clone());
        simulation.run(parts);
        let done = firsts(simulation.done.iter().copied());
        let good: Vec<u64> = (0..parts).filter(|part| !bad.contains(part)).collect();
        prop_assert_eq!(done, good);
        let outcome = simulation.dealer.outcome();
        prop_assert_eq!(firsts(outcome.set_aside.iter().map(|(part, _)| *part)), bad);
        prop_assert_eq!((outcome.parts, outcome.items), (simulation.done.len() as u64, 10 * simulation.done.len() as u64));
    }

    #[test]
    fn ranks_may_vanish(
        parts in 1u64..60,
        speeds in prop::collection::vec((1u64..50, prop::option::of(0u64..300)), 1..9),
    ) {
        let mut workers: Vec<Worker> = vec![worker(0, 7, None)];
        workers.extend(speeds.iter().map(|(ticks, end)| worker(0, *ticks, *end)));
        let vanishing = speeds.iter().filter(|(_, end)| end.is_some()).count();
        let mut simulation = simulation(workers, Vec::new());
        simulation.run(parts);
        let outcome = simulation.dealer.outcome();
        prop_assert!(!outcome.given_up || outcome.set_aside.len() >= HOPELESS);
        let aside = outcome.set_aside.iter().map(|(part, _)| *part);
        // Two ranks must vanish over one part before it is set aside.
        prop_assert!(2 * outcome.set_aside.len() <= vanishing);
        let all = firsts(simulation.done.iter().copied().chain(aside));
        if !outcome.given_up {
            prop_assert_eq!(all, (0..parts).collect::<Vec<_>>());
        }
    }
}

#[test]
fn a_slow_rank_holds_up_nobody() {
    let workers = vec![worker(0, 1000, None), worker(0, 1, None)];
    let ended = simulation(workers, Vec::new()).run(40);
    // The slow one does one part, and gives back the one that waited behind it.
    assert!(ended <= 1001, "ended at {ended}");
}

#[test]
fn ranks_stay_with_their_files() {
    let mut dealer = Dealer::new(2);
    (0..14).for_each(|number| dealer.add(task(number)));
    let mut files = [Vec::new(), Vec::new()];
    for _ in 0..7 {
        for (rank, files) in files.iter_mut().enumerate() {
            dealer.hear(rank, Report::Ready);
            for (_, order) in dealer.orders() {
                if let Order::Take(task) = order {
                    files.push(task.file);
                    dealer.hear(rank, Report::Done(task.part));
                }
            }
        }
    }
    assert_eq!(files, [vec![0; 7], vec![1; 7]]);
}

#[test]
fn where_all_fails_nothing_more_is_tried() {
    let mut simulation = simulation(vec![worker(0, 1, None)], (0..50).collect());
    simulation.run(50);
    let outcome = simulation.dealer.outcome();
    assert!(outcome.given_up && outcome.set_aside.len() <= HOPELESS + 1);
    let message = outcome.check(Path::new("out")).unwrap_err();
    assert_eq!(message.exit_code(), 1);
    let message = message.to_string();
    assert!(
        message.contains("items 0 to 9: rank 0: bad; rank 0: bad"),
        "{message}"
    );
}

//! Who does which part: what rank 0 knows and decides, without the messages.

use super::Part;
use super::outcome::Outcome;
use super::stock::Stock;
use super::task::{Order, Report, Task};
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

/// After so many parts set aside in a row it is not the parts' fault: a full disk, a wrong driver.
const HOPELESS: usize = 3;

/// Deals parts on request, one ahead of what a rank does, and each to one rank at a time.
pub struct Dealer {
    stock: Stock,
    /// Given back or failed once, with the rank that shall not have it again if there is another.
    again: VecDeque<(Task, Option<usize>)>,
    failed_once: HashMap<Part, String>,
    held: BTreeMap<usize, Vec<Held>>,
    /// Ranks that asked and got nothing yet, the longest waiting first.
    waiting: VecDeque<usize>,
    able: BTreeSet<usize>,
    closed: bool,
    set_aside_in_a_row: usize,
    outcome: Outcome,
}

struct Held {
    task: Task,
    begun: bool,
    asked_back: bool,
}

impl Dealer {
    /// For so many ranks.
    pub fn new(size: usize) -> Dealer {
        Dealer {
            stock: Stock::default(),
            again: VecDeque::new(),
            failed_once: HashMap::new(),
            held: BTreeMap::new(),
            waiting: VecDeque::new(),
            able: (0..size).collect(),
            closed: false,
            set_aside_in_a_row: 0,
            outcome: Outcome::default(),
        }
    }

    /// One more part to do.
    pub fn add(&mut self, task: Task) {
        if !self.outcome.given_up {
            self.stock.add(task);
        }
    }

    /// No more parts will come.
    pub fn close(&mut self) {
        self.closed = true;
    }

    /// What came of the parts.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// Nothing more will come of dealing: all is done or set aside, or nobody can work.
    pub fn is_over(&self) -> bool {
        let none_left = self.closed && self.stock.is_empty() && self.again.is_empty();
        none_left && self.held.values().all(Vec::is_empty)
    }

    /// Takes note of what a rank says.
    pub fn hear(&mut self, rank: usize, report: Report) {
        match report {
            Report::Ready => {
                for held in self.held.entry(rank).or_default() {
                    held.begun = true;
                }
                if self.able.contains(&rank) && !self.waiting.contains(&rank) {
                    self.waiting.push_back(rank);
                }
            }
            Report::Done(part) => {
                if self.drop_held(rank, part).is_some() {
                    self.outcome.parts += 1;
                    self.outcome.items += part.count;
                    *self.outcome.by_rank.entry(rank).or_default() += part.count;
                    self.set_aside_in_a_row = 0;
                    self.failed_once.remove(&part);
                }
            }
            Report::Failed(part, reason) => {
                if let Some(held) = self.drop_held(rank, part) {
                    self.failed(rank, held.task, format!("rank {rank}: {reason}"));
                }
            }
            Report::Returned(part) => {
                if let Some(held) = self.drop_held(rank, part) {
                    self.again.push_front((held.task, None));
                }
            }
            Report::Kept(part) => {
                for held in self.held.entry(rank).or_default() {
                    held.begun |= held.task.part == part;
                }
            }
            Report::Leaving(reason) => self.lose(rank, reason),
        }
    }

    /// This rank does nothing any more: what it had begun has failed, what it had not goes to others.
    pub fn lose(&mut self, rank: usize, reason: String) {
        if !self.able.remove(&rank) {
            return;
        }
        self.waiting.retain(|other| *other != rank);
        for held in self.held.remove(&rank).unwrap_or_default() {
            match held.begun {
                true => self.failed(rank, held.task, format!("rank {rank} ended: {reason}")),
                false => self.again.push_front((held.task, None)),
            }
        }
        self.outcome.lost.push((rank, reason));
        if self.able.is_empty() {
            self.give_up();
        }
    }

    fn drop_held(&mut self, rank: usize, part: Part) -> Option<Held> {
        let held = self.held.get_mut(&rank)?;
        let at = held.iter().position(|held| held.task.part == part)?;
        Some(held.remove(at))
    }

    fn failed(&mut self, rank: usize, task: Task, reason: String) {
        if self.outcome.given_up {
            self.outcome.set_aside.push((task.part, reason));
            return;
        }
        match self.failed_once.remove(&task.part) {
            None => {
                self.failed_once.insert(task.part, reason);
                self.again.push_back((task, Some(rank)));
            }
            Some(first) => {
                let reason = format!("{first}; {reason}");
                self.outcome.set_aside.push((task.part, reason));
                self.set_aside_in_a_row += 1;
                if self.set_aside_in_a_row >= HOPELESS {
                    self.give_up();
                }
            }
        }
    }

    /// What is to be said to whom, after what was heard.
    pub fn orders(&mut self) -> Vec<(usize, Order)> {
        let mut orders = Vec::new();
        let mut without = VecDeque::new();
        while let Some(rank) = self.waiting.pop_front() {
            match self.take(rank) {
                Some(task) => {
                    let held = Held {
                        task,
                        begun: false,
                        asked_back: false,
                    };
                    self.held.entry(rank).or_default().push(held);
                    orders.push((rank, Order::Take(task)));
                }
                None => without.push_back(rank),
            }
        }
        self.waiting = without;
        self.ask_back(&mut orders);
        orders
    }

    fn take(&mut self, rank: usize) -> Option<Task> {
        let others = self.able.len() > 1;
        let free = |(_, not): &(Task, Option<usize>)| !others || *not != Some(rank);
        if let Some(at) = self.again.iter().position(free) {
            return self.again.remove(at).map(|(task, _)| task);
        }
        self.stock.take(rank)
    }

    fn give_up(&mut self) {
        self.outcome.given_up = true;
        self.closed = true;
        self.stock.clear();
        self.again.clear();
    }

    /// For each rank that has nothing at all, one part is asked back that waits behind another one's work.
    fn ask_back(&mut self, orders: &mut Vec<(usize, Order)>) {
        let nothing = |rank: &&usize| self.held.get(rank).is_none_or(Vec::is_empty);
        let mut idle = self.waiting.iter().filter(nothing).count();
        let all = self.held.values().flatten();
        idle = idle.saturating_sub(all.filter(|held| held.asked_back && !held.begun).count());
        for (rank, held) in &mut self.held {
            let others_first = held.len() > 1;
            let last = held
                .last_mut()
                .filter(|last| idle > 0 && others_first && !last.begun && !last.asked_back);
            if let Some(last) = last {
                last.asked_back = true;
                idle -= 1;
                orders.push((*rank, Order::GiveBack(last.task.part)));
            }
        }
    }
}

#[cfg(test)]
#[path = "dealer_tests.rs"]
mod tests;

//! A rank's own table: parts that it was given lie here until its worker takes them.

use super::Part;
use super::task::{Order, Report, Task};
use std::collections::VecDeque;
use std::sync::mpsc::Sender;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Shared by the thread that speaks with rank 0 and the threads that work.
pub struct Desk {
    state: Mutex<State>,
    changed: Condvar,
    reports: Sender<Report>,
}

#[derive(Default)]
struct State {
    dealt: VecDeque<Task>,
    /// Parts that are not begun: lying here, or being read.
    ahead: Vec<Part>,
    closed: bool,
}

impl Desk {
    /// An empty one; it asks for a first part at once.
    pub(super) fn new(reports: Sender<Report>) -> Desk {
        let desk = Desk {
            state: Mutex::default(),
            changed: Condvar::new(),
            reports,
        };
        desk.say(Report::Ready);
        desk
    }

    /// The next part to read; waits for it. Nothing once all is done.
    pub fn next(&self) -> Option<Task> {
        let mut state = self.state();
        loop {
            if state.closed {
                return None;
            }
            if let Some(task) = state.dealt.pop_front() {
                return Some(task);
            }
            state = (self.changed.wait(state)).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// To be called before the work on a part that was read: whether it still is this rank's.
    /// The next one is on its way from here on.
    pub fn begin(&self, part: Part) -> bool {
        let mut state = self.state();
        let before = state.ahead.len();
        state.ahead.retain(|ahead| *ahead != part);
        let ours = state.ahead.len() < before && !state.closed;
        if ours {
            self.say(Report::Ready);
        }
        ours
    }

    /// The part's outputs are stored.
    pub fn done(&self, part: Part) {
        self.say(Report::Done(part));
    }

    /// The part has no outputs, for this reason.
    pub fn failed(&self, part: Part, reason: String) {
        let ahead = &mut self.state().ahead;
        let before = ahead.len();
        ahead.retain(|ahead| *ahead != part);
        self.say(Report::Failed(part, reason));
        if ahead.len() < before {
            self.say(Report::Ready);
        }
    }

    /// Takes note of what rank 0 says.
    pub(super) fn obey(&self, order: Order) {
        let mut state = self.state();
        match order {
            Order::Take(task) => {
                state.ahead.push(task.part);
                state.dealt.push_back(task);
            }
            Order::GiveBack(part) if state.ahead.contains(&part) => {
                state.ahead.retain(|ahead| *ahead != part);
                state.dealt.retain(|task| task.part != part);
                self.say(Report::Returned(part));
                self.say(Report::Ready);
            }
            Order::GiveBack(part) => self.say(Report::Kept(part)),
            Order::Stop => state.closed = true,
        }
        self.changed.notify_all();
    }

    /// The worker has ended.
    pub(super) fn leave(&self, reason: String) {
        self.say(Report::Leaving(reason));
    }

    fn say(&self, report: Report) {
        // The listener ends after all who speak.
        let _ = self.reports.send(report);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

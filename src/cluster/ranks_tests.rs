//! Dealing between threads: whatever they do, every part is done once.

use super::*;
use crate::cluster::{Part, Threads};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// A rank that vanishes after so many messages.
struct Mortal(Threads, Cell<usize>);

impl Communicator for Mortal {
    fn rank(&self) -> usize {
        self.0.rank()
    }

    fn size(&self) -> usize {
        self.0.size()
    }

    fn local_rank(&self) -> usize {
        self.0.local_rank()
    }

    fn send(&self, to: usize, bytes: &[u8]) -> Result<()> {
        match self.1.get() {
            0 => Err(Error::Usage("it vanishes".into())),
            left => {
                self.1.set(left - 1);
                self.0.send(to, bytes)
            }
        }
    }

    fn receive(&self, wait: Duration) -> Result<Option<Event>> {
        self.0.receive(wait)
    }
}

fn task(number: u64) -> Task {
    Task {
        part: Part {
            first: number,
            count: 1,
        },
        file: 0,
        file_first: 0,
    }
}

/// Does parts that take so long; those in `bad` fail the first time.
fn work(
    desk: &Desk,
    took: Duration,
    bad: &[u64],
    seen: &Mutex<BTreeMap<u64, usize>>,
) -> Result<()> {
    while let Some(task) = desk.next() {
        if !desk.begin(task.part) {
            continue;
        }
        thread::sleep(took);
        let times = {
            let mut seen = seen.lock().unwrap();
            let times = seen.entry(task.part.first).or_default();
            *times += 1;
            *times
        };
        match bad.contains(&task.part.first) && times == 1 {
            true => desk.failed(task.part, "the first time".into()),
            false => desk.done(task.part),
        }
    }
    Ok(())
}

/// Deals so many parts to ranks that live for so many messages; returns how often each part was worked on.
fn deal(parts: u64, lives: &[usize], bad: &[u64]) -> (Outcome, BTreeMap<u64, usize>) {
    let seen = Mutex::new(BTreeMap::new());
    let mut ranks = Threads::ranks(1 + lives.len());
    let followers = ranks.split_off(1);
    let rank_0 = ranks.remove(0);
    let (total, outcome) = thread::scope(|scope| {
        for (rank, lives) in followers.into_iter().zip(lives) {
            let took = Duration::from_millis(rank.rank() as u64 * 2);
            let seen = &seen;
            scope.spawn(move || {
                follow(&Mortal(rank, Cell::new(*lives)), |desk| {
                    work(desk, took, bad, seen)
                })
            });
        }
        let _dismissal = Dismissal(&rank_0);
        let find = |send: &mut dyn FnMut(Task) -> bool| {
            Ok((0..parts).filter(|number| send(task(*number))).count() as u64)
        };
        let took = Duration::from_millis(1);
        lead(
            &rank_0,
            find,
            |desk| work(desk, took, bad, &seen),
            &mut |_| (),
        )
        .unwrap()
    });
    assert_eq!(total, parts);
    (outcome, seen.into_inner().unwrap())
}

#[test]
fn every_part_is_done_once_by_any_number_of_ranks() {
    for others in [0, 1, 2, 6] {
        let (outcome, seen) = deal(60, &vec![usize::MAX; others], &[]);
        assert_eq!((outcome.parts, outcome.items), (60, 60));
        assert_eq!(outcome.lost, []);
        assert!(
            seen.len() == 60 && seen.values().all(|times| *times == 1),
            "{seen:?}"
        );
    }
}

#[test]
fn what_failed_once_is_done_again() {
    let (outcome, seen) = deal(20, &[usize::MAX; 2], &[3, 4, 19]);
    assert_eq!((outcome.parts, outcome.set_aside.len()), (20, 0));
    let twice: Vec<u64> = (seen.iter().filter(|(_, times)| **times == 2))
        .map(|(part, _)| *part)
        .collect();
    assert_eq!(twice, [3, 4, 19]);
}

#[test]
fn ranks_may_vanish_at_any_message() {
    for lives in 0..12 {
        let (outcome, seen) = deal(30, &[lives, usize::MAX, lives + 1], &[]);
        assert_eq!(outcome.parts, 30, "lives {lives}: {outcome:?}");
        // What a rank had begun when it vanished is done again, and nothing else.
        let again: usize = seen.values().map(|times| times - 1).sum();
        assert!(again <= 2 * 2, "{seen:?}");
    }
}

#[test]
fn a_worker_that_cannot_work_is_reported_and_replaced() {
    let mut ranks = Threads::ranks(2);
    let follower = ranks.remove(1);
    let seen = Mutex::default();
    let (_, outcome) = thread::scope(|scope| {
        scope.spawn(move || {
            follow(&follower, |_| Err(Error::NoDevice("no device".into()))).unwrap();
        });
        let _dismissal = Dismissal(&ranks[0]);
        let find = |send: &mut dyn FnMut(Task) -> bool| {
            // It has time to say so.
            thread::sleep(Duration::from_millis(50));
            Ok((0..5).filter(|number| send(task(*number))).count() as u64)
        };
        lead(
            &ranks[0],
            find,
            |desk| work(desk, LISTEN, &[], &seen),
            &mut |_| (),
        )
        .unwrap()
    });
    assert_eq!(outcome.parts, 5);
    assert_eq!(outcome.lost, [(1, "no device".to_string())]);
}

#[test]
fn an_error_of_rank_0_releases_the_others() {
    let mut ranks = Threads::ranks(3);
    let followers = ranks.split_off(1);
    thread::scope(|scope| {
        for follower in followers {
            scope.spawn(move || {
                follow(&follower, |desk| work(desk, LISTEN, &[], &Mutex::default())).unwrap();
            });
        }
        let _dismissal = Dismissal(&ranks[0]);
        let wrong = || Error::Usage("wrong".into());
        let led = lead(&ranks[0], |_| Err(wrong()), |_| Ok(()), &mut |_| ());
        assert_eq!(led.unwrap_err().to_string(), "wrong");
    });
}

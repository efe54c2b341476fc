//! Messages between two ranks of MPI: of any length, split or not, in their order.

#![cfg_attr(
    not(feature = "mpi"),
    allow(dead_code, reason = "ranks of MPI alone send")
)]

use super::ranks::messenger;

/// Bytes of a piece in this test, so that messages of some kilobytes are split like large ones.
const PIECE: usize = 1000;
/// Lengths at the bounds of what is split.
const LENGTHS: [usize; 9] = [0, 1, 4095, 4096, 4097, 5096, 5097, 100_000, 3_000_001];
/// More than MPI counts.
const LARGE: usize = (1 << 31) + 5;

fn message(length: usize, rank: usize) -> Vec<u8> {
    (0..length).map(|at| (at % 251 + rank) as u8).collect()
}

#[cfg(not(feature = "mpi"))]
pub fn run_as_rank(_: bool) {}

/// Rank 1 sends all, rank 0 sends them back.
#[cfg(feature = "mpi")]
pub fn run_as_rank(large: bool) {
    use std::time::Duration;
    use trimaran::cluster::{Communicator, Event, Mpi};
    let (ranks, lengths) = match large {
        true => (Mpi::join(), &[LARGE, 1][..]),
        false => (Mpi::with_pieces(PIECE), &LENGTHS[..]),
    };
    let ranks = ranks.unwrap();
    assert_eq!((ranks.size(), ranks.local_rank()), (2, ranks.rank()));
    let other = 1 - ranks.rank();
    assert!(ranks.send(2, b"").is_err() && ranks.send(ranks.rank(), b"").is_err());
    let send = || {
        for &length in lengths {
            ranks.send(other, &message(length, ranks.rank())).unwrap();
        }
    };
    if ranks.rank() == 1 {
        assert_eq!(ranks.receive(Duration::ZERO).ok(), Some(None));
        send();
    }
    for &length in lengths {
        let bytes = message(length, other);
        let want = Event::Message { from: other, bytes };
        let got = ranks.receive(Duration::from_secs(60)).unwrap();
        assert!(got == Some(want), "message of {length} bytes");
    }
    if ranks.rank() == 0 {
        send();
    }
    println!("rank {} has all", ranks.rank());
}

pub fn by_mpi() {
    exchange("messages");
}

pub fn large_by_mpi() {
    exchange("large messages");
}

fn exchange(what: &str) {
    let ended = messenger(what).output().unwrap();
    let said = String::from_utf8_lossy(&ended.stdout);
    let complaint = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{complaint}");
    for rank in 0..2 {
        assert!(said.contains(&format!("rank {rank} has all")), "{said}");
    }
}

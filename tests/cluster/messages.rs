//! Messages between two ranks of MPI: of any length, split or not, in their order.

use super::ranks::messenger;

/// Bytes of a piece in this test, so that messages of some kilobytes are split like large ones.
#[cfg(feature = "mpi")]
const PIECE: usize = 1000;
/// Lengths at the bounds of what is split.
#[cfg(feature = "mpi")]
const LENGTHS: [usize; 9] = [0, 1, 4095, 4096, 4097, 5096, 5097, 100_000, 3_000_001];

#[cfg(feature = "mpi")]
fn message(length: usize, rank: usize) -> Vec<u8> {
    (0..length).map(|at| (at % 251 + rank) as u8).collect()
}

#[cfg(not(feature = "mpi"))]
pub fn run_as_rank() {}

/// Rank 1 sends all, rank 0 sends them back.
#[cfg(feature = "mpi")]
pub fn run_as_rank() {
    use std::time::Duration;
    use trimaran::cluster::{Communicator, Event, Mpi};
    let ranks = Mpi::with_pieces(PIECE).unwrap();
    assert_eq!((ranks.size(), ranks.local_rank()), (2, ranks.rank()));
    let other = 1 - ranks.rank();
    assert_eq!(ranks.receive(Duration::ZERO).ok(), Some(None));
    assert!(ranks.send(2, b"").is_err() && ranks.send(ranks.rank(), b"").is_err());
    let send = || {
        for length in LENGTHS {
            ranks.send(other, &message(length, ranks.rank())).unwrap();
        }
    };
    if ranks.rank() == 1 {
        send();
    }
    for length in LENGTHS {
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
    let ended = messenger().output().unwrap();
    let said = String::from_utf8_lossy(&ended.stdout);
    let complaint = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{complaint}");
    for rank in 0..2 {
        assert!(said.contains(&format!("rank {rank} has all")), "{said}");
    }
}

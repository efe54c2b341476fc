//! Who writes a buffer during a dispatch: all threads through atomics, or each its own strip.

use std::sync::atomic::{AtomicU64, Ordering};

/// One bit a binding's slot; kernels bind at most a dozen.
#[derive(Default)]
pub(super) struct Claims {
    shared: AtomicU64,
    alone: AtomicU64,
}

impl Claims {
    /// Whether all threads may write it: nobody has it alone.
    pub(super) fn share(&self, slot: usize) -> bool {
        let bit = bit(slot);
        // Marked first, so that of a `share` and a `claim` at the same time one at least is refused.
        self.shared.fetch_or(bit, Ordering::SeqCst);
        self.alone.load(Ordering::SeqCst) & bit == 0
    }

    /// Whether strips may be cut from it: nobody has asked for it before.
    pub(super) fn claim(&self, slot: usize) -> bool {
        let bit = bit(slot);
        let before = self.alone.fetch_or(bit, Ordering::SeqCst);
        (before | self.shared.load(Ordering::SeqCst)) & bit == 0
    }
}

/// Slots beyond the last bit share it, which refuses too much and never too little.
fn bit(slot: usize) -> u64 {
    1 << slot.min(63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_is_shared_or_cut_once() {
        let claims = Claims::default();
        assert!(claims.share(0) && claims.share(0) && !claims.claim(0));
        assert!(claims.claim(1) && !claims.claim(1) && !claims.share(1));
    }
}

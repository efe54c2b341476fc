//! The steps of `bigint/polynomial`, and the words that they are on the device.

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Action {
    /// left + right mod n, of residues.
    Sum,
    /// left - right mod n, of residues.
    Difference,
    /// left x right / 2^(32 words) mod n; the right one is a residue.
    Product,
    /// left, or n - left where the right one, which is an operand, is below zero.
    Signed,
}

/// Where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// An earlier step's value, in one of [`SLOTS`](super::polynomial::SLOTS).
    Slot(u32),
    /// A constant, of which the first is n.
    Constant(u32),
    /// An element of an operand.
    Operand(u32),
}

impl Source {
    const fn code(self) -> u32 {
        match self {
            Source::Slot(at) => at,
            Source::Constant(at) => 1 << 30 | at,
            Source::Operand(at) => 2 << 30 | at,
        }
    }

    const fn of(code: u32) -> Source {
        let at = code & ((1 << 30) - 1);
        match code >> 30 {
            0 => Source::Slot(at),
            1 => Source::Constant(at),
            _ => Source::Operand(at),
        }
    }
}

/// One of the steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What is done.
    pub action: Action,
    /// The slot that the value is kept in.
    pub slot: u32,
    /// The left value.
    pub left: Source,
    /// The right value.
    pub right: Source,
}

impl Step {
    /// As the kernel has it.
    pub(super) fn code(&self) -> [u32; 4] {
        let Step { left, right, .. } = self;
        [self.action as u32, self.slot, left.code(), right.code()]
    }

    /// The step of this code; none where no step has it.
    pub(super) fn of([action, slot, left, right]: &[u32; 4]) -> Option<Step> {
        use Action::{Difference, Product, Signed, Sum};
        let actions = [Sum, Difference, Product, Signed];
        Some(Step {
            action: *actions.get(*action as usize)?,
            slot: *slot,
            left: Source::of(*left),
            right: Source::of(*right),
        })
    }
}

//! Operands of a kernel as its native body reads them: a word of as many numbers as there are lanes.

use crate::Result;
use crate::gpu::Call;
use crate::kernels::bigint::operands::Operands;
use crate::lanes::{Instructions, Words};

/// Numbers of a group: a multiple of the lanes of any instruction set, and work for microseconds.
pub const GROUP: usize = 256;

/// Rows that the processor reads side by side as fast as one after another.
const FEW_ROWS: usize = 8;

/// Numbers of a group of so many words each, operands and results together: what a small second-level cache holds, of
/// few words what the first level does.
pub fn group(words: usize) -> usize {
    let numbers = (1 << 16) / words.max(1);
    (numbers / 64 * 64).clamp(64, 256)
}

/// One operand: word k of number i stands at [k x stride + first + i x step].
#[derive(Clone, Copy)]
pub struct Operand<'a> {
    /// All words.
    pub all: &'a [u32],
    /// Where the first word of the first number stands.
    pub first: usize,
    /// From a word to the next.
    pub stride: usize,
    /// From a number to the next: 1 or 0.
    pub step: usize,
}

impl<'a> Operand<'a> {
    /// Word k of a number; 0 beyond what is bound.
    #[inline(always)]
    pub fn word(&self, k: usize, number: usize) -> u32 {
        let at = k * self.stride + self.first + number * self.step;
        self.all.get(at).copied().unwrap_or(0)
    }

    /// Whether the other is the same numbers.
    pub fn is(&self, other: &Self) -> bool {
        let place = |operand: &Self| (operand.first, operand.stride, operand.step);
        std::ptr::eq(self.all, other.all) && place(self) == place(other)
    }

    /// Word k of so many numbers from this one on; nothing where one number serves for all, or beyond what is bound.
    pub fn row(&self, k: usize, [number, count]: [usize; 2]) -> Option<&'a [u32]> {
        let at = k * self.stride + self.first + number;
        let row = self.all.get(at..at + count);
        row.filter(|_| self.step != 0)
    }

    /// So many words of the numbers from this one on, copied into near memory row by row, as far memory is read fastest:
    /// a vector at a time has too many rows for the processor to see what comes next, and rows a power of two apart
    /// drive one another out of caches. Few rows stay where they are. Number 0 of what it returns is the first.
    pub fn near<'n>(
        &self,
        [words, first, count]: [usize; 3],
        memory: &'n mut Vec<u32>,
    ) -> Operand<'n>
    where
        'a: 'n,
    {
        if words <= FEW_ROWS || self.step == 0 {
            let first = self.first + first * self.step;
            return Operand { first, ..*self };
        }
        memory.resize(words * count, 0);
        for (k, row) in memory.chunks_exact_mut(count.max(1)).enumerate() {
            match self.row(k, [first, count]) {
                Some(words) => row.copy_from_slice(words),
                None => row.fill(0),
            }
        }
        Operand {
            all: memory,
            first: 0,
            stride: count,
            step: 1,
        }
    }

    /// Word k of the numbers from this one on, `live` of them.
    #[inline(always)]
    pub fn lanes<S: Instructions>(
        &self,
        simd: S,
        k: usize,
        number: usize,
        live: usize,
    ) -> Words<S> {
        let at = k * self.stride + self.first + number * self.step;
        match self.all.get(at..at + Words::<S>::COUNT) {
            Some(words) if live >= Words::<S>::COUNT && self.step != 0 => Words::load(simd, words),
            _ => self.last_lanes(simd, at, live),
        }
    }

    /// Where one number serves for all, or there are fewer than lanes.
    #[inline(always)]
    fn last_lanes<S: Instructions>(&self, simd: S, at: usize, live: usize) -> Words<S> {
        let words = self.all.get(at..).unwrap_or(&[]);
        match self.step {
            0 => Words::splat(simd, words.first().copied().unwrap_or(0)),
            _ => Words::load(simd, &words[..live.min(words.len()).min(Words::<S>::COUNT)]),
        }
    }
}

/// The two operands of a kernel, and its parameters.
#[derive(Clone, Copy)]
pub struct Both<'a> {
    /// The parameters.
    pub operands: Operands,
    /// Left operands.
    pub left: Operand<'a>,
    /// Right operands.
    pub right: Operand<'a>,
}

impl<'a> Both<'a> {
    /// Those that are bound.
    ///
    /// # Errors
    /// What the bindings report.
    pub fn of(call: &Call<'a>) -> Result<Self> {
        let operands: Operands = call.uniform("operands")?;
        let place = |word: u32| word as usize;
        let left = Operand {
            all: call.read("left")?,
            first: place(operands.left_first),
            stride: place(operands.left_stride),
            step: place(operands.left_step),
        };
        let right = Operand {
            all: call.read("right")?,
            first: place(operands.right_first),
            stride: place(operands.right_stride),
            step: place(operands.right_step),
        };
        Ok(Both {
            operands,
            left,
            right,
        })
    }

    /// Numbers of the result.
    pub fn count(&self) -> usize {
        self.operands.count as usize
    }

    /// Words of each operand.
    pub fn words(&self) -> usize {
        self.operands.words as usize
    }

    /// The sign words of the operands: they stand where the numbers' first words would with these words for all.
    ///
    /// # Errors
    /// What the bindings report.
    pub fn signs(&self, call: &Call<'a>) -> Result<[Operand<'a>; 2]> {
        let sign = |operand: Operand<'a>, name: &str| -> Result<Operand<'a>> {
            Ok(Operand {
                all: call.read(name)?,
                ..operand
            })
        };
        Ok([
            sign(self.left, "left_signs")?,
            sign(self.right, "right_signs")?,
        ])
    }
}

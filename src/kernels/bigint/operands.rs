//! Numbers on the device as kernels take them, and the parameters that all kernels of two operands share.

use crate::gpu::{Args, Batch, Buffer, Gpu};
use crate::{Error, Result};

/// Text of the shared parameters and bindings.
pub const OPERANDS: &str = include_str!("../../../shaders/lib/operands.wgsl");
/// Invocations of a workgroup, one number each.
pub const WORKGROUP: u32 = 64;
/// The constant of that name.
pub const CONSTANTS: [(&str, f64); 1] = [("WORKGROUP", WORKGROUP as f64)];

/// Words of a number that a single invocation may go through a few times: software devices stop an invocation silently
/// after 65,535 turns of loops.
pub const MOST_WORDS: usize = 1 << 14;

crate::host_struct!(
    /// Parameters of kernels of two operands.
    Operands {
        count: u32, words: u32,
        left_first: u32, left_stride: u32, left_step: u32,
        right_first: u32, right_stride: u32, right_step: u32,
        modulus_stride: u32, modulus_step: u32,
        begin: u32, end: u32, right_words: u32,
    }
);

/// Magnitudes on the device: word k of number i stands at [k x stride + first + i x step].
#[derive(Clone, Copy)]
pub struct Numbers<'a> {
    /// All words.
    pub words: &'a Buffer<u32>,
    /// Where the first word of the first number stands.
    pub first: usize,
    /// From a word of a number to its next.
    pub stride: usize,
    /// From a number to the next: 1, or 0 where one number serves for all.
    pub step: usize,
}

impl<'a> Numbers<'a> {
    /// All numbers of a buffer that holds `count`.
    pub fn all(words: &'a Buffer<u32>, count: usize) -> Self {
        Self::from(words, count, 0)
    }

    /// Those from number `first` on of a buffer that holds `count`.
    pub fn from(words: &'a Buffer<u32>, count: usize, first: usize) -> Self {
        Numbers {
            words,
            first,
            stride: count,
            step: 1,
        }
    }

    /// The only number of a buffer, for all numbers of the other operands.
    pub fn one(words: &'a Buffer<u32>) -> Self {
        Numbers {
            words,
            first: 0,
            stride: 1,
            step: 0,
        }
    }
}

impl Numbers<'_> {
    /// # Errors
    /// [`Error::Usage`] where so many numbers of so many words reach beyond the buffer.
    pub(super) fn check(&self, count: usize, words: usize) -> Result<()> {
        let numbers = count.saturating_sub(1) * self.step + 1;
        let end = self.first + words.saturating_sub(1) * self.stride + numbers;
        fits(self.words, if count * words == 0 { 0 } else { end })
    }
}

/// # Errors
/// [`Error::Usage`] where the buffer holds less than so many words.
pub(super) fn fits<T>(buffer: &Buffer<T>, words: usize) -> Result<()> {
    match buffer.len() {
        len if len >= words => Ok(()),
        len => Err(Error::Usage(format!(
            "a buffer of {len} words for numbers that take {words}"
        ))),
    }
}

/// Two operands of a kernel: so many numbers, so many words of each.
#[derive(Clone, Copy)]
pub struct Pairs<'a> {
    /// Numbers of the result.
    pub count: usize,
    /// Words of each operand.
    pub words: usize,
    /// Left operands.
    pub left: Numbers<'a>,
    /// Right operands; may be of the same buffer.
    pub right: Numbers<'a>,
}

impl Pairs<'_> {
    /// The parameters, for kernels of one dispatch and no modulus.
    pub fn operands(&self) -> Operands {
        let word = |number: usize| number as u32;
        Operands {
            count: word(self.count),
            words: word(self.words),
            left_first: word(self.left.first),
            left_stride: word(self.left.stride),
            left_step: word(self.left.step),
            right_first: word(self.right.first),
            right_stride: word(self.right.stride),
            right_step: word(self.right.step),
            modulus_stride: 0,
            modulus_step: 0,
            begin: 0,
            end: 0,
            right_words: 0,
        }
    }

    /// Binds parameters and operands.
    ///
    /// # Errors
    /// What binding reports; [`Error::Usage`] where an operand reaches beyond its buffer.
    pub fn bind(&self, gpu: &Gpu, args: Args, operands: Operands) -> Result<Args> {
        for operand in [self.left, self.right] {
            operand.check(self.count, self.words)?;
        }
        args.with("operands", &gpu.uniform(operands)?)?
            .with("left", self.left.words)?
            .with("right", self.right.words)
    }

    /// Binds parameters, operands and their signs, which stand where their numbers do: that of number i at
    /// [first + i x step].
    ///
    /// # Errors
    /// As [`Pairs::bind`].
    pub(super) fn bind_signed(
        &self,
        gpu: &Gpu,
        args: Args,
        [left_signs, right_signs]: [&Buffer<u32>; 2],
    ) -> Result<Args> {
        self.bind(gpu, args, self.operands())?
            .with("left_signs", left_signs)?
            .with("right_signs", right_signs)
    }

    /// Records a dispatch of an invocation for each number.
    ///
    /// # Errors
    /// What the device reports.
    pub(super) fn dispatch(&self, gpu: &Gpu, batch: &mut Batch, args: Args) -> Result<()> {
        let widest = gpu.limits().workgroups_per_dimension;
        batch.dispatch(args, groups(self.count, widest))?;
        Ok(())
    }
}

/// Workgroups for so many invocations: wide first, then high.
pub fn groups(invocations: usize, widest: u32) -> [u32; 3] {
    let groups = (invocations as u32).div_ceil(WORKGROUP);
    let wide = groups.clamp(1, widest);
    [wide, groups.div_ceil(wide).max(1), 1]
}

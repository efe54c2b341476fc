//! Where results stand in buffers.

use super::launch::Argument;
use half::f16;

/// How a number stands in a buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Whole number, 32 bits.
    U32,
    /// Whole number with a sign, 32 bits.
    I32,
    /// Single precision.
    F32,
    /// Half precision, 16 bits.
    F16,
}

/// `count` numbers in the buffer bound to `binding`, the first at `offset`, each `stride` bytes behind the one before.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[allow(missing_docs, reason = "the sentence above names the fields")]
pub struct Values {
    pub binding: &'static str,
    pub offset: usize,
    pub stride: usize,
    pub count: usize,
    pub format: Format,
    /// Taken in ascending order: where they stand is the threads' affair.
    pub sorted: bool,
}

impl Values {
    /// The first `count` numbers of a buffer of 32-bit numbers.
    pub fn first(binding: &'static str, format: Format, count: usize) -> Self {
        Self::each(binding, format, count, [0, 4])
    }

    /// One number of each of `count` elements: its place in an element, and the element's size, in bytes.
    pub fn each(
        binding: &'static str,
        format: Format,
        count: usize,
        [offset, stride]: [usize; 2],
    ) -> Self {
        Values {
            binding,
            offset,
            stride,
            count,
            format,
            sorted: false,
        }
    }

    /// The numbers that stand there; where the buffer ends before them, NaN.
    fn read(&self, bytes: &[u8]) -> Vec<f64> {
        let places = (0..self.count).map(|k| self.offset + k * self.stride);
        let number = |at| self.format.read(bytes.get(at..)?);
        let mut numbers: Vec<f64> = places.map(|at| number(at).unwrap_or(f64::NAN)).collect();
        if self.sorted {
            numbers.sort_by(f64::total_cmp);
        }
        numbers
    }
}

impl Format {
    fn read(self, bytes: &[u8]) -> Option<f64> {
        let word = || bytes.first_chunk().copied();
        Some(match self {
            Format::U32 => u32::from_le_bytes(word()?).into(),
            Format::I32 => i32::from_le_bytes(word()?).into(),
            Format::F32 => f32::from_le_bytes(word()?).into(),
            Format::F16 => f16::from_le_bytes(*bytes.first_chunk()?).into(),
        })
    }
}

/// The numbers that stand at `values` in these buffers, in that order; NaN for what no buffer holds.
pub fn gather(values: &[Values], buffers: &[Argument]) -> Vec<f64> {
    let numbers = values.iter().flat_map(|values| {
        let named = buffers.iter().find(|buffer| buffer.name == values.binding);
        values.read(named.map_or(&[], Argument::bytes))
    });
    numbers.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_by_place_size_and_format() {
        let words = [7, (-7_i32) as u32, 1.5_f32.to_bits(), 0x3c00_4000];
        let buffers = [Argument::new("words", &words)];
        let read = |format, offset, stride, count| {
            gather(
                &[Values::each("words", format, count, [offset, stride])],
                &buffers,
            )
        };
        assert_eq!(read(Format::U32, 0, 4, 1), [7.0]);
        assert_eq!(read(Format::I32, 4, 4, 1), [-7.0]);
        assert_eq!(read(Format::F32, 8, 4, 1), [1.5]);
        assert_eq!(read(Format::F16, 12, 2, 2), [2.0, 1.0]);
        assert_eq!(
            read(Format::U32, 0, 8, 2),
            [7.0, f64::from(1.5_f32.to_bits())]
        );
    }

    #[test]
    fn what_is_not_there_is_not_a_number() {
        let buffers = [Argument::new("words", &[1_u32])];
        let beyond = gather(&[Values::first("words", Format::U32, 2)], &buffers);
        assert!(beyond[0] == 1.0 && beyond[1].is_nan());
        assert!(gather(&[Values::first("others", Format::U32, 1)], &buffers)[0].is_nan());
    }

    #[test]
    fn sorted_numbers_ascend() {
        let buffers = [Argument::new("queue", &[3_u32, 1, 2, 0])];
        let queue = Values {
            sorted: true,
            ..Values::first("queue", Format::U32, 3)
        };
        assert_eq!(gather(&[queue], &buffers), [1.0, 2.0, 3.0]);
    }
}

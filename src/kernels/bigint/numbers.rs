//! Numbers between the host's order, one after another, and the kernels', limb-major.

/// The words of these numbers limb-major: `words` of each, 0 for those that a number has not.
pub fn limb_major(numbers: &[Vec<u32>], words: usize) -> Vec<u32> {
    let word = |k: usize| {
        numbers
            .iter()
            .map(move |number| number.get(k).copied().unwrap_or(0))
    };
    (0..words).flat_map(word).collect()
}

/// The numbers whose words stand limb-major, `words` of each.
pub fn one_by_one(limb_major: &[u32], words: usize) -> Vec<Vec<u32>> {
    let count = limb_major.len().checked_div(words).unwrap_or(0);
    let number = |i: usize| (0..words).map(|k| limb_major[k * count + i]).collect();
    (0..count).map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let numbers = vec![vec![1, 2], vec![3, 4], vec![5, 6]];
        let words = limb_major(&numbers, 2);
        assert_eq!(words, [1, 3, 5, 2, 4, 6]);
        assert_eq!(one_by_one(&words, 2), numbers);
        assert_eq!(limb_major(&[vec![7]], 2), [7, 0]);
    }
}

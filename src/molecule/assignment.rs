//! The assignment problem: rows to columns at the least total cost.

/// Least sum of `cost(row, column)` over all one-to-one assignments of `size` rows to `size` columns.
///
/// Shortest augmenting paths with potentials (R. Jonker, A. Volgenant, Computing 38:325, 1987); `size`^3 steps.
/// Costs must be finite.
pub(super) fn least_cost(size: usize, cost: impl Fn(usize, usize) -> f64) -> f64 {
    // Index `size` stands for "no row yet" and "no column yet".
    let mut row_of = vec![size; size + 1];
    let mut row_potential = vec![0.0; size + 1];
    let mut column_potential = vec![0.0; size + 1];
    for row in 0..size {
        let mut slack = vec![f64::INFINITY; size];
        let mut came_from = vec![size; size];
        let mut visited = vec![false; size + 1];
        let mut column = size;
        row_of[size] = row;
        loop {
            visited[column] = true;
            let here = row_of[column];
            let (mut step, mut next) = (f64::INFINITY, size);
            for other in (0..size).filter(|&other| !visited[other]) {
                let reduced = cost(here, other) - row_potential[here] - column_potential[other];
                if reduced < slack[other] {
                    slack[other] = reduced;
                    came_from[other] = column;
                }
                if slack[other] < step {
                    (step, next) = (slack[other], other);
                }
            }
            for other in 0..=size {
                if visited[other] {
                    row_potential[row_of[other]] += step;
                    column_potential[other] -= step;
                } else {
                    slack[other] -= step;
                }
            }
            column = next;
            if row_of[column] == size || column == size {
                break;
            }
        }
        while column != size {
            let before = came_from[column];
            row_of[column] = row_of[before];
            column = before;
        }
    }
    (0..size).map(|column| cost(row_of[column], column)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The least cost by trying all permutations.
    fn by_trying(
        size: usize,
        row: usize,
        taken: &mut Vec<usize>,
        cost: &dyn Fn(usize, usize) -> f64,
    ) -> f64 {
        if row == size {
            return 0.0;
        }
        let mut best = f64::INFINITY;
        for column in 0..size {
            if !taken.contains(&column) {
                taken.push(column);
                best = best.min(cost(row, column) + by_trying(size, row + 1, taken, cost));
                taken.pop();
            }
        }
        best
    }

    proptest::proptest! {
        #[test]
        fn is_what_trying_all_gives(size in 0usize..6, costs in proptest::collection::vec(0.0..10.0f64, 36)) {
            let cost = |row: usize, column: usize| costs[6 * row + column];
            let wanted = by_trying(size, 0, &mut Vec::new(), &cost);
            proptest::prop_assert!((least_cost(size, cost) - wanted).abs() < 1e-9);
        }
    }
}

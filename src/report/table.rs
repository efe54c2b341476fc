//! A table for people to read in a terminal.

use super::{Table, Values};
use std::fmt::Write;

/// The named columns of the first `rows` rows, aligned: numbers to the right, text to the left.
pub fn text(table: &Table, columns: &[&str], rows: usize) -> String {
    let shown: Vec<_> = table
        .columns
        .iter()
        .filter(|c| columns.contains(&c.name))
        .collect();
    let rows = rows.min(table.rows());
    let cells: Vec<Vec<String>> = shown
        .iter()
        .map(|c| {
            std::iter::once(c.name.to_string())
                .chain((0..rows).map(|row| c.values.text(row)))
                .collect()
        })
        .collect();
    let widths: Vec<usize> = cells
        .iter()
        .map(|c| c.iter().map(|s| s.chars().count()).max().unwrap_or(0))
        .collect();
    let mut text = String::new();
    for row in 0..=rows {
        let mut line = String::new();
        for ((column, cells), width) in shown.iter().zip(&cells).zip(&widths) {
            let cell = &cells[row];
            // Writing to a String cannot fail.
            let _ = match column.values {
                Values::Text(_) => write!(line, "{cell:<width$}  "),
                _ => write!(line, "{cell:>width$}  "),
            };
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::example;

    #[test]
    fn columns_are_aligned() {
        let text = super::text(&example(), &["ligand", "energy"], 10);
        assert_eq!(text, "ligand  energy\na, \"b\"  -7.123\nc\n");
    }
}

//! Tables and documents out: one file a format.

pub mod csv;
pub mod json;
pub mod parquet;
pub mod table;

/// A table of columns of equal length.
#[derive(Clone, Debug)]
pub struct Table {
    /// Columns, left to right.
    pub columns: Vec<Column>,
}

/// One named column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Name in every format.
    pub name: &'static str,
    /// Its values, one a row.
    pub values: Values,
}

/// Values of one kind; `None` is an empty cell.
#[derive(Clone, Debug)]
pub enum Values {
    /// Text; an empty cell is an empty text.
    Text(Vec<String>),
    /// Whole numbers.
    Integer(Vec<Option<i64>>),
    /// Real numbers, and the decimals that formats for reading show.
    Real(Vec<Option<f64>>, usize),
}

impl Table {
    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.values.len())
    }
}

impl Values {
    /// Number of values.
    pub fn len(&self) -> usize {
        match self {
            Values::Text(values) => values.len(),
            Values::Integer(values) => values.len(),
            Values::Real(values, _) => values.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of one row as text: fixed decimals, empty where there is none.
    pub fn text(&self, row: usize) -> String {
        match self {
            Values::Text(values) => values[row].clone(),
            Values::Integer(values) => values[row].map_or(String::new(), |n| n.to_string()),
            Values::Real(values, decimals) => {
                values[row].map_or(String::new(), |x| fixed(x, *decimals))
            }
        }
    }
}

/// A number with fixed decimals and no minus before zeros.
fn fixed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        Some(digits) if digits.bytes().all(|b| matches!(b, b'0' | b'.')) => digits.to_string(),
        _ => text,
    }
}

#[cfg(test)]
pub(crate) fn example() -> Table {
    let column = |name, values| Column { name, values };
    Table {
        columns: vec![
            column("rank", Values::Integer(vec![Some(1), None])),
            column("ligand", Values::Text(vec!["a, \"b\"".into(), "c".into()])),
            column("energy", Values::Real(vec![Some(-7.12345), None], 3)),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::fixed;

    #[test]
    fn zeros_have_no_sign() {
        assert_eq!(fixed(-0.0001, 3), "0.000");
        assert_eq!(fixed(-0.0006, 3), "-0.001");
        assert_eq!(fixed(12.3456, 3), "12.346");
    }
}

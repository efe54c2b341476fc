//! Rows as JSON objects.

use super::{Table, Values};
use serde_json::{Map, Value};

/// The first `rows` rows, each an object from column name to value; an empty number is null.
pub fn rows(table: &Table, rows: usize) -> Vec<Value> {
    let object = |row| {
        let pairs = table
            .columns
            .iter()
            .map(|c| (c.name.to_string(), value(&c.values, row)));
        Value::Object(pairs.collect::<Map<_, _>>())
    };
    (0..rows.min(table.rows())).map(object).collect()
}

fn value(values: &Values, row: usize) -> Value {
    match values {
        Values::Text(values) => values[row].clone().into(),
        Values::Integer(values) => values[row].into(),
        Values::Real(values, _) => values[row].into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::example;

    #[test]
    fn numbers_stay_whole_and_gaps_are_null() {
        let rows = serde_json::to_string(&super::rows(&example(), 9)).unwrap();
        let want = r#"[{"energy":-7.12345,"ligand":"a, \"b\"","rank":1},{"energy":null,"ligand":"c","rank":null}]"#;
        assert_eq!(rows, want);
    }
}

//! Comma-separated values (RFC 4180, lines end with a newline alone).

use super::Table;
use std::io::{self, Write};

/// Writes a header and all rows.
///
/// # Errors
/// Those of the writer.
pub fn write(table: &Table, writer: impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(writer);
    csv.write_record(table.columns.iter().map(|column| column.name))?;
    for row in 0..table.rows() {
        csv.write_record(table.columns.iter().map(|column| column.values.text(row)))?;
    }
    csv.flush()
}

#[cfg(test)]
mod tests {
    use super::super::example;

    #[test]
    fn quotes_what_needs_it_and_leaves_gaps_empty() {
        let mut text = Vec::new();
        super::write(&example(), &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        assert_eq!(text, "rank,ligand,energy\n1,\"a, \"\"b\"\"\",-7.123\n,c,\n");
    }
}

//! Apache Parquet, zstd-compressed, every column with its proper type.

use super::{Column, Table, Values};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::column::writer::ColumnWriterImpl;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};
use std::io::{self, Write};
use std::sync::Arc;

/// Rows of one row group: bounds the memory of a reader.
const ROW_GROUP: usize = 1 << 20;

/// Writes the table: text as required UTF-8 strings, numbers as optional INT64 or DOUBLE in full precision.
///
/// # Errors
/// Those of the writer.
pub fn write(table: &Table, writer: impl Write + Send) -> io::Result<()> {
    write_groups(table, writer).map_err(|error| match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(io) => *io,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    })
}

fn write_groups(table: &Table, writer: impl Write + Send) -> Result<()> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by(concat!("trimaran ", env!("CARGO_PKG_VERSION")).into())
        .build();
    let mut file = SerializedFileWriter::new(writer, schema(table)?, Arc::new(properties))?;
    for first in (0..table.rows()).step_by(ROW_GROUP) {
        let rows = first..table.rows().min(first + ROW_GROUP);
        let mut group = file.next_row_group()?;
        for column in &table.columns {
            let missing = || ParquetError::General("fewer columns than the schema says".into());
            write_column(
                &column.values,
                rows.clone(),
                group.next_column()?.ok_or_else(missing)?,
            )?;
        }
        group.close()?;
    }
    file.close().map(|_| ())
}

fn schema(table: &Table) -> Result<TypePtr> {
    let fields = table.columns.iter().map(field).collect::<Result<_>>()?;
    Ok(Arc::new(
        Type::group_type_builder("table")
            .with_fields(fields)
            .build()?,
    ))
}

fn field(column: &Column) -> Result<TypePtr> {
    let (physical, repetition, logical) = match column.values {
        Values::Text(_) => (
            Physical::BYTE_ARRAY,
            Repetition::REQUIRED,
            Some(LogicalType::String),
        ),
        Values::Integer(_) => (Physical::INT64, Repetition::OPTIONAL, None),
        Values::Real(..) => (Physical::DOUBLE, Repetition::OPTIONAL, None),
    };
    let builder = Type::primitive_type_builder(column.name, physical);
    let field = builder
        .with_repetition(repetition)
        .with_logical_type(logical)
        .build()?;
    Ok(Arc::new(field))
}

fn write_column(
    values: &Values,
    rows: std::ops::Range<usize>,
    mut column: SerializedColumnWriter,
) -> Result<()> {
    match values {
        Values::Text(values) => {
            let bytes: Vec<ByteArray> = values[rows]
                .iter()
                .map(|text| text.as_str().into())
                .collect();
            column
                .typed::<ByteArrayType>()
                .write_batch(&bytes, None, None)?;
        }
        Values::Integer(values) => optional(&values[rows], column.typed::<Int64Type>())?,
        Values::Real(values, _) => optional(&values[rows], column.typed::<DoubleType>())?,
    }
    column.close()
}

/// Parquet keeps only the values that are there, and a level of 0 or 1 for each row.
fn optional<T: DataType>(
    values: &[Option<T::T>],
    column: &mut ColumnWriterImpl<'_, T>,
) -> Result<()> {
    let present: Vec<T::T> = values.iter().flatten().cloned().collect();
    let levels: Vec<i16> = values.iter().map(|value| value.is_some().into()).collect();
    column
        .write_batch(&present, Some(&levels), None)
        .map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;

    #[test]
    fn reads_back_what_was_written() {
        let mut file = tempfile::tempfile().unwrap();
        super::write(&example(), &mut file).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let rows: Vec<_> = reader
            .get_row_iter(None)
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].get_long(0).unwrap(), 1);
        assert_eq!(rows[0].get_string(1).unwrap(), "a, \"b\"");
        assert_eq!(rows[0].get_double(2).unwrap(), -7.12345);
        assert!(rows[1].get_long(0).is_err() && rows[1].get_double(2).is_err());
    }
}

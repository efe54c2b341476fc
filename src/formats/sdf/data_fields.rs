//! The data fields behind a connection table: `>  <NAME>`, the value's lines, an empty line.

use super::Lines;

/// All fields up to `$$$$` or the end; a value of several lines keeps its line breaks.
pub(super) fn read(lines: &mut Lines) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut open = false;
    for line in lines.by_ref() {
        if line.starts_with("$$$$") {
            break;
        } else if let Some(name) = field_name(line) {
            fields.push((name, String::new()));
            open = true;
        } else if line.trim().is_empty() {
            open = false;
        } else if let (true, Some((_, value))) = (open, fields.last_mut()) {
            let gap = if value.is_empty() { "" } else { "\n" };
            value.push_str(gap);
            value.push_str(line.trim_end());
        }
    }
    fields
}

/// The name in a header line: what stands between the first `<` and the last `>` of it.
fn field_name(line: &str) -> Option<String> {
    let rest = line.strip_prefix('>')?;
    let (from, to) = (rest.find('<')?, rest.rfind('>')?);
    rest.get(from + 1..to).map(str::to_string)
}

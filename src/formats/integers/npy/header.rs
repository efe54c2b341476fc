//! The header of a `.npy` file: a dictionary in Python's notation.

/// What the dictionary says of an array of limbs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Rows: numbers.
    pub numbers: u64,
    /// Limbs of a row.
    pub limbs: u64,
    /// Bytes of a limb: 1, 2, 4 or 8.
    pub bytes: u64,
}

impl Header {
    /// Reads the dictionary.
    ///
    /// # Errors
    /// What is missing, or cannot be read as unsigned limbs.
    pub fn parse(text: &str) -> Result<Header, String> {
        let order = value(text, "fortran_order")?;
        let shape = shape(value(text, "shape")?)?;
        let (numbers, limbs) = match shape[..] {
            [numbers] => (numbers, 1),
            [numbers, limbs] => (numbers, limbs),
            _ => {
                return Err(format!(
                    "an array of {} dimensions; (n,) or (n, k) holds integers",
                    shape.len()
                ));
            }
        };
        if limbs == 0 && numbers > 0 {
            return Err("rows without limbs hold no integers".into());
        }
        if order.starts_with("True") && numbers > 1 && limbs > 1 {
            return Err("the array is in Fortran order: save numpy.ascontiguousarray of it".into());
        }
        Ok(Header {
            numbers,
            limbs,
            bytes: limb_bytes(value(text, "descr")?)?,
        })
    }

    /// Bytes of a row; none where they are beyond counting.
    pub fn row(&self) -> Option<usize> {
        self.limbs.checked_mul(self.bytes)?.try_into().ok()
    }

    /// The dictionary of rows of limbs.
    pub fn text(&self) -> String {
        let Header {
            numbers,
            limbs,
            bytes,
        } = self;
        let order = if *bytes == 1 { '|' } else { '<' };
        format!(
            "{{'descr': '{order}u{bytes}', 'fortran_order': False, 'shape': ({numbers}, {limbs}), }}"
        )
    }
}

/// What stands behind a key.
fn value<'a>(text: &'a str, key: &str) -> Result<&'a str, String> {
    let missing = || format!("the header has no `{key}`");
    let quoted = [format!("'{key}'"), format!("\"{key}\"")];
    let rest = quoted
        .iter()
        .find_map(|key| text.split_once(key.as_str()))
        .ok_or_else(missing)?
        .1;
    Ok(rest
        .trim_start()
        .strip_prefix(':')
        .ok_or_else(missing)?
        .trim_start())
}

/// The lengths in parentheses.
fn shape(text: &str) -> Result<Vec<u64>, String> {
    let inner = text.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let (inner, _) = inner.ok_or("the header's `shape` is no tuple")?;
    let lengths = inner
        .split(',')
        .map(str::trim)
        .filter(|length| !length.is_empty());
    let length = |text: &str| {
        text.parse()
            .map_err(|_| format!("`{text}` in the header's `shape` is no length"))
    };
    lengths.map(length).collect()
}

fn limb_bytes(text: &str) -> Result<u64, String> {
    let name = text
        .strip_prefix(['\'', '"'])
        .and_then(|rest| rest.split(['\'', '"']).next())
        .unwrap_or(text);
    match name {
        "|u1" | "u1" | "<u1" => Ok(1),
        "<u2" => Ok(2),
        "<u4" => Ok(4),
        "<u8" => Ok(8),
        _ => Err(format!(
            "dtype `{name}`: limbs are little-endian u1, u2, u4 or u8"
        )),
    }
}

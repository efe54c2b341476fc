//! What a run's results depend on, kept beside them, so that parts of different runs never mix.

use crate::whole_file::write_whole;
use crate::{Error, Result};
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// Named settings and fingerprints of inputs, as text.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Parameters(BTreeMap<String, String>);

impl Parameters {
    /// Sets one of them.
    pub fn set(&mut self, name: impl Into<String>, value: impl ToString) {
        self.0.insert(name.into(), value.to_string());
    }

    /// Writes them to `path`, or where that exists already, compares.
    ///
    /// # Errors
    /// `Error::Usage` that names each difference; `Error::File` and `Error::Parse` for an unusable file.
    pub fn agree_with(&self, path: &Path) -> Result<()> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return self.write(path),
            Err(error) => return Err(Error::at(path)(error)),
        };
        let before: Parameters = serde_json::from_str(&text).map_err(|error| Error::Parse {
            file: path.display().to_string(),
            line: error.line(),
            what: format!("no parameters of a run: {error}"),
        })?;
        let differences = self.differences(&before);
        if differences.is_empty() {
            return Ok(());
        }
        let folder = path.parent().unwrap_or(path).display();
        Err(Error::Usage(format!(
            "{folder} holds a run with other settings ({}); repeat those to go on with it, or choose another folder",
            differences.join("; ")
        )))
    }

    fn write(&self, path: &Path) -> Result<()> {
        write_whole(path, |writer| {
            Ok(serde_json::to_writer_pretty(writer, self)?)
        })
    }

    /// One phrase for each name whose value differs.
    fn differences(&self, before: &Parameters) -> Vec<String> {
        let mut names: Vec<&String> = self.0.keys().chain(before.0.keys()).collect();
        names.sort();
        names.dedup();
        let value = |of: &Parameters, name: &String| {
            of.0.get(name).map_or("not given".into(), String::clone)
        };
        names
            .into_iter()
            .filter(|name| self.0.get(*name) != before.0.get(*name))
            .map(|name| {
                format!(
                    "{name}: {} there, {} now",
                    value(before, name),
                    value(self, name)
                )
            })
            .collect()
    }
}

/// 64-bit FNV-1a of some bytes, in hexadecimal: tells inputs apart, guards against no attacker.
/// Source: Fowler, Noll, Vo; draft-eastlake-fnv.
pub fn fingerprint(bytes: impl IntoIterator<Item = u8>) -> String {
    format!("{:016x}", hash64(bytes))
}

/// 64 bits of FNV-1a over bytes: for keys and fingerprints, the same on every machine and in every version.
pub fn hash64(bytes: impl IntoIterator<Item = u8>) -> u64 {
    let step = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprint_has_the_published_values() {
        assert_eq!(fingerprint(*b""), "cbf29ce484222325");
        assert_eq!(fingerprint(*b"foobar"), "85944171f73967e8");
    }

    #[test]
    fn other_settings_are_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("parameters.json");
        let mut first = Parameters::default();
        first.set("runs", 20);
        first.set("seed", 1);
        first.agree_with(&path).unwrap();
        first.agree_with(&path).unwrap();
        let mut second = first.clone();
        second.set("runs", 4);
        let refused = second.agree_with(&path).unwrap_err().to_string();
        assert!(
            refused.contains("runs: 20 there, 4 now") && !refused.contains("seed"),
            "{refused}"
        );
    }
}

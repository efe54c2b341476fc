//! What a kernel is known to get wrong somewhere, declared beside it, so that it is neither hidden nor forgotten.

use crate::gpu::Adapter;

/// Devices on which a kernel fails.
#[derive(Clone, Copy, Debug)]
pub struct KnownFailure {
    /// Part of the adapter's label, such as `llvmpipe` or `, gl`.
    pub adapter: &'static str,
    /// Part of the driver's label, such as `Mesa 22.3`: drivers are mended.
    pub driver: &'static str,
    /// Why it fails.
    pub reason: &'static str,
}

impl KnownFailure {
    /// The failure that is known on this adapter, if any.
    pub fn on<'a>(list: &'a [KnownFailure], adapter: &Adapter) -> Option<&'a KnownFailure> {
        let (name, driver) = (adapter.label(), adapter.driver_label());
        let fits =
            |known: &&KnownFailure| name.contains(known.adapter) && driver.contains(known.driver);
        list.iter().find(fits)
    }

    /// What a test makes of an outcome: a known failure passes as long as it fails.
    ///
    /// # Errors
    /// What is wrong: a failure that is not known, or a known one that is none any more.
    pub fn judge(known: Option<&Self>, outcome: Result<(), String>) -> Result<(), String> {
        match (known, outcome) {
            (None, outcome) => outcome,
            (Some(_), Err(_)) => Ok(()),
            (Some(known), Ok(())) => Err(format!(
                "passes, though it is declared to fail ({}): take it off KNOWN_FAILURES",
                known.reason
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: KnownFailure = KnownFailure {
        adapter: "llvmpipe",
        driver: "Mesa 22",
        reason: "rounds the wrong way",
    };

    #[test]
    fn a_known_failure_must_fail() {
        let fails = || Err("3 of 4 values".to_owned());
        assert_eq!(KnownFailure::judge(Some(&KNOWN), fails()), Ok(()));
        let passed = KnownFailure::judge(Some(&KNOWN), Ok(())).unwrap_err();
        assert!(passed.contains("rounds the wrong way"), "{passed}");
        assert_eq!(KnownFailure::judge(None, fails()), fails());
        assert_eq!(KnownFailure::judge(None, Ok(())), Ok(()));
    }
}

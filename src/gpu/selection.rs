//! Picks adapters by what the user wrote after `--device`.

use super::adapter::{self, Adapter, AdapterKind, Handle, adapters};
use super::driver;
use crate::{Error, Result};

/// All adapters that `selector` allows, best first; `auto` allows all.
///
/// # Errors
/// [`Error::NoDevice`] that names the adapters there are.
pub fn selected(selector: &str) -> Result<Vec<Adapter>> {
    let listed = adapters();
    let numbers = select(&listed, selector)?.into_iter();
    Ok(numbers.map(|number| listed[number].clone()).collect())
}

/// The adapters that `selector` allows with what opens them, best first. Graphics drivers are asked only where one of
/// theirs may be wanted: loading them takes longer than many a job.
///
/// # Errors
/// As [`selected`].
pub(super) fn candidates(selector: &str) -> Result<Vec<(Adapter, Handle)>> {
    let natives = adapter::natives();
    let described: Vec<_> = natives.iter().map(|(adapter, _)| adapter.clone()).collect();
    let drivers_wanted = match selector.trim() {
        "auto" => driver::hardware_is_likely(),
        number_or_name => number_or_name.parse::<usize>().is_ok(),
    };
    if !drivers_wanted && let Ok(numbers) = select(&described, selector) {
        return Ok(pick(natives, &numbers));
    }
    let listed = adapter::listed();
    let described: Vec<_> = listed.iter().map(|(adapter, _)| adapter.clone()).collect();
    let numbers = select(&described, selector)?;
    Ok(pick(listed, &numbers))
}

/// As [`candidates`], the GPUs that are like the best one turned round by `turn`. The processor and software drivers are
/// one device under several names: they have no turns.
///
/// # Errors
/// As [`selected`].
pub(super) fn candidates_in_turn(selector: &str, turn: usize) -> Result<Vec<(Adapter, Handle)>> {
    let mut candidates = candidates(selector)?;
    let described: Vec<_> = candidates.iter().map(|(adapter, _)| adapter).collect();
    let alike = alike(&described);
    candidates[..alike].rotate_left(turn % alike.max(1));
    Ok(candidates)
}

/// How many adapters from the first on are different devices of its kind.
fn alike(adapters: &[&Adapter]) -> usize {
    let Some(first) = adapters.first() else {
        return 0;
    };
    if matches!(first.kind, AdapterKind::Native | AdapterKind::Software) {
        return 1;
    }
    let same = |adapter: &&&Adapter| adapter.kind == first.kind && adapter.backend == first.backend;
    adapters.iter().take_while(same).count()
}

/// Those of the listed ones that bear these numbers, in that order.
fn pick(listed: Vec<(Adapter, Handle)>, numbers: &[usize]) -> Vec<(Adapter, Handle)> {
    let mut listed: Vec<_> = listed.into_iter().map(Some).collect();
    let picked = numbers.iter().filter_map(|number| listed[*number].take());
    picked.collect()
}

/// The numbers of the adapters that `selector` (`auto`, a number, a part of a name) allows, best first.
///
/// # Errors
/// [`Error::NoDevice`] that names the adapters there are.
pub(super) fn select(adapters: &[Adapter], selector: &str) -> Result<Vec<usize>> {
    let wanted = selector.trim().to_lowercase();
    let fits = |adapter: &&Adapter| match wanted.parse::<usize>() {
        Ok(number) => adapter.number == number,
        Err(_) => wanted == "auto" || adapter.name.to_lowercase().contains(&wanted),
    };
    let numbers: Vec<_> = adapters
        .iter()
        .filter(fits)
        .map(|adapter| adapter.number)
        .collect();
    if numbers.is_empty() {
        let known: Vec<_> = adapters
            .iter()
            .map(|adapter| format!("{} {}", adapter.number, adapter.name))
            .collect();
        return Err(Error::NoDevice(format!(
            "no device `{selector}`: choose auto, a number or a part of a name of: {}",
            known.join("; ")
        )));
    }
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::super::adapter::Limits;
    use super::*;

    const LIMITS: Limits = Limits {
        storage_binding_bytes: 128 << 20,
        uniform_binding_bytes: 64 << 10,
        buffer_bytes: 256 << 20,
        storage_buffers: 8,
        workgroups_per_dimension: 65_535,
        invocations_per_workgroup: 256,
        workgroup_memory_bytes: 16 << 10,
    };

    fn adapter(number: usize, name: &str) -> Adapter {
        Adapter {
            number,
            name: name.into(),
            kind: AdapterKind::Discrete,
            backend: "vulkan".into(),
            driver: String::new(),
            driver_info: String::new(),
            features: Vec::new(),
            limits: LIMITS,
        }
    }

    #[test]
    fn picks_by_number_name_and_auto() {
        let list = [adapter(0, "Radeon RX 6800"), adapter(1, "llvmpipe")];
        assert_eq!(select(&list, "auto").unwrap(), [0, 1]);
        assert_eq!(select(&list, "1").unwrap(), [1]);
        assert_eq!(select(&list, "RADEON").unwrap(), [0]);
    }

    #[test]
    fn devices_take_turns_and_names_of_one_do_not() {
        let gl = Adapter {
            backend: "gl".into(),
            ..adapter(2, "Radeon")
        };
        let processor = Adapter {
            kind: AdapterKind::Native,
            ..adapter(3, "cpu")
        };
        let (first, second) = (adapter(0, "Radeon"), adapter(1, "Radeon"));
        assert_eq!(alike(&[&first, &second, &gl, &processor]), 2);
        assert_eq!(alike(&[&processor, &processor]), 1);
        assert_eq!(alike(&[]), 0);
    }

    #[test]
    fn says_what_there_is() {
        let list = [adapter(0, "Radeon RX 6800")];
        let wrong = select(&list, "geforce").unwrap_err().to_string();
        assert!(wrong.contains("0 Radeon RX 6800"), "{wrong}");
    }
}

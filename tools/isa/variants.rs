//! Which kernels are compiled, with which constants: what hosts set for small ligands and for large ones.

use trimaran::gpu::Kernel;
use trimaran::kernels::list;
use trimaran::twin::Listed;

/// A kernel of the list with its constants.
pub struct Variant {
    pub kernel: Kernel,
    /// Which of the kernels of its name it is.
    pub name: &'static str,
    pub constants: &'static [(&'static str, f64)],
}

/// A ligand of most libraries' size: up to 32 atoms and 7 torsions.
const SMALL: &[(&str, f64)] = &[("ATOMS", 32.0), ("FRAGMENTS", 8.0)];
/// A large one: up to 64 atoms and 15 torsions.
const LARGE: &[(&str, f64)] = &[("ATOMS", 64.0), ("FRAGMENTS", 16.0)];
const SMALL_NO_GRADIENT: &[(&str, f64)] = &[("ATOMS", 32.0), ("FRAGMENTS", 8.0), ("GRADIENT", 0.0)];
const LARGE_NO_GRADIENT: &[(&str, f64)] =
    &[("ATOMS", 64.0), ("FRAGMENTS", 16.0), ("GRADIENT", 0.0)];

/// All variants, in the order of the kernels' list.
pub fn variants() -> Vec<Variant> {
    let of = |listed: Listed| {
        let constants = constants(&listed.kernel).iter();
        constants.map(move |constants| Variant {
            kernel: listed.kernel,
            name: listed.variant,
            constants,
        })
    };
    list().into_iter().flat_map(of).collect()
}

/// The constants that a kernel is compiled with, by what it can be sized by.
fn constants(kernel: &Kernel) -> &'static [&'static [(&'static str, f64)]] {
    let sized_by = |name: &str| kernel.capacities.iter().any(|(known, _)| *known == name);
    match kernel.name {
        "dock/solis_wets" => &[SMALL_NO_GRADIENT, LARGE_NO_GRADIENT],
        "dock/census" => &[&[("WORKGROUP", 32.0)]],
        _ if sized_by("SLOTS") => &[&[("SLOTS", 1.0)], &[("SLOTS", 4.0)], &[("SLOTS", 6.0)]],
        _ if sized_by("ATOMS") => &[SMALL, LARGE],
        _ => &[&[]],
    }
}

impl Variant {
    /// The constants in words, such as `ATOMS=32 FRAGMENTS=8`.
    pub fn label(&self) -> String {
        let words = self.constants.iter();
        let words: Vec<_> = words
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        words.join(" ")
    }
}

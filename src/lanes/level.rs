//! The instruction sets this machine can run, best first, and a body run with one of them.

use super::instructions::Instructions;
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
use fearless_simd::Fallback as Baseline;
use fearless_simd::Level as Detected;
#[cfg(target_arch = "aarch64")]
use fearless_simd::aarch64::Neon as Baseline;
#[cfg(target_arch = "x86_64")]
use fearless_simd::x86::{Avx2, Avx512, Sse2 as Baseline};

/// An instruction set that this machine has; what it holds is the proof.
#[derive(Clone, Copy, Debug)]
pub enum Level {
    /// 16 numbers of 32 bits.
    #[cfg(target_arch = "x86_64")]
    Avx512(Avx512),
    /// 8 numbers of 32 bits.
    #[cfg(target_arch = "x86_64")]
    Avx2(Avx2),
    /// What every machine of the architecture has: 4 numbers of 32 bits.
    Baseline(Baseline),
}

/// What runs with any instruction set. `run` must be `#[inline(always)]`, and all that it calls on vectors, too: only
/// what is inlined into [`Level::run`] is compiled with the set's instructions.
pub trait Body {
    /// What it returns.
    type Output;

    /// Does the work with these instructions.
    fn run<S: Instructions>(self, simd: S) -> Self::Output;
}

/// The instruction sets that this machine has, best first.
pub fn levels() -> Vec<Level> {
    let best = Detected::new();
    #[cfg(target_arch = "x86_64")]
    let levels = [
        best.as_avx512().map(Level::Avx512),
        best.as_avx2().map(Level::Avx2),
        best.as_sse2().map(Level::Baseline),
    ];
    #[cfg(target_arch = "aarch64")]
    let levels = [best.as_neon().map(Level::Baseline)];
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    let levels = [Some(Level::Baseline(Baseline::new()))];
    levels.into_iter().flatten().collect()
}

impl Level {
    /// Its name: `avx512`, `avx2`, and `sse2`, `neon` or `scalar` for the baseline.
    pub fn name(self) -> &'static str {
        match self {
            #[cfg(target_arch = "x86_64")]
            Level::Avx512(_) => "avx512",
            #[cfg(target_arch = "x86_64")]
            Level::Avx2(_) => "avx2",
            Level::Baseline(_) if cfg!(target_arch = "x86_64") => "sse2",
            Level::Baseline(_) if cfg!(target_arch = "aarch64") => "neon",
            Level::Baseline(_) => "scalar",
        }
    }

    /// Runs a body, compiled with this level's instructions.
    pub fn run<B: Body>(self, body: B) -> B::Output {
        match self {
            #[cfg(target_arch = "x86_64")]
            Level::Avx512(simd) => run(simd, body),
            #[cfg(target_arch = "x86_64")]
            Level::Avx2(simd) => run(simd, body),
            Level::Baseline(simd) => run(simd, body),
        }
    }
}

fn run<S: Instructions, B: Body>(simd: S, body: B) -> B::Output {
    simd.vectorize(
        #[inline(always)]
        || body.run(simd),
    )
}

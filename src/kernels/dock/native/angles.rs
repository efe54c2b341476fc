//! Sine and cosine of given angles on lanes: the text of shaders/dock/angles.wgsl.

use crate::Result;
use crate::gpu::{Call, Cells};
use crate::lanes::{Body, Instructions, Lanes, Real};

/// The body of `dock/angles`.
///
/// # Errors
/// What the bindings report.
pub fn angles(call: &Call) -> Result<()> {
    let workgroup = call.constant("WORKGROUP")? as usize;
    let radians: &[f32] = call.read("radians")?;
    let results = call.cells("results")?;
    call.for_each_group(|[group, ..]| {
        let first = (group as usize * workgroup).min(radians.len());
        let end = (first + workgroup).min(radians.len());
        call.level().run(Group {
            radians: &radians[first..end],
            first,
            results,
        });
    });
    Ok(())
}

/// The angles of a workgroup.
struct Group<'a> {
    radians: &'a [f32],
    first: usize,
    results: Cells<'a>,
}

impl Body for Group<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Instructions>(self, simd: S) {
        let mut at = self.first;
        for angles in self.radians.chunks(Lanes::<S>::COUNT) {
            let (sine, cosine) = Lanes::load(simd, angles).sine_cosine();
            let both = sine.as_slice().iter().zip(cosine.as_slice());
            for (sine, cosine) in both.take(angles.len()) {
                self.results.store(at, [*sine, *cosine]);
                at += 1;
            }
        }
    }
}

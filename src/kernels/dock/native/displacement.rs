//! How poses on lanes move: chosen by masks, displaced by steps, and the units of these steps.

use super::quaternion::Quaternion;
use super::vector::Vector;
use crate::Result;
use crate::gpu::Call;
use crate::lanes::{Instructions, Lanes, Mask, Real};

/// `yes` in the lanes that the mask chooses, `no` in the others.
#[inline(always)]
pub fn choose<S: Instructions>(chosen: Mask<S>, yes: &[Lanes<S>], no: &mut [Lanes<S>]) {
    for (no, yes) in no.iter_mut().zip(yes) {
        *no = Lanes::select(chosen, *yes, *no);
    }
}

/// Moves poses by these steps (A, radian): translation 3, rotation vector about the centre 3, torsions.
#[inline(always)]
pub fn displace<S: Instructions>(pose: &mut [Lanes<S>], steps: &[Lanes<S>]) {
    for k in 0..3 {
        pose[k] += steps[k];
    }
    let turn = Quaternion::from_rotation_vector(Vector::new([steps[3], steps[4], steps[5]]));
    let orientation = Quaternion {
        v: Vector::new([pose[3], pose[4], pose[5]]),
        w: pose[6],
    };
    let turned = turn.compose(orientation).normalize();
    pose[3..6].copy_from_slice(&turned.v.to_array());
    pose[6] = turned.w;
    for (angle, step) in pose[7..].iter_mut().zip(&steps[6..]) {
        *angle += *step;
    }
}

/// The unit that steps in direction k are measured in: of translation (A), rotation, torsion (radian).
#[inline(always)]
pub fn unit_of(units: [f32; 3], k: usize) -> f32 {
    units[(k / 3).min(2)]
}

/// The three units as the kernel's constants say them.
///
/// # Errors
/// Where it has no such constants.
pub fn units(call: &Call) -> Result<[f32; 3]> {
    let [shift, turn, angle] =
        ["SHIFT_UNIT", "TURN_UNIT", "ANGLE_UNIT"].map(|name| call.constant(name));
    Ok([shift? as f32, turn? as f32, angle? as f32])
}

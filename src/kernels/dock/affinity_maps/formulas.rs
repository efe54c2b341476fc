//! The sums over a receptor at one point, in f64 and in plain loops: what the kernel is held against.

use super::{CEILING, Probe, ProbeBonding, SMOOTHING, Well};
use crate::kernels::dock::map_points::{Bonding, Site, squared};
use crate::twin::Value;

/// The table of a well up to the cut-off, with the size of what each entry was added up from.
pub(super) fn smoothed(well: &Well) -> Vec<Value> {
    let entry = |bin: u32| {
        let [up, down] = well.terms(bin);
        if up + down < CEILING {
            [up + down, up - down]
        } else {
            [CEILING, CEILING]
        }
    };
    let window = |bin: u32| bin.saturating_sub(SMOOTHING).max(1)..=bin + SMOOTHING;
    let least = |bin: u32| {
        window(bin)
            .map(entry)
            .min_by(|a, b| a[0].total_cmp(&b[0]))
            .unwrap_or([CEILING; 2])
    };
    (0..=800).map(least).collect()
}

/// The pair sums at one point, as AutoGrid's papers give them, in f64. `energy` gives the energy of a site (by index) with the probe
/// before directions, and the size of what it was added up from; `None` beyond the cut-off.
pub fn affinity(
    sites: &[Site],
    probe: &Probe,
    point: [i32; 3],
    energy: impl Fn(usize) -> Option<Value>,
) -> Value {
    let nearest = nearest_donor(sites, point);
    let mut sum = [0.0, 0.0];
    let mut extremes: Option<[Value; 2]> = None;
    for (index, site) in sites.iter().enumerate() {
        let Some([energy, size]) = energy(index) else {
            continue;
        };
        let wall = (energy / 100.0).clamp(0.0, 1.0);
        let directed = |shape: f64| energy * (shape + (1.0 - shape) * wall);
        let toward = direction_to(site.position, point);
        match (probe.bonding, site.bonding) {
            (ProbeBonding::Acceptor, donor) if donor.is_donor() => {
                let bond = directed(donor_shape(donor, toward)) * ramp(donor, nearest, toward);
                sum = [sum[0] + bond, sum[1] + size];
            }
            (ProbeBonding::OneLobe, donor) if donor.is_donor() => {
                extremes = Some(extend(
                    extremes,
                    [directed(donor_shape(donor, toward)), size],
                ));
            }
            (ProbeBonding::Donor, acceptor) if acceptor.is_acceptor() => {
                let bond = directed(acceptor_shape(acceptor, toward));
                extremes = Some(extend(extremes, [bond, size]));
            }
            _ => sum = [sum[0] + energy, sum[1] + size],
        }
    }
    let [low, high] = extremes.unwrap_or_default();
    [sum[0] + low[0] + high[0], sum[1] + low[1] + high[1]]
}

fn extend(extremes: Option<[Value; 2]>, bond: Value) -> [Value; 2] {
    let [low, high] = extremes.unwrap_or([bond; 2]);
    [
        if bond[0] < low[0] { bond } else { low },
        if bond[0] > high[0] { bond } else { high },
    ]
}

/// Unit vector from the site to the point; nought where they coincide.
fn direction_to(site: [i32; 3], point: [i32; 3]) -> [f64; 3] {
    let d: [f64; 3] = std::array::from_fn(|axis| f64::from(point[axis] - site[axis]));
    let length = dot(d, d).sqrt().max(1.0);
    d.map(|c| c / length)
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The donor hydrogen nearest to the point, in the order of the kernel's list.
fn nearest_donor(sites: &[Site], point: [i32; 3]) -> Option<Bonding> {
    let distance = |site: &&Site| squared(site.position, point);
    let mut donors: Vec<&Site> = sites.iter().filter(|s| s.bonding.is_donor()).collect();
    donors.sort_by_key(|site| site.kind);
    donors.into_iter().min_by_key(distance).map(|s| s.bonding)
}

fn axis_of(donor: Bonding) -> [f64; 3] {
    match donor {
        Bonding::Donor { axis, .. } => axis.map(f64::from),
        _ => [0.0; 3],
    }
}

/// How far the hydrogen points at the probe.
fn donor_shape(donor: Bonding, toward: [f64; 3]) -> f64 {
    match donor {
        Bonding::Donor { axis, power } => {
            dot(toward, axis.map(f64::from)).max(0.0).powi(power as i32)
        }
        _ => 1.0,
    }
}

/// What the nearest donor leaves to this one: an acceptor bonds with donors that point elsewhere. A hydrogen that points
/// away from the probe keeps its whole wall.
fn ramp(donor: Bonding, nearest: Option<Bonding>, toward: [f64; 3]) -> f64 {
    match (donor, nearest) {
        (Bonding::Donor { axis, .. }, Some(nearest))
            if nearest != donor && dot(toward, axis.map(f64::from)) > 0.0 =>
        {
            let angle = dot(axis_of(nearest), axis_of(donor))
                .clamp(-1.0, 1.0)
                .acos();
            0.5 - 0.5 * (angle * 120.0 / 90.0).cos()
        }
        _ => 1.0,
    }
}

/// How far the lone pairs point at the probe.
fn acceptor_shape(acceptor: Bonding, toward: [f64; 3]) -> f64 {
    match acceptor {
        Bonding::OneLobe { axis } => dot(toward, axis.map(f64::from)).max(0.0).powi(2),
        Bonding::TwoLobes { axis, normal } => {
            let (axis, normal) = (axis.map(f64::from), normal.map(f64::from));
            let cosine = dot(toward, axis);
            let out_of_plane = dot(toward, normal).clamp(-1.0, 1.0).asin();
            let flat: [f64; 3] =
                std::array::from_fn(|k| toward[k] - dot(toward, normal) * normal[k]);
            let length = dot(flat, flat).sqrt().max(1e-9);
            let in_plane = (cosine / length).clamp(-1.0, 1.0).acos();
            if cosine >= 0.0 && normal == [0.0; 3] {
                0.9
            } else if cosine >= 0.0 {
                (0.9 + 0.1 * (2.0 * in_plane).sin()) * out_of_plane.cos()
            } else if cosine >= -0.34202 {
                562.25 * (0.116978 - cosine * cosine).powi(3) * out_of_plane.cos()
            } else {
                0.0
            }
        }
        _ => 1.0,
    }
}

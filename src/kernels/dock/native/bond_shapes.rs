//! Directions of hydrogen bonds in lanes: what the affinity kernel calls donor_shape, acceptor_shape and nearer.

use super::tiles::Tile;
use crate::lanes::{Instructions, Lanes, Real, Whole};

/// The donor hydrogen nearest to each point.
pub(super) struct Nearest<S: Instructions> {
    squared: Whole<S>,
    site: Whole<S>,
    axis: [Lanes<S>; 3],
}

impl<S: Instructions> Nearest<S> {
    #[inline(always)]
    pub(super) fn none(tile: &Tile<S>) -> Self {
        Nearest {
            squared: tile.whole(i32::MAX),
            site: tile.whole(-1),
            axis: [tile.splat(0.0); 3],
        }
    }

    /// Notes a donor hydrogen where it is nearer than those before, and the direction of its bond.
    #[inline(always)]
    pub(super) fn note(&mut self, tile: &Tile<S>, atom: [i32; 4], axis: [f32; 4]) {
        let squared = tile.squared(atom);
        let nearer = squared.less(self.squared);
        self.squared = Whole::select(nearer, squared, self.squared);
        self.site = Whole::select(nearer, tile.whole(atom[3]), self.site);
        for (mine, axis) in self.axis.iter_mut().zip(axis) {
            *mine = Real::select(nearer, tile.splat(axis), *mine);
        }
    }
}

/// 0.5 - 0.5 cos(4/3 angle) as a polynomial in 2 cos(angle / 2) - 1, right to 2e-8; the shader's.
#[inline(always)]
fn ramp<S: Instructions>(cosine: Lanes<S>) -> Lanes<S> {
    const TERMS: [f32; 9] = [
        9.637_702e-6,
        -3.964_129e-5,
        1.551_102e-4,
        -8.143_293_4e-4,
        5.725_053e-3,
        -0.110_858_88,
        -0.600_736_1,
        -0.263_287_13,
        0.969_846_3,
    ];
    let t = (cosine * 2.0 + 2.0).max(cosine.like(0.0)).sqrt() - 1.0;
    let [first, rest @ ..] = TERMS;
    rest.iter()
        .fold(t.like(first), |sum, term| sum.mul_add(t, t.like(*term)))
}

/// The part of a way along an axis, which is the same for all lanes.
#[inline(always)]
fn along<S: Instructions>([x, y, z]: [Lanes<S>; 3], axis: [f32; 4]) -> Lanes<S> {
    let [on_x, on_y, on_z] = [0, 1, 2].map(|k| x.like(axis[k]));
    x.mul_add(on_x, y.mul_add(on_y, z * on_z))
}

/// How far a donor hydrogen points at the points, and how much the nearest donor leaves to this one.
#[inline(always)]
pub(super) fn donor_shape<S: Instructions>(
    nearest: &Nearest<S>,
    site: Whole<S>,
    axis: [f32; 4],
    way: [Lanes<S>; 3],
    inverse: Lanes<S>,
) -> [Lanes<S>; 2] {
    let one = inverse.like(1.0);
    if axis[3] == 0.0 {
        return [one, one];
    }
    let toward = -along(way, axis) * inverse;
    let cosine = toward.max(one.like(0.0));
    let square = cosine * cosine;
    let others = ramp(along(nearest.axis, axis).min(one));
    // A hydrogen that points away is not ramped: AutoGrid leaves its wall whole.
    let ramped = one.like(0.0).less(toward) & !nearest.site.equal(site);
    let directed = if axis[3] == 4.0 {
        square * square
    } else {
        square
    };
    [directed, Real::select(ramped, others, one)]
}

/// How far the lone pairs of an acceptor point at the points (Goodford's form for two lone pairs).
#[inline(always)]
pub(super) fn acceptor_shape<S: Instructions>(
    &[axis, across]: &[[f32; 4]; 2],
    way: [Lanes<S>; 3],
    inverse: Lanes<S>,
) -> Lanes<S> {
    let [nought, one] = [0.0, 1.0].map(|k| inverse.like(k));
    if axis[3] == 0.0 {
        return one;
    }
    let cosine = -along(way, axis) * inverse;
    let square = cosine * cosine;
    if axis[3] == 1.0 {
        return Real::select(nought.less(cosine), square, nought);
    }
    let sideways = along(way, across) * inverse;
    let flat_squared = sideways.mul_add(sideways, square);
    // Cosine of the angle out of the lone pairs' plane; sine of twice the angle in the plane.
    let in_plane = if axis[3] == 3.0 {
        one
    } else {
        flat_squared.sqrt()
    };
    let double = sideways.abs() * 2.0 * cosine * flat_squared.max(one.like(1e-12)).inverse();
    let front = double.mul_add(one.like(0.1), one.like(0.9)) * in_plane;
    let side = -square + 0.116_978;
    let behind = side * side * side * 562.25 * in_plane;
    let behind = Real::select(cosine.less(one.like(-0.342_02)), nought, behind);
    Real::select(cosine.less(nought), behind, front)
}

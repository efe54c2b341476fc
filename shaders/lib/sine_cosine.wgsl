// Sine and cosine to a rounding or two: WGSL promises its own to 2^-11 alone, and some devices take it at its word.

const TWO_OVER_PI: f32 = 0.63661975;
// Pi / 2 in two parts; the first has few bits, so that its multiples are exact.
const HALF_PI_HIGH: f32 = 1.5703125;
const HALF_PI_LOW: f32 = 0.00048382679;

/// (sine, cosine) of an angle in radian, right to 2^-23 of 1 up to some hundred turns.
/// Minimax polynomials in the square of what is left of the angle, at most pi / 4, beside the nearest quarter turn.
fn sine_cosine(angle: f32) -> vec2<f32> {
    let quarters = round(TWO_OVER_PI * angle);
    let x = (angle - quarters * HALF_PI_HIGH) - quarters * HALF_PI_LOW;
    let square = x * x;
    let sine = x + x * square * (-0.16666655 + square * (0.008332174 + square * -0.00019516656));
    let cosine = 1.0 - 0.5 * square
        + square * square * (0.041666655 + square * (-0.001388765 + square * 0.000024463166));
    let quarter = i32(quarters);
    let turned = select(vec2(sine, cosine), vec2(cosine, -sine), (quarter & 1) != 0);
    return select(turned, -turned, (quarter & 2) != 0);
}

// Numbers as limbs of 12 bits, eight to three words, four to a vector: u32 has room for 256 products of two limbs before
// a carry must be taken. The functions that go through all limbs of a number are written by limb_text.rs.

const LIMB_MASK = 0xfffu;

/// The four limbs in the lower half of three words.
fn lower_limbs(first: u32, second: u32) -> vec4<u32> {
    let limbs = vec4<u32>(first, first >> 12u, (first >> 24u) | (second << 8u), second >> 4u);
    return limbs & vec4<u32>(LIMB_MASK);
}

/// The four limbs in their upper half.
fn upper_limbs(second: u32, third: u32) -> vec4<u32> {
    let limbs = vec4<u32>(second >> 16u, (second >> 28u) | (third << 4u), third >> 8u, third >> 20u);
    return limbs & vec4<u32>(LIMB_MASK);
}

/// The three words that eight limbs make.
fn words_of(lower: vec4<u32>, upper: vec4<u32>) -> vec3<u32> {
    return vec3<u32>(
        lower.x | (lower.y << 12u) | (lower.z << 24u),
        (lower.z >> 8u) | (lower.w << 4u) | (upper.x << 16u) | (upper.y << 28u),
        (upper.y >> 4u) | (upper.z << 8u) | (upper.w << 20u),
    );
}

/// Sums of products with the carries from below added, not yet cut to limbs.
fn with_carries(sums: vec4<u32>, below: u32) -> vec4<u32> {
    let x = sums.x + (below >> 12u);
    let y = sums.y + (x >> 12u);
    let z = sums.z + (y >> 12u);
    return vec4<u32>(x, y, z, sums.w + (z >> 12u));
}

/// Differences of limbs with the borrows from below taken, which are bits of the sign; not yet cut to limbs.
fn with_borrows(differences: vec4<u32>, below: i32) -> vec4<i32> {
    let limbs = vec4<i32>(differences);
    let x = limbs.x + (below >> 12u);
    let y = limbs.y + (x >> 12u);
    let z = limbs.z + (y >> 12u);
    return vec4<i32>(x, y, z, limbs.w + (z >> 12u));
}

/// A row of products without its lowest limb, whose carry goes to the next: the first vector of it.
fn first_shifted(lowest: vec4<u32>, next: u32) -> vec4<u32> {
    return vec4<u32>(lowest.y + (lowest.x >> 12u), lowest.z, lowest.w, next);
}

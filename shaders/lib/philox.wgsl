// Philox4x32-10, the counter-based random numbers of Salmon et al., SC'11 (doi:10.1145/2063384.2063405).

/// The 64-bit product of two words: x the high word, y the low one.
/// From 16-bit halves, since the base of WGSL has no 64-bit integers.
fn philox_product(a: u32, b: u32) -> vec2<u32> {
    let low = (a & 0xffffu) * (b & 0xffffu);
    // Neither sum can overflow: (2^16 - 1)^2 + 2 (2^16 - 1) < 2^32.
    let first = (a >> 16u) * (b & 0xffffu) + (low >> 16u);
    let second = (a & 0xffffu) * (b >> 16u) + (first & 0xffffu);
    return vec2<u32>((a >> 16u) * (b >> 16u) + (first >> 16u) + (second >> 16u), a * b);
}

/// Four random words that depend on nothing but the counter and the key.
fn philox(counter: vec4<u32>, key: vec2<u32>) -> vec4<u32> {
    var words = counter;
    var round_key = key;
    for (var round = 0u; round < 10u; round += 1u) {
        let even = philox_product(0xd2511f53u, words.x);
        let odd = philox_product(0xcd9e8d57u, words.z);
        words = vec4<u32>(odd.x ^ words.y ^ round_key.x, odd.y, even.x ^ words.w ^ round_key.y, even.y);
        // Weyl sequences of the golden ratio and of sqrt(3) - 1.
        round_key += vec2<u32>(0x9e3779b9u, 0xbb67ae85u);
    }
    return words;
}

/// A number strictly between 0 and 1 from the upper 23 bits: no rounding, so the same everywhere.
fn uniform01(x: u32) -> f32 {
    return (f32(x >> 9u) + 0.5) * 0x1p-23f;
}

// Products of words with all their 64 bits, which the base of WGSL has no integers for.

/// a b + c, which 64 bits always hold: x the lower word, y the upper one.
fn multiply_add(a: u32, b: u32, c: u32) -> vec2<u32> {
    // From halves of 16 bits. No sum overflows: (2^16 - 1)^2 + 2 (2^16 - 1) < 2^32.
    let low = (a & 0xffffu) * (b & 0xffffu) + (c & 0xffffu);
    let first = (a >> 16u) * (b & 0xffffu) + (low >> 16u) + (c >> 16u);
    let second = (a & 0xffffu) * (b >> 16u) + (first & 0xffffu);
    let high = (a >> 16u) * (b >> 16u) + (first >> 16u) + (second >> 16u);
    return vec2<u32>((second << 16u) | (low & 0xffffu), high);
}

/// The sum of two words, and its carry.
fn add_words(a: u32, b: u32) -> vec2<u32> {
    let sum = a + b;
    return vec2<u32>(sum, u32(sum < a));
}

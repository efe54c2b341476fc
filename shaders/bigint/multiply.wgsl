// Products of magnitudes of WORDS words: one invocation a number, the right operand and the sums in registers.

override WORKGROUP: u32 = 64;

@group(0) @binding(3) var<storage, read_write> products: array<u32>;

fn source_word(source: u32, k: u32, number: u32) -> u32 {
    return right_word(k, number);
}

/// A word of the left operand, 0 behind its last.
fn digit_word(k: u32, number: u32) -> u32 {
    if k >= WORDS { return 0u; }
    return left_word(k, number);
}

/// Three words of the product, those that it has.
fn store_words(k: u32, number: u32, words: vec3<u32>) {
    let at = k * operands.count + number;
    if k < 2u * WORDS { products[at] = words.x; }
    if k + 1u < 2u * WORDS { products[at + operands.count] = words.y; }
    if k + 2u < 2u * WORDS { products[at + 2u * operands.count] = words.z; }
}

/// A limb of the product, and what goes on without it.
struct Step {
    limb: u32,
    rest: Limbs,
}

fn step(sums: Limbs, digit: u32, limbs: Limbs) -> Step {
    let added = row(sums, digit, limbs);
    return Step(added.v0.x & LIMB_MASK, shifted(added));
}

@compute @workgroup_size(WORKGROUP)
fn multiply(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let number = number_of(id, groups, WORKGROUP);
    if number >= operands.count { return; }
    let limbs = limbs_of(0u, number);
    var sums = Limbs();
    for (var k = 0u; k < 3u * TRIPLETS; k += 3u) {
        let first = digit_word(k, number);
        let second = digit_word(k + 1u, number);
        let third = digit_word(k + 2u, number);
        let lower = lower_limbs(first, second);
        let upper = upper_limbs(second, third);
        let s0 = step(sums, lower.x, limbs);
        let s1 = step(s0.rest, lower.y, limbs);
        let s2 = step(s1.rest, lower.z, limbs);
        let s3 = step(s2.rest, lower.w, limbs);
        let s4 = step(s3.rest, upper.x, limbs);
        let s5 = step(s4.rest, upper.y, limbs);
        let s6 = step(s5.rest, upper.z, limbs);
        let s7 = step(s6.rest, upper.w, limbs);
        sums = s7.rest;
        let low = vec4<u32>(s0.limb, s1.limb, s2.limb, s3.limb);
        let high = vec4<u32>(s4.limb, s5.limb, s6.limb, s7.limb);
        store_words(k, number, words_of(low, high));
    }
    store_limbs(3u * TRIPLETS, number, carried(sums));
}

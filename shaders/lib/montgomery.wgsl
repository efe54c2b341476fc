// Montgomery's product of numbers of WORDS words, a b / 2^(32 WORDS) mod n: P. L. Montgomery, Math. Comp. 44 (1985) 519.
// The kernel says with `factor_word(k, number)` where the digits of a stand.

/// -1 / n mod 2^12 for odd n. Each step of Newton's doubles the bits that are right; n itself has three.
fn negative_inverse(n: u32) -> u32 {
    let six = n * (2u - n * n);
    let twelve = six * (2u - n * six);
    return (0u - twelve) & LIMB_MASK;
}

/// A digit of a times b added, and such a multiple of n that the lowest limb is none and can be dropped.
fn reduced_row(sums: Limbs, digit: u32, b: Limbs, n: Limbs, inverse: u32) -> Limbs {
    let added = row(sums, digit, b);
    return shifted(row(added, (added.v0.x * inverse) & LIMB_MASK, n));
}

/// A word of a, moved up as far as all limbs together are longer than it.
fn moved_word(k: u32, number: u32) -> u32 {
    let surplus = 3u * TRIPLETS - WORDS;
    if k < surplus { return 0u; }
    return factor_word(k - surplus, number);
}

/// For a and b less than n.
fn montgomery_product(number: u32, b: Limbs, n: Limbs) -> Limbs {
    let inverse = negative_inverse(n.v0.x);
    var sums = Limbs();
    for (var k = 0u; k < 3u * TRIPLETS; k += 3u) {
        let first = moved_word(k, number);
        let second = moved_word(k + 1u, number);
        let third = moved_word(k + 2u, number);
        let lower = lower_limbs(first, second);
        let upper = upper_limbs(second, third);
        sums = reduced_row(sums, lower.x, b, n, inverse);
        sums = reduced_row(sums, lower.y, b, n, inverse);
        sums = reduced_row(sums, lower.z, b, n, inverse);
        sums = reduced_row(sums, lower.w, b, n, inverse);
        sums = reduced_row(sums, upper.x, b, n, inverse);
        sums = reduced_row(sums, upper.y, b, n, inverse);
        sums = reduced_row(sums, upper.z, b, n, inverse);
        sums = reduced_row(sums, upper.w, b, n, inverse);
        // Of long numbers the limbs have no room for the products of all rows.
        if !SETTLED { sums = passed_on(sums); }
    }
    // Less than 2 n.
    return reduced_once(carried(sums), n);
}

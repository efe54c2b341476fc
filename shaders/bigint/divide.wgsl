// Quotients and remainders of magnitudes by long division, a word of the quotient a step: D. E. Knuth, The Art of Computer
// Programming 2, 4.3.1, algorithm D, with quotients of three words by two by a reciprocal: N. Moeller and T. Granlund,
// "Improved division by invariant integers", IEEE Trans. Computers 60 (2011) 165. A dispatch does some of the steps.

override WORKGROUP: u32 = 64;

@group(0) @binding(3) var<storage, read_write> quotients: array<u32>;
// What is left of the dividends, moved up with their divisors until these have no zero bits at the top.
@group(0) @binding(4) var<storage, read_write> rests: array<u32>;

/// A divisor: its length without zero words, how far it is moved up, its two upper words moved, and the reciprocal.
struct Divisor { words: u32, shift: u32, upper: vec2<u32>, reciprocal: u32 }

fn rest_at(k: u32, number: u32) -> u32 {
    return k * operands.count + number;
}

/// The word above of two neighbouring ones moved up.
fn moved(below: u32, word: u32, shift: u32) -> u32 {
    // A shift by 32 bits is none.
    return (word << shift) | ((below >> 1u) >> (31u - shift));
}

/// Word k of a divisor moved up.
fn divisor_word(k: u32, number: u32, shift: u32) -> u32 {
    var below = 0u;
    if k > 0u { below = right_word(k - 1u, number); }
    return moved(below, right_word(k, number), shift);
}

/// The quotient of 2^64 - 1 by a word with its highest bit set, less 2^32.
fn reciprocal_of_word(divisor: u32) -> u32 {
    var rest = ~divisor;
    var quotient = 0u;
    for (var bit = 0u; bit < 32u; bit += 1u) {
        let beyond = rest >> 31u;
        rest = (rest << 1u) | 1u;
        quotient <<= 1u;
        if beyond == 1u || rest >= divisor {
            rest -= divisor;
            quotient |= 1u;
        }
    }
    return quotient;
}

/// The quotient of 2^96 - 1 by two words, less 2^32: x the lower word of the divisor, y the upper one.
fn reciprocal_of_two(divisor: vec2<u32>) -> u32 {
    var reciprocal = reciprocal_of_word(divisor.y);
    var product = divisor.y * reciprocal + divisor.x;
    if product < divisor.x {
        reciprocal -= 1u;
        if product >= divisor.y {
            reciprocal -= 1u;
            product -= divisor.y;
        }
        product -= divisor.y;
    }
    let lower = multiply_add(reciprocal, divisor.x, 0u);
    product += lower.y;
    if product < lower.y {
        reciprocal -= 1u;
        if product > divisor.y || (product == divisor.y && lower.x >= divisor.x) { reciprocal -= 1u; }
    }
    return reciprocal;
}

/// a - b of two words.
fn less(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
    return vec2<u32>(a.x - b.x, a.y - b.y - u32(a.x < b.x));
}

/// The quotient of three words, of which the upper two are less than the divisor's, by its two.
fn quotient_of_three(low: u32, middle: u32, high: u32, divisor: Divisor) -> u32 {
    let estimate = multiply_add(divisor.reciprocal, high, middle);
    var quotient = estimate.y + high;
    var rest = vec2<u32>(low, middle - quotient * divisor.upper.y);
    rest = less(rest, multiply_add(divisor.upper.x, quotient, 0u));
    rest = less(rest, divisor.upper);
    quotient += 1u;
    if rest.y >= estimate.x {
        quotient -= 1u;
        let sum = add_words(rest.x, divisor.upper.x);
        rest = vec2<u32>(sum.x, rest.y + divisor.upper.y + sum.y);
    }
    if rest.y > divisor.upper.y || (rest.y == divisor.upper.y && rest.x >= divisor.upper.x) { quotient += 1u; }
    return quotient;
}

fn divisor_of(number: u32) -> Divisor {
    var words = 0u;
    for (var k = 0u; k < operands.right_words; k += 1u) {
        if right_word(k, number) != 0u { words = k + 1u; }
    }
    if words == 0u { return Divisor(); }
    let shift = countLeadingZeros(right_word(words - 1u, number));
    var upper = vec2<u32>(0u, divisor_word(words - 1u, number, shift));
    if words > 1u { upper.x = divisor_word(words - 2u, number, shift); }
    return Divisor(words, shift, upper, reciprocal_of_two(upper));
}

/// Takes a multiple of the divisor from the rest, from word `place` on; what is lacking then above it.
fn subtract_multiple(quotient: u32, place: u32, number: u32, divisor: Divisor) -> bool {
    var carry = 0u;
    for (var k = 0u; k < divisor.words; k += 1u) {
        let product = multiply_add(quotient, divisor_word(k, number, divisor.shift), carry);
        let at = rest_at(place + k, number);
        let rest = rests[at];
        rests[at] = rest - product.x;
        carry = product.y + u32(rest < product.x);
    }
    let at = rest_at(place + divisor.words, number);
    let rest = rests[at];
    rests[at] = rest - carry;
    return rest < carry;
}

/// Gives the divisor back once.
fn add_back(place: u32, number: u32, divisor: Divisor) {
    var carry = 0u;
    for (var k = 0u; k < divisor.words; k += 1u) {
        let at = rest_at(place + k, number);
        let first = add_words(rests[at], carry);
        let second = add_words(first.x, divisor_word(k, number, divisor.shift));
        rests[at] = second.x;
        carry = first.y + second.y;
    }
    rests[rest_at(place + divisor.words, number)] += carry;
}

/// Word `place` of the quotient.
fn quotient_word(place: u32, number: u32, divisor: Divisor) -> u32 {
    let above = place + divisor.words;
    if divisor.words == 0u || above > operands.words { return 0u; }
    let high = rests[rest_at(above, number)];
    let middle = rests[rest_at(above - 1u, number)];
    var low = 0u;
    if divisor.words > 1u { low = rests[rest_at(above - 2u, number)]; }
    var quotient = 0xffffffffu;
    if high != divisor.upper.y || middle != divisor.upper.x {
        quotient = quotient_of_three(low, middle, high, divisor);
    }
    // The words below the upper two may make it one too large.
    if subtract_multiple(quotient, place, number, divisor) {
        add_back(place, number, divisor);
        quotient -= 1u;
    }
    return quotient;
}

@compute @workgroup_size(WORKGROUP)
fn divide(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let number = number_of(id, groups, WORKGROUP);
    if number >= operands.count { return; }
    let divisor = divisor_of(number);
    if operands.begin == 0u {
        var below = 0u;
        for (var k = 0u; k < operands.words; k += 1u) {
            let word = left_word(k, number);
            rests[rest_at(k, number)] = moved(below, word, divisor.shift);
            below = word;
        }
        rests[rest_at(operands.words, number)] = moved(below, 0u, divisor.shift);
    }
    for (var step = operands.begin; step < operands.end; step += 1u) {
        let place = operands.words - 1u - step;
        quotients[place * operands.count + number] = quotient_word(place, number, divisor);
    }
    if operands.end < operands.words { return; }
    for (var k = 0u; k < divisor.words; k += 1u) {
        let at = rest_at(k, number);
        let above = rests[rest_at(k + 1u, number)];
        rests[at] = (rests[at] >> divisor.shift) | ((above << 1u) << (31u - divisor.shift));
    }
}

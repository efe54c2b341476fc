// Greatest common divisors by division steps, thirty of them to a pass over the numbers: D. J. Bernstein and B.-Y. Yang,
// "Fast constant-time gcd computation and modular inversion", TCHES 2019 (3) 340. A dispatch does some of the passes;
// between them f and g, each a word longer than the operands and with a sign, stand in `state`.

override WORKGROUP: u32 = 64;

const STEPS = 30u;

@group(0) @binding(3) var<storage, read_write> state: array<u32>;
@group(0) @binding(4) var<storage, read_write> divisors: array<u32>;

/// What thirty steps make of f and g, times 2^30: (u f + v g, q f + r g), with signs.
struct Transition { u: u32, v: u32, q: u32, r: u32, delta: i32 }

fn f_at(k: u32, number: u32) -> u32 {
    return k * operands.count + number;
}

fn g_at(k: u32, number: u32) -> u32 {
    return f_at(operands.words + 1u + k, number);
}

/// Where delta stands, and how many factors 2 were taken out before.
fn delta_at(number: u32) -> u32 {
    return f_at(2u * operands.words + 2u, number);
}

fn twos_at(number: u32) -> u32 {
    return f_at(2u * operands.words + 3u, number);
}

/// Thirty steps, which look at no more than the lowest words of f and g.
fn transition_of(delta: i32, f_low: u32, g_low: u32) -> Transition {
    var f = f_low;
    var g = g_low;
    var t = Transition(1u, 0u, 0u, 1u, delta);
    for (var step = 0u; step < STEPS; step += 1u) {
        let odd = (g & 1u) == 1u;
        if odd && t.delta > 0 {
            t = Transition(t.q, t.r, 0u - t.u, 0u - t.v, -t.delta);
            let old = f;
            f = g;
            g = 0u - old;
        }
        if odd {
            g += f;
            t.q += t.u;
            t.r += t.v;
        }
        g >>= 1u;
        t.u <<= 1u;
        t.v <<= 1u;
        t.delta += 1;
    }
    return t;
}

/// a f + b g + carry for words f and g; a, b and the carry have signs, and so has the upper word of the result.
fn combined(a: u32, f: u32, b: u32, g: u32, carry: u32) -> vec2<u32> {
    let first = multiply_add(a, f, carry);
    let second = multiply_add(b, g, first.x);
    // Taken without its sign, a negative factor is 2^32 too large.
    let excess = select(0u, f, (a >> 31u) == 1u) + select(0u, g, (b >> 31u) == 1u) + (carry >> 31u);
    return vec2<u32>(second.x, first.y + second.y - excess);
}

/// Thirty steps on the whole numbers; whether g is 0 then.
fn pass_over(number: u32) -> bool {
    let delta = bitcast<i32>(state[delta_at(number)]);
    let t = transition_of(delta, state[f_at(0u, number)], state[g_at(0u, number)]);
    var f_sum = vec2<u32>();
    var g_sum = vec2<u32>();
    var any = 0u;
    for (var k = 0u; k <= operands.words; k += 1u) {
        let f = state[f_at(k, number)];
        let g = state[g_at(k, number)];
        let f_next = combined(t.u, f, t.v, g, f_sum.y);
        let g_next = combined(t.q, f, t.r, g, g_sum.y);
        if k > 0u {
            state[f_at(k - 1u, number)] = (f_sum.x >> STEPS) | (f_next.x << (32u - STEPS));
            let word = (g_sum.x >> STEPS) | (g_next.x << (32u - STEPS));
            state[g_at(k - 1u, number)] = word;
            any |= word;
        }
        f_sum = f_next;
        g_sum = g_next;
    }
    state[f_at(operands.words, number)] = bitcast<u32>(bitcast<i32>(f_sum.x) >> STEPS);
    let top = bitcast<u32>(bitcast<i32>(g_sum.x) >> STEPS);
    state[g_at(operands.words, number)] = top;
    state[delta_at(number)] = bitcast<u32>(t.delta);
    return (any | top) == 0u;
}

/// Words of both operands that lie above a place, joined; 0 beyond the last.
fn left_from(k: u32, bits: u32, number: u32) -> u32 {
    if k >= operands.words { return 0u; }
    var above = 0u;
    if k + 1u < operands.words { above = left_word(k + 1u, number); }
    return (left_word(k, number) >> bits) | ((above << 1u) << (31u - bits));
}

fn right_from(k: u32, bits: u32, number: u32) -> u32 {
    if k >= operands.words { return 0u; }
    var above = 0u;
    if k + 1u < operands.words { above = right_word(k + 1u, number); }
    return (right_word(k, number) >> bits) | ((above << 1u) << (31u - bits));
}

/// Common factors 2 taken out; f becomes the operand that is odd then.
fn prepare(number: u32) {
    var twos = 0u;
    var found = false;
    for (var k = 0u; k < operands.words; k += 1u) {
        let word = left_word(k, number) | right_word(k, number);
        if !found { twos += countTrailingZeros(word); }
        found = found || word != 0u;
    }
    let words = twos / 32u;
    let bits = twos % 32u;
    let odd = (left_from(words, bits, number) & 1u) == 1u;
    for (var k = 0u; k <= operands.words; k += 1u) {
        let a = left_from(words + k, bits, number);
        let b = right_from(words + k, bits, number);
        state[f_at(k, number)] = select(b, a, odd);
        state[g_at(k, number)] = select(a, b, odd);
    }
    state[delta_at(number)] = 1u;
    state[twos_at(number)] = twos;
}

/// The magnitude of f with the factors 2 put back.
fn finish(number: u32) {
    let twos = state[twos_at(number)];
    let sign = state[f_at(operands.words, number)] >> 31u;
    let bits = twos % 32u;
    var carry = sign;
    var below = 0u;
    for (var k = 0u; k < operands.words; k += 1u) {
        var word = 0u;
        if k >= twos / 32u {
            let sum = add_words(state[f_at(k - twos / 32u, number)] ^ (0u - sign), carry);
            carry = sum.y;
            word = sum.x;
        }
        divisors[k * operands.count + number] = (word << bits) | ((below >> 1u) >> (31u - bits));
        below = word;
    }
}

@compute @workgroup_size(WORKGROUP)
fn gcd(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let number = number_of(id, groups, WORKGROUP);
    if number >= operands.count { return; }
    if operands.begin == 0u { prepare(number); }
    for (var k = operands.begin; k < operands.end; k += 1u) {
        if pass_over(number) { break; }
    }
    // Of the last dispatch this is the result.
    finish(number);
}

// Powers of residues in Montgomery's form, exponents four bits at a time from above. A dispatch does some of the steps;
// between them numbers stand in `state`: the base's powers 0 to 15, the result so far, and the modulus, so that no operand
// of a product asks where it stands.

override WORKGROUP: u32 = 64;

const POWER = 16u;
const MODULUS = 17u;
// Steps that make the powers 2 to 15 of the base.
const TABLE_STEPS = 14u;

@group(0) @binding(3) var<storage, read> moduli: array<u32>;
// 2^(32 WORDS) mod n: where their moduli stand.
@group(0) @binding(4) var<storage, read> ones: array<u32>;
@group(0) @binding(5) var<storage, read_write> state: array<u32>;

// Which numbers of the state a product is of, and which one it becomes.
var<private> factor: u32;
var<private> becomes: u32;

fn state_at(slot: u32, k: u32, number: u32) -> u32 {
    return (slot * WORDS + k) * operands.count + number;
}

fn modulus_at(k: u32, number: u32) -> u32 {
    return k * operands.modulus_stride + number * operands.modulus_step;
}

fn source_word(source: u32, k: u32, number: u32) -> u32 {
    return state[state_at(source, k, number)];
}

fn factor_word(k: u32, number: u32) -> u32 {
    return state[state_at(factor, k, number)];
}

/// Three words of a product, those that it has: the others are 0.
fn store_words(k: u32, number: u32, words: vec3<u32>) {
    if k < WORDS { state[state_at(becomes, k, number)] = words.x; }
    if k + 1u < WORDS { state[state_at(becomes, k + 1u, number)] = words.y; }
    if k + 2u < WORDS { state[state_at(becomes, k + 2u, number)] = words.z; }
}

/// Four bits of the exponent, counted from its top.
fn digit(place: u32, number: u32) -> u32 {
    let from_below = 8u * operands.right_words - 1u - place;
    return (right_word(from_below / 8u, number) >> (4u * (from_below % 8u))) & 15u;
}

fn prepare(number: u32) {
    for (var k = 0u; k < WORDS; k += 1u) {
        let one = ones[modulus_at(k, number)];
        state[state_at(0u, k, number)] = one;
        state[state_at(1u, k, number)] = left_word(k, number);
        state[state_at(POWER, k, number)] = one;
        state[state_at(MODULUS, k, number)] = moduli[modulus_at(k, number)];
    }
}

@compute @workgroup_size(WORKGROUP)
fn power(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let number = number_of(id, groups, WORKGROUP);
    if number >= operands.count { return; }
    if operands.begin == 0u { prepare(number); }
    let n = limbs_of(MODULUS, number);
    for (var step = operands.begin; step < operands.end; step += 1u) {
        factor = POWER;
        becomes = POWER;
        var other = POWER;
        if step < TABLE_STEPS {
            factor = step + 1u;
            becomes = step + 2u;
            other = 1u;
        } else if (step - TABLE_STEPS) % 5u == 4u {
            // After four squares the product with a power of the table.
            other = digit((step - TABLE_STEPS) / 5u, number);
        }
        store_limbs(0u, number, montgomery_product(number, limbs_of(other, number), n));
    }
}

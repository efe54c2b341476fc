// Sums, differences and products modulo n, one after the other as a list of steps says, for each element: one invocation
// an element. n is odd; products are Montgomery's, a b / 2^(32 WORDS).

override WORKGROUP: u32 = 64;

// Values that are kept at a time.
const SLOTS = 8u;

// Where a value stands: two bits for the kind of place, and which of these places.
const SLOT = 0u;
const CONSTANT = 1u;
const WHICH = 0x3fffffffu;

const SUM = 0u;
const DIFFERENCE = 1u;
const PRODUCT = 2u;

struct Run {
    count: u32,
    // WORDS, for bodies that are the same for all counts of words.
    words: u32,
    steps: u32,
}

@group(0) @binding(0) var<uniform> run: Run;
// What is done, the slot that it is kept in, and where the two values that it is done with stand.
@group(0) @binding(1) var<storage, read> steps: array<vec4<u32>>;
// Numbers of WORDS words, one after another; the first one is n.
@group(0) @binding(2) var<storage, read> constants: array<u32>;
// Of each operand its first number, and how many numbers further that of the next element stands.
@group(0) @binding(3) var<storage, read> places: array<vec2<u32>>;
// All operands' numbers of WORDS words, one after another, and a bit for each, 1 where it is below zero.
@group(0) @binding(4) var<storage, read> numbers: array<u32>;
@group(0) @binding(5) var<storage, read> signs: array<u32>;
@group(0) @binding(6) var<storage, read_write> results: array<u32>;

var<private> slots: array<u32, SLOTS * WORDS>;
// The slot that limbs are stored to, and where a product's left factor stands.
var<private> kept: u32;
var<private> factor: u32;

/// Which of the numbers is an operand's for an element.
fn number_of_operand(operand: u32, element: u32) -> u32 {
    let place = places[operand & WHICH];
    return place.x + element * place.y;
}

fn source_word(source: u32, k: u32, element: u32) -> u32 {
    let which = source & WHICH;
    switch source >> 30u {
        case SLOT: { return slots[which * WORDS + k]; }
        case CONSTANT: { return constants[which * WORDS + k]; }
        default: { return numbers[number_of_operand(source, element) * WORDS + k]; }
    }
}

fn factor_word(k: u32, element: u32) -> u32 {
    return source_word(factor, k, element);
}

/// Three words of a value, those that it has.
fn store_words(k: u32, element: u32, words: vec3<u32>) {
    let at = kept * WORDS + k;
    if k < WORDS { slots[at] = words.x; }
    if k + 1u < WORDS { slots[at + 1u] = words.y; }
    if k + 2u < WORDS { slots[at + 2u] = words.z; }
}

fn sum(a: Limbs, b: Limbs, n: Limbs) -> Limbs {
    return reduced_once(carried(row(a, 1u, b)), n);
}

/// a - b, or n more where that is below zero: limbs of a + n - b lose n again, or only get their carries.
fn difference(a: Limbs, b: Limbs, n: Limbs) -> Limbs {
    let raised = row(row(a, 1u, n), 0xffffffffu, b);
    return reduced_once(reduced_once(raised, n), Limbs());
}

/// The left value, or its negative where the operand that is the right one is below zero.
fn signed_value(a: Limbs, operand: u32, element: u32, n: Limbs) -> Limbs {
    let number = number_of_operand(operand, element);
    if (signs[number / 32u] >> (number % 32u) & 1u) == 0u { return a; }
    return difference(Limbs(), a, n);
}

fn value_of(step: vec4<u32>, element: u32, n: Limbs) -> Limbs {
    factor = step.z;
    switch step.x {
        case SUM: { return sum(limbs_of(step.z, element), limbs_of(step.w, element), n); }
        case DIFFERENCE: { return difference(limbs_of(step.z, element), limbs_of(step.w, element), n); }
        case PRODUCT: { return montgomery_product(element, limbs_of(step.w, element), n); }
        default: { return signed_value(limbs_of(step.z, element), step.w, element, n); }
    }
}

@compute @workgroup_size(WORKGROUP)
fn polynomial(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let element = id.x + id.y * groups.x * WORKGROUP;
    if element >= run.count { return; }
    let n = limbs_of(CONSTANT << 30u, element);
    for (var at = 0u; at < run.steps; at += 1u) {
        let step = steps[at];
        let value = value_of(step, element, n);
        kept = step.y;
        store_limbs(0u, element, value);
    }
    for (var k = 0u; k < WORDS; k += 1u) {
        results[element * WORDS + k] = slots[kept * WORDS + k];
    }
}

// Products of residues in Montgomery's form: a b / 2^(32 WORDS) mod n, n odd, a and b less than n.

override WORKGROUP: u32 = 64;

const RIGHT = 0u;
const MODULUS = 1u;

@group(0) @binding(3) var<storage, read> moduli: array<u32>;
@group(0) @binding(4) var<storage, read_write> products: array<u32>;

fn source_word(source: u32, k: u32, number: u32) -> u32 {
    if source == RIGHT { return right_word(k, number); }
    return moduli[k * operands.modulus_stride + number * operands.modulus_step];
}

fn factor_word(k: u32, number: u32) -> u32 {
    return left_word(k, number);
}

/// Three words of the product, those that it has: the others are 0.
fn store_words(k: u32, number: u32, words: vec3<u32>) {
    let at = k * operands.count + number;
    if k < WORDS { products[at] = words.x; }
    if k + 1u < WORDS { products[at + operands.count] = words.y; }
    if k + 2u < WORDS { products[at + 2u * operands.count] = words.z; }
}

@compute @workgroup_size(WORKGROUP)
fn montgomery(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let number = number_of(id, groups, WORKGROUP);
    if number >= operands.count { return; }
    let n = limbs_of(MODULUS, number);
    store_limbs(0u, number, montgomery_product(number, limbs_of(RIGHT, number), n));
}

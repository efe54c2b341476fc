// Sums and differences of signed numbers: magnitudes beside signs of 0 (plus) and 1 (minus).

override WORKGROUP: u32 = 64;
// 1 takes the right operand with the other sign.
override SUBTRACT: u32 = 0;

@group(0) @binding(3) var<storage, read> left_signs: array<u32>;
@group(0) @binding(4) var<storage, read> right_signs: array<u32>;
// One word more than the operands have.
@group(0) @binding(5) var<storage, read_write> sums: array<u32>;
@group(0) @binding(6) var<storage, read_write> signs: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn add(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let number = number_of(id, groups, WORKGROUP);
    if number >= operands.count { return; }
    let minus = left_signs[left_at(number)];
    let differ = minus ^ right_signs[right_at(number)] ^ SUBTRACT;
    // With different signs the right magnitude is subtracted: its complement and 1 are added.
    let complement = 0u - differ;
    var carry = differ;
    var any = 0u;
    for (var k = 0u; k < operands.words; k += 1u) {
        let word = left_word(k, number);
        let partial = word + (right_word(k, number) ^ complement);
        let sum = partial + carry;
        carry = u32(partial < word) | u32(sum < partial);
        any |= sum;
        sums[k * operands.count + number] = sum;
    }
    // No carry out of a difference: the right magnitude was the larger one, and the difference is its own complement.
    let negative = differ & (carry ^ 1u);
    let top = carry & (differ ^ 1u);
    sums[operands.words * operands.count + number] = top;
    signs[number] = select(0u, minus ^ negative, (any | top) != 0u);
    if negative == 0u { return; }
    carry = 1u;
    for (var k = 0u; k < operands.words; k += 1u) {
        let at = k * operands.count + number;
        let word = ~sums[at] + carry;
        // Only a complement of all ones wraps around, and to 0.
        carry &= u32(word == 0u);
        sums[at] = word;
    }
}

// The lesser or the greater of two signed numbers.

override WORKGROUP: u32 = 64;
// 1 takes the greater one.
override GREATER: u32 = 0;

@group(0) @binding(3) var<storage, read> left_signs: array<u32>;
@group(0) @binding(4) var<storage, read> right_signs: array<u32>;
@group(0) @binding(5) var<storage, read_write> results: array<u32>;
@group(0) @binding(6) var<storage, read_write> signs: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn extreme(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let number = number_of(id, groups, WORKGROUP);
    if number >= operands.count { return; }
    let minus = left_signs[left_at(number)];
    let other = right_signs[right_at(number)];
    // Whether the right number is the greater one, first by magnitudes.
    var right_greater = false;
    for (var k = 0u; k < operands.words; k += 1u) {
        let a = left_word(k, number);
        let b = right_word(k, number);
        right_greater = select(right_greater, b > a, a != b);
    }
    if minus == 1u { right_greater = !right_greater; }
    if minus != other { right_greater = minus == 1u; }
    let takes_right = right_greater == (GREATER == 1u);
    for (var k = 0u; k < operands.words; k += 1u) {
        let at = k * operands.count + number;
        results[at] = select(left_word(k, number), right_word(k, number), takes_right);
    }
    signs[number] = select(minus, other, takes_right);
}

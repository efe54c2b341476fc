// Orders of signed numbers: -1 where the left one is less, 0 where they are equal, 1 where it is greater.

override WORKGROUP: u32 = 64;

@group(0) @binding(3) var<storage, read> left_signs: array<u32>;
@group(0) @binding(4) var<storage, read> right_signs: array<u32>;
@group(0) @binding(5) var<storage, read_write> orders: array<i32>;

@compute @workgroup_size(WORKGROUP)
fn compare(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let number = number_of(id, groups, WORKGROUP);
    if number >= operands.count { return; }
    var order = 0;
    // The last words that differ decide. All invocations of a group go the same way, so nothing is gained from above.
    for (var k = 0u; k < operands.words; k += 1u) {
        let a = left_word(k, number);
        let b = right_word(k, number);
        order = select(order, select(-1, 1, a > b), a != b);
    }
    let minus = left_signs[left_at(number)];
    if minus != right_signs[right_at(number)] {
        order = 1;
    }
    orders[number] = select(order, -order, minus == 1u);
}

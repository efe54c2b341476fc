// Products of magnitudes of any length by columns: the sum of all products of words that belong to a word of the result,
// before carries. One invocation a word of a number, so that none turns often; long columns take several dispatches.

override WORKGROUP: u32 = 64;

// Three words a column.
@group(0) @binding(3) var<storage, read_write> sums: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn columns(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let invocation = number_of(id, groups, WORKGROUP);
    let column = invocation / operands.count;
    let number = invocation % operands.count;
    if column >= operands.words + operands.right_words { return; }
    let at = 3u * column * operands.count + number;
    var sum = vec3<u32>();
    if operands.begin > 0u {
        sum = vec3<u32>(sums[at], sums[at + operands.count], sums[at + 2u * operands.count]);
    }
    // Word j of the left operand meets word column - j of the right one.
    let first = max(operands.begin, column + 1u - min(column + 1u, operands.right_words));
    let end = min(operands.end, min(column + 1u, operands.words));
    for (var j = first; j < end; j += 1u) {
        let product = multiply_add(left_word(j, number), right_word(column - j, number), sum.x);
        let middle = add_words(sum.y, product.y);
        sum = vec3<u32>(product.x, middle.x, sum.z + middle.y);
    }
    sums[at] = sum.x;
    sums[at + operands.count] = sum.y;
    sums[at + 2u * operands.count] = sum.z;
}

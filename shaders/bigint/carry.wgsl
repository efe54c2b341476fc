// Sums of columns made words: each column's three words and the carry from below. A dispatch does some of the columns.

override WORKGROUP: u32 = 64;

struct Columns { count: u32, begin: u32, end: u32 }

@group(0) @binding(0) var<uniform> columns: Columns;
@group(0) @binding(1) var<storage, read> sums: array<u32>;
@group(0) @binding(2) var<storage, read_write> products: array<u32>;
// What goes from one dispatch to the next; a word each.
@group(0) @binding(3) var<storage, read_write> carries: array<u32>;

/// The lower, the middle or the upper word of a column; 0 where there is no such column.
fn sum_word(column: u32, below: u32, number: u32) -> u32 {
    if column < below { return 0u; }
    return sums[(3u * (column - below) + below) * columns.count + number];
}

@compute @workgroup_size(WORKGROUP)
fn carry(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let number = id.x + id.y * groups.x * WORKGROUP;
    if number >= columns.count { return; }
    var above = 0u;
    if columns.begin > 0u { above = carries[number]; }
    for (var column = columns.begin; column < columns.end; column += 1u) {
        let first = add_words(sum_word(column, 0u, number), above);
        let second = add_words(first.x, sum_word(column, 1u, number));
        let third = add_words(second.x, sum_word(column, 2u, number));
        products[column * columns.count + number] = third.x;
        above = first.y + second.y + third.y;
    }
    carries[number] = above;
}

// Two arrays of numbers of equally many words, limb-major, so that neighbouring invocations read neighbouring words.

struct Operands {
    // Numbers of the result, and words of each operand.
    count: u32,
    words: u32,
    // Word k of number i stands at k * stride + first + i * step; a step of 0 makes one number serve for all.
    left_first: u32,
    left_stride: u32,
    left_step: u32,
    right_first: u32,
    right_stride: u32,
    right_step: u32,
    modulus_stride: u32,
    modulus_step: u32,
    // The turns that this dispatch does of a kernel that takes several.
    begin: u32,
    end: u32,
    // Words of each right operand where that may have others: an exponent, a divisor.
    right_words: u32,
}

@group(0) @binding(0) var<uniform> operands: Operands;
@group(0) @binding(1) var<storage, read> left: array<u32>;
@group(0) @binding(2) var<storage, read> right: array<u32>;

/// Where the first word of a left operand stands; its sign, too.
fn left_at(number: u32) -> u32 {
    return operands.left_first + number * operands.left_step;
}

fn right_at(number: u32) -> u32 {
    return operands.right_first + number * operands.right_step;
}

fn left_word(k: u32, number: u32) -> u32 {
    return left[k * operands.left_stride + left_at(number)];
}

fn right_word(k: u32, number: u32) -> u32 {
    return right[k * operands.right_stride + right_at(number)];
}

/// The invocation's number: grids are wide first, then high.
fn number_of(id: vec3<u32>, groups: vec3<u32>, workgroup: u32) -> u32 {
    return id.x + id.y * groups.x * workgroup;
}

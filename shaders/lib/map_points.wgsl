// Eight grid points in a row, and the receptor atoms near their block, on a lattice of 0.001 Angstrom.
//
// Whole numbers, because AutoGrid tabulates by distances cut down to 0.01 Angstrom: on a steep wall the next bin is
// 0.05 kcal/mol away, and f32 distances fall into the wrong one too often.

override BLOCK_Y: u32 = 8;
override BLOCK_Z: u32 = 8;

// 8 Angstrom, squared.
const CUTOFF_SQUARED: i32 = 64000000;

struct Grid {
    points: vec3<u32>,
    spacing: i32,
    first_z: u32,
    pad_a: u32,
    pad_b: u32,
    pad_c: u32,
}

// The part of a row that one invocation works on: `block` counts blocks of 8 x BLOCK_Y x BLOCK_Z points.
struct Row {
    block: u32,
    x: u32,
    y: u32,
    z: u32,
    out: u32,
}

fn row_of(grid: Grid, block: vec3<u32>, blocks: vec3<u32>, local: u32) -> Row {
    let x = block.x * 8;
    // One dimension of invocations: a software device fills its vectors along the first alone.
    let y = block.y * BLOCK_Y + local % BLOCK_Y;
    let z = block.z * BLOCK_Z + local / BLOCK_Y;
    let out = x + grid.points.x * (y + grid.points.y * z);
    return Row(block.x + blocks.x * (block.y + blocks.y * block.z), x, y, z + grid.first_z, out);
}

// x of points `first` to `first` + 3 of the row, 0.001 Angstrom from the grid's first point.
fn four_x(grid: Grid, row: Row, first: u32) -> vec4<i32> {
    return (vec4<i32>(0, 1, 2, 3) + i32(row.x + first)) * grid.spacing;
}

// Whole bins of 0.01 Angstrom in the distance; its root may be one bin off, the comparisons are exact.
fn distance_bin(squared: vec4<i32>, distance: vec4<f32>) -> vec4<i32> {
    let guess = vec4<i32>(distance * 0.1);
    let low = guess * 10;
    let high = low + 10;
    return guess - vec4<i32>(low * low > squared) + vec4<i32>(high * high <= squared);
}

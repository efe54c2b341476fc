// Affinity maps of up to six atom types at once: van der Waals and directional hydrogen bonds. Desolvation, whose sums all
// types share, is the field kernel's.
//
// SLOTS, the number of types, is a constant in front of this text. What is kept for each slot has room for six, since an
// index that is too large is an error even where SLOTS leaves it out; what no slot uses takes no registers.

struct Params {
    grid: Grid,
    // 1 where a slot binds hydrogen as an acceptor or donor: otherwise those atoms are like all others.
    any_acceptor: u32,
    any_donor: u32,
    pad_a: u32,
    pad_b: u32,
    // Of each slot: 0 no hydrogen bonds, 1 donor, 2 acceptor, 3 acceptor with one lone pair.
    bonding: array<vec4<u32>, 2>,
}

alias OfSlots = array<vec4<f32>, 6>;

@group(0) @binding(0) var<uniform> params: Params;
// Of each block: the first run with acceptors, with other atoms, with donors, and the end.
@group(0) @binding(1) var<storage, read> blocks: array<vec4<u32>>;
// Runs of atoms of one kind: kind, first, end.
@group(0) @binding(2) var<storage, read> runs: array<vec4<u32>>;
// Atoms near a block: position, and the site's number.
@group(0) @binding(3) var<storage, read> atoms: array<vec4<i32>>;
// Of each site: axis and shape (donor: the power, 0 spherical; acceptor: 0 spherical, 1 one lobe, 2 two, 3 two without a
// plane), and the direction across the axis in the lone pairs' plane.
@group(0) @binding(4) var<storage, read> directions: array<array<vec4<f32>, 2>>;
// Of each kind and slot: bin of the minimum, radius in bins, depth, 1 for a hydrogen bond.
@group(0) @binding(5) var<storage, read> wells: array<OfSlots>;
// The maps, one after the other.
@group(0) @binding(6) var<storage, read_write> maps: array<f32>;

// Four points: what has been summed for each slot, and the nearest donor hydrogen.
struct Points {
    x: vec4<i32>,
    sum: OfSlots,
    low: OfSlots,
    high: OfSlots,
    nearest: vec4<i32>,
    nearest_squared: vec4<i32>,
    nearest_x: vec4<f32>,
    nearest_y: vec4<f32>,
    nearest_z: vec4<f32>,
}

// An atom as a row of points sees it: y and z do not change along the row.
struct Seen {
    x: i32,
    y: i32,
    z: i32,
    yz_squared: i32,
    site: i32,
}

fn see(row: Row, index: u32) -> Seen {
    let atom = atoms[index];
    let y = atom.y - i32(row.y) * params.grid.spacing;
    let z = atom.z - i32(row.z) * params.grid.spacing;
    return Seen(atom.x, y, z, y * y + z * z, atom.w);
}

// The smoothed 12-6 or 12-10 potential: its least value within 25 bins.
fn well_energy(bin: vec4<f32>, well: vec4<f32>) -> vec4<f32> {
    let t = well.y / min(max(vec4<f32>(well.x), bin - 25.0), bin + 25.0);
    let t2 = t * t;
    let t4 = t2 * t2;
    let t6 = t4 * t2;
    return min(well.z * t6 * (t6 - 2.0), vec4<f32>(100000.0));
}

fn bond_energy(bin: vec4<f32>, well: vec4<f32>) -> vec4<f32> {
    let t = well.y / min(max(vec4<f32>(well.x), bin - 25.0), bin + 25.0);
    let t2 = t * t;
    let t4 = t2 * t2;
    return min(well.z * t4 * t4 * t2 * (5.0 * t2 - 6.0), vec4<f32>(100000.0));
}

fn add_plain(p: Points, atom: Seen, wells: OfSlots) -> OfSlots {
    let dx = atom.x - p.x;
    let squared = dx * dx + atom.yz_squared;
    let near = squared <= vec4<i32>(CUTOFF_SQUARED);
    let bin = vec4<f32>(distance_bin(squared, sqrt(vec4<f32>(squared))));
    let none = vec4<f32>(0.0);
    var sum = p.sum;
    sum[0] += select(none, well_energy(bin, wells[0]), near);
    if SLOTS > 1 { sum[1] += select(none, well_energy(bin, wells[1]), near); }
    if SLOTS > 2 { sum[2] += select(none, well_energy(bin, wells[2]), near); }
    if SLOTS > 3 { sum[3] += select(none, well_energy(bin, wells[3]), near); }
    if SLOTS > 4 { sum[4] += select(none, well_energy(bin, wells[4]), near); }
    if SLOTS > 5 { sum[5] += select(none, well_energy(bin, wells[5]), near); }
    return sum;
}

// Notes the nearest donor hydrogen, and the direction of its bond.
fn nearer(p: ptr<function, Points>, atom: Seen) {
    let dx = atom.x - (*p).x;
    let squared = dx * dx + atom.yz_squared;
    let yes = squared < (*p).nearest_squared;
    let axis = directions[atom.site][0];
    (*p).nearest_squared = select((*p).nearest_squared, squared, yes);
    (*p).nearest = select((*p).nearest, vec4<i32>(atom.site), yes);
    (*p).nearest_x = select((*p).nearest_x, vec4<f32>(axis.x), yes);
    (*p).nearest_y = select((*p).nearest_y, vec4<f32>(axis.y), yes);
    (*p).nearest_z = select((*p).nearest_z, vec4<f32>(axis.z), yes);
}

// 0.5 - 0.5 cos(4/3 angle) as a polynomial in 2 cos(angle / 2) - 1, right to 2e-8.
fn ramp(cosine: vec4<f32>) -> vec4<f32> {
    let t = sqrt(max(2.0 * cosine + 2.0, vec4<f32>(0.0))) - 1.0;
    var p = vec4<f32>(9.637701707e-6);
    p = p * t - 3.964129047e-5;
    p = p * t + 1.5511021251e-4;
    p = p * t - 8.1432933529e-4;
    p = p * t + 5.72505330677e-3;
    p = p * t - 0.11085887677611575;
    p = p * t - 0.6007361144034159;
    p = p * t - 0.26328714217327576;
    return p * t + 0.9698463103929547;
}

// How far a donor hydrogen points at the points, and how much the nearest donor leaves to this one.
fn donor_shape(p: Points, atom: Seen, dx: vec4<f32>, inverse: vec4<f32>) -> array<vec4<f32>, 2> {
    let axis = directions[atom.site][0];
    let toward = -(dx * axis.x + f32(atom.y) * axis.y + f32(atom.z) * axis.z) * inverse;
    let cosine = max(toward, vec4<f32>(0.0));
    let square = cosine * cosine;
    let others = ramp(min(p.nearest_x * axis.x + p.nearest_y * axis.y + p.nearest_z * axis.z, vec4<f32>(1.0)));
    let directed = select(square, square * square, axis.w == 4.0);
    let one = vec4<f32>(1.0);
    return array<vec4<f32>, 2>(
        select(directed, one, axis.w == 0.0),
        // A hydrogen that points away is not ramped: AutoGrid leaves its wall whole.
        select(others, one, (p.nearest == vec4<i32>(atom.site)) | (toward <= vec4<f32>(0.0)) | vec4<bool>(axis.w == 0.0)),
    );
}

// How far the lone pairs of an acceptor point at the points (Goodford's form for two lone pairs).
fn acceptor_shape(atom: Seen, dx: vec4<f32>, inverse: vec4<f32>) -> vec4<f32> {
    let axis = directions[atom.site][0];
    let across = directions[atom.site][1];
    let y = f32(atom.y);
    let z = f32(atom.z);
    let cosine = -(dx * axis.x + y * axis.y + z * axis.z) * inverse;
    let sideways = (dx * across.x + y * across.y + z * across.z) * inverse;
    let flat_squared = cosine * cosine + sideways * sideways;
    let no_plane = axis.w == 3.0;
    // Cosine of the angle out of the lone pairs' plane; sine of twice the angle in the plane.
    let in_plane = select(sqrt(flat_squared), vec4<f32>(1.0), no_plane);
    let double = 2.0 * abs(sideways) * cosine / max(flat_squared, vec4<f32>(1e-12));
    let front = (0.9 + 0.1 * double) * in_plane;
    let square = cosine * cosine;
    let side = 0.116978 - square;
    let behind = select(vec4<f32>(0.0), 562.25 * side * side * side * in_plane, cosine >= vec4<f32>(-0.34202));
    let two = select(behind, front, cosine >= vec4<f32>(0.0));
    let one = select(vec4<f32>(0.0), square, cosine > vec4<f32>(0.0));
    return select(select(two, one, axis.w == 1.0), vec4<f32>(1.0), axis.w == 0.0);
}

// One slot of an atom that may bind hydrogen: `mode` 0 adds the plain energy, 2 the ramped bond, 3 keeps the extremes.
fn add_bonded(p: ptr<function, Points>, slot: u32, mode: u32, near: vec4<bool>, bin: vec4<f32>, well: vec4<f32>,
              shape: vec4<f32>, share: vec4<f32>) {
    let none = vec4<f32>(0.0);
    let plain = well_energy(bin, well);
    let bond = bond_energy(bin, well);
    // Where the energy is positive the direction counts the less, the harder the wall.
    let directed = bond * (shape + (1.0 - shape) * clamp(bond * 0.01, none, vec4<f32>(1.0)));
    let summed = select(select(directed * share, none, mode == 3), plain, mode == 0);
    (*p).sum[slot] += select(none, summed, near);
    let kept = near & vec4<bool>(mode == 3);
    (*p).low[slot] = select((*p).low[slot], min((*p).low[slot], directed), kept);
    (*p).high[slot] = select((*p).high[slot], max((*p).high[slot], directed), kept);
}

// What each slot does, as `add_bonded` takes it.
alias Modes = array<vec4<u32>, 2>;

fn with_acceptors(bonding: vec4<u32>) -> vec4<u32> {
    return select(vec4<u32>(0), vec4<u32>(3), bonding == vec4<u32>(1));
}

fn with_donors(bonding: vec4<u32>) -> vec4<u32> {
    return select(vec4<u32>(0), bonding, bonding >= vec4<u32>(2));
}

fn add_donor(p: ptr<function, Points>, atom: Seen, wells: OfSlots, mode: Modes) {
    let dx = atom.x - (*p).x;
    let squared = dx * dx + atom.yz_squared;
    let near = squared <= vec4<i32>(CUTOFF_SQUARED);
    let distance = sqrt(vec4<f32>(squared));
    let bin = vec4<f32>(distance_bin(squared, distance));
    let inverse = 1.0 / max(distance, vec4<f32>(1.0));
    let shape = donor_shape(*p, atom, vec4<f32>(dx), inverse);
    add_bonded(p, 0, mode[0].x, near, bin, wells[0], shape[0], shape[1]);
    if SLOTS > 1 { add_bonded(p, 1, mode[0].y, near, bin, wells[1], shape[0], shape[1]); }
    if SLOTS > 2 { add_bonded(p, 2, mode[0].z, near, bin, wells[2], shape[0], shape[1]); }
    if SLOTS > 3 { add_bonded(p, 3, mode[0].w, near, bin, wells[3], shape[0], shape[1]); }
    if SLOTS > 4 { add_bonded(p, 4, mode[1].x, near, bin, wells[4], shape[0], shape[1]); }
    if SLOTS > 5 { add_bonded(p, 5, mode[1].y, near, bin, wells[5], shape[0], shape[1]); }
}

fn add_acceptor(p: ptr<function, Points>, atom: Seen, wells: OfSlots, mode: Modes) {
    let dx = atom.x - (*p).x;
    let squared = dx * dx + atom.yz_squared;
    let near = squared <= vec4<i32>(CUTOFF_SQUARED);
    let distance = sqrt(vec4<f32>(squared));
    let bin = vec4<f32>(distance_bin(squared, distance));
    let inverse = 1.0 / max(distance, vec4<f32>(1.0));
    let shape = acceptor_shape(atom, vec4<f32>(dx), inverse);
    let one = vec4<f32>(1.0);
    add_bonded(p, 0, mode[0].x, near, bin, wells[0], shape, one);
    if SLOTS > 1 { add_bonded(p, 1, mode[0].y, near, bin, wells[1], shape, one); }
    if SLOTS > 2 { add_bonded(p, 2, mode[0].z, near, bin, wells[2], shape, one); }
    if SLOTS > 3 { add_bonded(p, 3, mode[0].w, near, bin, wells[3], shape, one); }
    if SLOTS > 4 { add_bonded(p, 4, mode[1].x, near, bin, wells[4], shape, one); }
    if SLOTS > 5 { add_bonded(p, 5, mode[1].y, near, bin, wells[5], shape, one); }
}

const FAR: vec4<f32> = vec4<f32>(1e6);

fn empty(x: vec4<i32>) -> Points {
    var p: Points;
    p.x = x;
    p.low = OfSlots(FAR, FAR, FAR, FAR, FAR, FAR);
    p.high = OfSlots(-FAR, -FAR, -FAR, -FAR, -FAR, -FAR);
    p.nearest = vec4<i32>(-1);
    p.nearest_squared = vec4<i32>(2147483647);
    return p;
}

// Adds the extremes of the hydrogen bonds, and stores one slot's four points.
fn write(slot: u32, sum: vec4<f32>, low: vec4<f32>, high: vec4<f32>, row: Row, first: u32) {
    let values = sum + select(vec4<f32>(0.0), low + high, low <= high);
    let start = slot * (arrayLength(&maps) / SLOTS) + row.out + first;
    let left = max(i32(params.grid.points.x) - i32(row.x + first), 0);
    if left > 0 { maps[start] = values.x; }
    if left > 1 { maps[start + 1] = values.y; }
    if left > 2 { maps[start + 2] = values.z; }
    if left > 3 { maps[start + 3] = values.w; }
}

fn write_all(p: Points, row: Row, first: u32) {
    write(0, p.sum[0], p.low[0], p.high[0], row, first);
    if SLOTS > 1 { write(1, p.sum[1], p.low[1], p.high[1], row, first); }
    if SLOTS > 2 { write(2, p.sum[2], p.low[2], p.high[2], row, first); }
    if SLOTS > 3 { write(3, p.sum[3], p.low[3], p.high[3], row, first); }
    if SLOTS > 4 { write(4, p.sum[4], p.low[4], p.high[4], row, first); }
    if SLOTS > 5 { write(5, p.sum[5], p.low[5], p.high[5], row, first); }
}

@compute @workgroup_size(BLOCK_Y * BLOCK_Z)
fn affinity_maps(@builtin(workgroup_id) block: vec3<u32>, @builtin(num_workgroups) count: vec3<u32>,
                 @builtin(local_invocation_index) local: u32) {
    let row = row_of(params.grid, block, count, local);
    if row.y >= params.grid.points.y || row.z >= params.grid.points.z { return; }
    var a = empty(four_x(params.grid, row, 0));
    var b = empty(four_x(params.grid, row, 4));
    let all = blocks[row.block];
    // Kinds that no slot bonds with are summed as the others.
    let plain = select(all.x, all.y, params.any_donor == 1);
    let donors = select(all.w, all.z, params.any_acceptor == 1);
    let to_acceptors = Modes(with_acceptors(params.bonding[0]), with_acceptors(params.bonding[1]));
    let to_donors = Modes(with_donors(params.bonding[0]), with_donors(params.bonding[1]));
    // Whatever the slots bond with, they meet the atoms in one order: sums are the same to the last bit.
    for (var r = all.x; r < plain; r += 1u) {
        let run = runs[r];
        let well = wells[run.x];
        for (var i = run.y; i < run.z; i += 1u) {
            let atom = see(row, i);
            add_acceptor(&a, atom, well, to_acceptors);
            add_acceptor(&b, atom, well, to_acceptors);
        }
    }
    for (var r = plain; r < donors; r += 1u) {
        let run = runs[r];
        let well = wells[run.x];
        for (var i = run.y; i < run.z; i += 1u) {
            let atom = see(row, i);
            a.sum = add_plain(a, atom, well);
            b.sum = add_plain(b, atom, well);
        }
    }
    for (var r = donors; r < all.w; r += 1u) {
        let run = runs[r];
        for (var i = run.y; i < run.z; i += 1u) {
            let atom = see(row, i);
            nearer(&a, atom);
            nearer(&b, atom);
        }
    }
    for (var r = donors; r < all.w; r += 1u) {
        let run = runs[r];
        let well = wells[run.x];
        for (var i = run.y; i < run.z; i += 1u) {
            let atom = see(row, i);
            add_donor(&a, atom, well, to_donors);
            add_donor(&b, atom, well, to_donors);
        }
    }
    write_all(a, row, 0);
    write_all(b, row, 4);
}

// The functions that limb_text.rs writes for numbers of one word.
const WORDS = 1u;
const TRIPLETS = 1u;
const SETTLED = true;
struct Limbs {
    v0: vec4<u32>,
    v1: vec4<u32>,
}
fn row(sums: Limbs, digit: u32, limbs: Limbs) -> Limbs {
    return Limbs(
        sums.v0 + digit * limbs.v0,
        sums.v1 + digit * limbs.v1,
    );
}
fn shifted(sums: Limbs) -> Limbs {
    return Limbs(
        first_shifted(sums.v0, sums.v1.x),
        vec4<u32>(sums.v1.yzw, 0u),
    );
}
fn passed_on(sums: Limbs) -> Limbs {
    return Limbs(
        (sums.v0 & vec4<u32>(LIMB_MASK)) + vec4<u32>(0u, sums.v0.xyz >> vec3<u32>(12u)),
        (sums.v1 & vec4<u32>(vec3<u32>(LIMB_MASK), 0xffffffffu)) + (vec4<u32>(sums.v0.w, sums.v1.xyz) >> vec4<u32>(12u)),
    );
}
fn carried(sums: Limbs) -> Limbs {
    let c0 = with_carries(sums.v0, 0u);
    let c1 = with_carries(sums.v1, c0.w);
    return Limbs(
        c0 & vec4<u32>(LIMB_MASK),
        c1 & vec4<u32>(LIMB_MASK),
    );
}
fn reduced_once(limbs: Limbs, modulus: Limbs) -> Limbs {
    let d0 = with_borrows(limbs.v0 - modulus.v0, 0);
    let d1 = with_borrows(limbs.v1 - modulus.v1, d0.w);
    let less = d1.w < 0;
    return Limbs(
        select(vec4<u32>(d0) & vec4<u32>(LIMB_MASK), limbs.v0, less),
        select(vec4<u32>(d1) & vec4<u32>(LIMB_MASK), limbs.v1, less),
    );
}
fn limbs_of(source: u32, number: u32) -> Limbs {
    let w0 = source_word(source, 0u, number);
    let w1 = 0u;
    let w2 = 0u;
    return Limbs(
        lower_limbs(w0, w1),
        upper_limbs(w1, w2),
    );
}
fn store_limbs(first: u32, number: u32, limbs: Limbs) {
    store_words(first + 0u, number, words_of(limbs.v0, limbs.v1));
}

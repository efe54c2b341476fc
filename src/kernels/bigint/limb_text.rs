//! The functions that go through all limbs of a number, written out for a count of words: the only WGSL that is not
//! written by hand. Limbs that are indexed in a loop would stand in memory; written out they stand in registers.
//!
//! The text is made while this crate is compiled, so that a kernel stays a constant.

/// Room for a text.
const ROOM: usize = 40_000;

/// A text of WGSL being written.
struct Text {
    bytes: [u8; ROOM],
    len: usize,
}

impl Text {
    const fn add(&mut self, text: &str) {
        let text = text.as_bytes();
        let mut at = 0;
        while at < text.len() {
            self.bytes[self.len] = text[at];
            self.len += 1;
            at += 1;
        }
    }

    const fn add_number(&mut self, number: usize) {
        if number >= 10 {
            self.add_number(number / 10);
        }
        self.bytes[self.len] = b'0' + (number % 10) as u8;
        self.len += 1;
    }

    /// Adds `pattern` with these numbers for its `#0`, `#1`, ...
    const fn add_with(&mut self, pattern: &str, numbers: &[usize]) {
        let pattern = pattern.as_bytes();
        let mut at = 0;
        while at < pattern.len() {
            if pattern[at] == b'#' {
                self.add_number(numbers[(pattern[at + 1] - b'0') as usize]);
                at += 1;
            } else {
                self.bytes[self.len] = pattern[at];
                self.len += 1;
            }
            at += 1;
        }
    }

    /// A function that makes limbs, a vector by each of these patterns: the first one, those between, the last one.
    /// Their numbers are that of the vector, that of the one before, and that of the one after.
    const fn add_function(
        &mut self,
        head: &str,
        [first, between, last]: [&str; 3],
        vectors: usize,
    ) {
        self.add(head);
        self.add(" {\n    return Limbs(\n");
        let mut at = 0;
        while at < vectors {
            let pattern = match at {
                0 => first,
                _ if at + 1 == vectors => last,
                _ => between,
            };
            self.add("        ");
            self.add_with(pattern, &[at, at.saturating_sub(1), at + 1]);
            self.add(",\n");
            at += 1;
        }
        self.add("    );\n}\n");
    }
}

/// Groups of eight limbs, three words each, that a number of so many words has: at least a word more, since sums of
/// products are longer than what they are reduced to.
pub const fn triplets(words: usize) -> usize {
    (words + 1).div_ceil(3)
}

/// The functions for numbers of `WORDS` words.
pub struct LimbText<const WORDS: usize>;

impl<const WORDS: usize> LimbText<WORDS> {
    /// The text. It presupposes shaders/lib/limb_rows.wgsl and two functions of the kernel: `source_word(source, k,
    /// number)`, a word of one of its operands, and `store_word(k, number, word)`.
    pub const TEXT: &str = {
        let text: &'static Text = &const { text(WORDS) };
        let (written, _) = text.bytes.split_at(text.len);
        match str::from_utf8(written) {
            Ok(text) => text,
            Err(_) => "",
        }
    };
}

const fn text(words: usize) -> Text {
    let vectors = 2 * triplets(words);
    let mut text = Text {
        bytes: [0; ROOM],
        len: 0,
    };
    text.add_with(
        "const WORDS = #0u;\nconst TRIPLETS = #1u;\n",
        &[words, triplets(words)],
    );
    // Each row adds two products to a limb where a product is reduced on the way.
    match 2 * 4 * vectors < 250 {
        true => text.add("const SETTLED = true;\n"),
        false => text.add("const SETTLED = false;\n"),
    }
    add_struct(&mut text, vectors);
    add_rows(&mut text, vectors);
    add_carries(&mut text, vectors);
    add_difference(&mut text, vectors);
    add_memory(&mut text, words);
    text
}

const fn add_struct(text: &mut Text, vectors: usize) {
    text.add("struct Limbs {\n");
    let mut at = 0;
    while at < vectors {
        text.add_with("    v#0: vec4<u32>,\n", &[at]);
        at += 1;
    }
    text.add("}\n");
}

/// Products of a digit and all limbs added, and the lowest limb dropped.
const fn add_rows(text: &mut Text, vectors: usize) {
    let head = "fn row(sums: Limbs, digit: u32, limbs: Limbs) -> Limbs";
    let each = "sums.v#0 + digit * limbs.v#0";
    text.add_function(head, [each, each, each], vectors);
    let first = "first_shifted(sums.v#0, sums.v#2.x)";
    let between = "vec4<u32>(sums.v#0.yzw, sums.v#2.x)";
    let last = "vec4<u32>(sums.v#0.yzw, 0u)";
    let head = "fn shifted(sums: Limbs) -> Limbs";
    text.add_function(head, [first, between, last], vectors);
}

/// Carries: one limb further for all at once, and all the way.
const fn add_carries(text: &mut Text, vectors: usize) {
    let first = "(sums.v#0 & vec4<u32>(LIMB_MASK)) + vec4<u32>(0u, sums.v#0.xyz >> vec3<u32>(12u))";
    let between = "(sums.v#0 & vec4<u32>(LIMB_MASK)) + (vec4<u32>(sums.v#1.w, sums.v#0.xyz) >> vec4<u32>(12u))";
    let last = "(sums.v#0 & vec4<u32>(vec3<u32>(LIMB_MASK), 0xffffffffu)) + (vec4<u32>(sums.v#1.w, sums.v#0.xyz) >> vec4<u32>(12u))";
    let head = "fn passed_on(sums: Limbs) -> Limbs";
    text.add_function(head, [first, between, last], vectors);
    text.add("fn carried(sums: Limbs) -> Limbs {\n    let c0 = with_carries(sums.v0, 0u);\n");
    let mut at = 1;
    while at < vectors {
        text.add_with(
            "    let c#0 = with_carries(sums.v#0, c#1.w);\n",
            &[at, at - 1],
        );
        at += 1;
    }
    text.add("    return Limbs(\n");
    let mut at = 0;
    while at < vectors {
        text.add_with("        c#0 & vec4<u32>(LIMB_MASK),\n", &[at]);
        at += 1;
    }
    text.add("    );\n}\n");
}

/// The number less a modulus, where it is not less than that.
const fn add_difference(text: &mut Text, vectors: usize) {
    text.add("fn reduced_once(limbs: Limbs, modulus: Limbs) -> Limbs {\n");
    text.add("    let d0 = with_borrows(limbs.v0 - modulus.v0, 0);\n");
    let mut at = 1;
    while at < vectors {
        text.add_with(
            "    let d#0 = with_borrows(limbs.v#0 - modulus.v#0, d#1.w);\n",
            &[at, at - 1],
        );
        at += 1;
    }
    text.add_with(
        "    let less = d#0.w < 0;\n    return Limbs(\n",
        &[vectors - 1],
    );
    let mut at = 0;
    while at < vectors {
        text.add_with(
            "        select(vec4<u32>(d#0) & vec4<u32>(LIMB_MASK), limbs.v#0, less),\n",
            &[at],
        );
        at += 1;
    }
    text.add("    );\n}\n");
}

/// Limbs out of the words of an operand, and into those of the result.
const fn add_memory(text: &mut Text, words: usize) {
    text.add("fn limbs_of(source: u32, number: u32) -> Limbs {\n");
    let mut k = 0;
    while k < 3 * triplets(words) {
        match k < words {
            true => text.add_with("    let w#0 = source_word(source, #0u, number);\n", &[k]),
            false => text.add_with("    let w#0 = 0u;\n", &[k]),
        }
        k += 1;
    }
    text.add("    return Limbs(\n");
    let mut k = 0;
    while k < 3 * triplets(words) {
        text.add_with(
            "        lower_limbs(w#0, w#1),\n        upper_limbs(w#1, w#2),\n",
            &[k, k + 1, k + 2],
        );
        k += 3;
    }
    text.add("    );\n}\n");
    text.add("fn store_limbs(first: u32, number: u32, limbs: Limbs) {\n");
    let mut at = 0;
    while at < triplets(words) {
        text.add_with(
            "    store_words(first + #0u, number, words_of(limbs.v#1, limbs.v#2));\n",
            &[3 * at, 2 * at, 2 * at + 1],
        );
        at += 1;
    }
    text.add("}\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text for one word, in full: what changes it shows here.
    #[test]
    fn the_text_for_a_single_word() {
        let file = include_str!("limb_text_of_one_word.wgsl");
        let (_purpose, expected) = file.split_once('\n').unwrap();
        assert_eq!(LimbText::<1>::TEXT, expected);
    }
}

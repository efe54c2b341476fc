//! The operations on numbers that have a number as their result: names, operands.

use std::fmt;

/// Declares the operations: variant, name, number of operands, and what it computes.
macro_rules! operations {
    ($($variant:ident $name:literal $operands:literal $what:literal,)*) => {
        /// An operation on one, two or three numbers.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Operation { $(#[doc = $what] $variant,)* }

        impl Operation {
            /// All of them.
            pub const ALL: &[Operation] = &[$(Operation::$variant,)*];

            /// Its name, as cases of `eval`, expressions and statistics have it.
            pub const fn name(self) -> &'static str {
                match self { $(Operation::$variant => $name,)* }
            }

            /// How many numbers it takes.
            pub const fn operands(self) -> usize {
                match self { $(Operation::$variant => $operands,)* }
            }
        }
    };
}

operations! {
    Add "add" 2 "a + b",
    Sub "sub" 2 "a - b",
    Mul "mul" 2 "a * b",
    Sqr "sqr" 1 "a * a",
    Neg "neg" 1 "-a",
    Abs "abs" 1 "|a|",
    Sign "sign" 1 "-1, 0 or 1 as a is below, at or above zero",
    Cmp "cmp" 2 "-1, 0 or 1 as a is below, at or above b",
    Min "min" 2 "the smaller one",
    Max "max" 2 "the larger one",
    And "and" 2 "bitwise, negative numbers as in two's complement without end",
    Or "or" 2 "bitwise, negative numbers as in two's complement without end",
    Xor "xor" 2 "bitwise, negative numbers as in two's complement without end",
    Not "not" 1 "-a - 1",
    Shl "shl" 2 "a * 2^b",
    Shr "shr" 2 "a / 2^b, rounded down",
    Popcount "popcount" 1 "ones among the bits of a, which is not negative",
    Bitlen "bitlen" 1 "bits of |a|",
    FloorDiv "floordiv" 2 "a / b, rounded down",
    FloorMod "floormod" 2 "a - b * floordiv(a, b), of b's sign",
    TruncDiv "tdiv" 2 "a / b, rounded towards zero",
    TruncRem "trem" 2 "a - b * tdiv(a, b), of a's sign",
    EuclidDiv "ediv" 2 "(a - erem(a, b)) / b",
    EuclidRem "erem" 2 "what is left of a, in 0..|b|",
    ModAdd "modadd" 3 "a + b in 0..|m|",
    ModSub "modsub" 3 "a - b in 0..|m|",
    ModMul "modmul" 3 "a * b in 0..|m|",
    ModPow "modpow" 3 "a^b in 0..|m|; a negative b takes the inverse of a",
    ModInv "modinv" 2 "the x in 0..|m| with a * x = 1",
    Gcd "gcd" 2 "the greatest common divisor",
    Lcm "lcm" 2 "the least common multiple",
    Isqrt "isqrt" 1 "the square root of a, rounded down",
    Iroot "iroot" 2 "root number k of a, rounded down",
    IsSquare "is_square" 1 "1 where a is a square, else 0",
    Pow "pow" 2 "a^k",
    Jacobi "jacobi" 2 "the Jacobi symbol of a over b, which is odd and positive",
    IsPrime "is_prime" 1 "1 where a is a prime, else 0",
}

impl Operation {
    /// The operation of this name.
    pub fn named(name: &str) -> Option<Operation> {
        Operation::ALL
            .iter()
            .copied()
            .find(|operation| operation.name() == name)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

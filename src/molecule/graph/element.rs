//! Chemical elements by symbol and atomic number.

/// Symbols in the order of the atomic number; the first stands for an atom of no known element.
const SYMBOLS: [&str; 119] = [
    "*", "H", "He", "Li", "Be", "B", "C", "N", "O", "F", "Ne", "Na", "Mg", "Al", "Si", "P", "S",
    "Cl", "Ar", "K", "Ca", "Sc", "Ti", "V", "Cr", "Mn", "Fe", "Co", "Ni", "Cu", "Zn", "Ga", "Ge",
    "As", "Se", "Br", "Kr", "Rb", "Sr", "Y", "Zr", "Nb", "Mo", "Tc", "Ru", "Rh", "Pd", "Ag", "Cd",
    "In", "Sn", "Sb", "Te", "I", "Xe", "Cs", "Ba", "La", "Ce", "Pr", "Nd", "Pm", "Sm", "Eu", "Gd",
    "Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu", "Hf", "Ta", "W", "Re", "Os", "Ir", "Pt", "Au", "Hg",
    "Tl", "Pb", "Bi", "Po", "At", "Rn", "Fr", "Ra", "Ac", "Th", "Pa", "U", "Np", "Pu", "Am", "Cm",
    "Bk", "Cf", "Es", "Fm", "Md", "No", "Lr", "Rf", "Db", "Sg", "Bh", "Hs", "Mt", "Ds", "Rg", "Cn",
    "Nh", "Fl", "Mc", "Lv", "Ts", "Og",
];

/// A chemical element: its atomic number, 0 for none (a dummy atom, `*`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Element(u8);

impl Element {
    /// No element: a dummy or unknown atom.
    pub const DUMMY: Element = Element(0);
    /// Hydrogen.
    pub const H: Element = Element(1);
    /// Boron.
    pub const B: Element = Element(5);
    /// Carbon.
    pub const C: Element = Element(6);
    /// Nitrogen.
    pub const N: Element = Element(7);
    /// Oxygen.
    pub const O: Element = Element(8);
    /// Fluorine.
    pub const F: Element = Element(9);
    /// Magnesium.
    pub const MG: Element = Element(12);
    /// Silicon.
    pub const SI: Element = Element(14);
    /// Phosphorus.
    pub const P: Element = Element(15);
    /// Sulphur.
    pub const S: Element = Element(16);
    /// Chlorine.
    pub const CL: Element = Element(17);
    /// Bromine.
    pub const BR: Element = Element(35);
    /// Iodine.
    pub const I: Element = Element(53);

    /// The element of this symbol, in any case (`CL`, `cl` and `Cl` are chlorine); `D` and `T` are hydrogen.
    pub fn from_symbol(symbol: &str) -> Option<Element> {
        if symbol.eq_ignore_ascii_case("D") || symbol.eq_ignore_ascii_case("T") {
            return Some(Element::H);
        }
        let mut symbols = SYMBOLS.iter().skip(1);
        let row = symbols.position(|known| known.eq_ignore_ascii_case(symbol))?;
        Some(Element(row as u8 + 1))
    }

    /// The element with this atomic number, 1 to 118.
    pub fn from_number(number: u8) -> Option<Element> {
        (1..=118).contains(&number).then_some(Element(number))
    }

    /// Atomic number; 0 for a dummy.
    pub fn number(self) -> u8 {
        self.0
    }

    /// Symbol such as `Cl`; `*` for a dummy.
    pub fn symbol(self) -> &'static str {
        SYMBOLS[usize::from(self.0)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_and_numbers_meet() {
        for (symbol, number) in [("H", 1), ("cl", 17), ("BR", 35), ("Og", 118), ("D", 1)] {
            let element = Element::from_symbol(symbol).unwrap();
            assert_eq!(element.number(), number);
            assert_eq!(Element::from_number(number), Some(element));
        }
        assert_eq!(Element::from_symbol("Xx"), None);
        assert_eq!(Element::from_symbol("*"), None);
        assert_eq!(Element::from_number(119), None);
        assert_eq!(Element::SI.symbol(), "Si");
    }
}

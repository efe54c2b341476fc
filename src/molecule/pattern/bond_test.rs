//! What a pattern asks of a bond.

use super::cursor::Cursor;
use crate::molecule::perception::Perception;

/// A question about a bond.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum BondTest {
    /// Nothing is written: a single or an aromatic bond.
    Unsaid,
    Any,
    Order(u8),
    Aromatic,
    InRing,
    Not(Box<BondTest>),
    All(Vec<BondTest>),
    OneOf(Vec<BondTest>),
}

impl BondTest {
    pub(super) fn holds(&self, bond: usize, perception: &Perception) -> bool {
        let aromatic = perception.aromaticity.bonds[bond];
        let order = perception.drawing.orders[bond];
        match self {
            BondTest::Unsaid => aromatic || order == 1,
            BondTest::Any => true,
            BondTest::Order(wanted) => !aromatic && order == *wanted,
            BondTest::Aromatic => aromatic,
            BondTest::InRing => perception.rings.bond_in_ring[bond],
            BondTest::Not(test) => !test.holds(bond, perception),
            BondTest::All(tests) => tests.iter().all(|test| test.holds(bond, perception)),
            BondTest::OneOf(tests) => tests.iter().any(|test| test.holds(bond, perception)),
        }
    }

    /// Reads a bond as far as one is written: `;` binds weakest, then `,`, then `&` or nothing.
    pub(super) fn read(cursor: &mut Cursor) -> BondTest {
        let mut all = Vec::new();
        loop {
            let mut one_of = Vec::new();
            loop {
                one_of.push(BondTest::All(BondTest::read_together(cursor)));
                if !cursor.take(",") {
                    break;
                }
            }
            all.push(BondTest::OneOf(one_of));
            if !cursor.take(";") {
                break;
            }
        }
        match all.as_slice() {
            [BondTest::OneOf(only)] if *only == [BondTest::All(Vec::new())] => BondTest::Unsaid,
            _ => BondTest::All(all),
        }
    }

    fn read_together(cursor: &mut Cursor) -> Vec<BondTest> {
        let mut tests = Vec::new();
        loop {
            let mut negated = false;
            while cursor.take("!") {
                negated = !negated;
            }
            let test = match cursor.peek() {
                Some(b'-') => BondTest::Order(1),
                Some(b'=') => BondTest::Order(2),
                Some(b'#') => BondTest::Order(3),
                Some(b':') => BondTest::Aromatic,
                Some(b'~') => BondTest::Any,
                Some(b'@') => BondTest::InRing,
                _ => return tests,
            };
            cursor.at += 1;
            tests.push(match negated {
                true => BondTest::Not(Box::new(test)),
                false => test,
            });
            cursor.take("&");
        }
    }
}

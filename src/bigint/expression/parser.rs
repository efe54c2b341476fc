//! Words to a tree, by precedence climbing (V. R. Pratt, Top down operator precedence, POPL 1973).

use super::functions::{call, function};
use super::lexer::{Token, Word, tokens};
use super::tree::Node;
use super::{Names, Wrong, single};
use crate::bigint::Operation;

/// Operations one within the other at most: more is no expression that a person wrote, and would use up the stack.
pub const DEEPEST: usize = 200;

/// How tight a prefix binds: tighter than all infix operators but `**`.
const PREFIX: u8 = 15;

/// Infix operators: symbol, how tight they bind to the left and to the right, operation.
const INFIX: [(&str, u8, u8, Operation); 11] = [
    ("|", 1, 2, Operation::Or),
    ("^", 3, 4, Operation::Xor),
    ("&", 5, 6, Operation::And),
    ("<<", 7, 8, Operation::Shl),
    (">>", 7, 8, Operation::Shr),
    ("+", 9, 10, Operation::Add),
    ("-", 9, 10, Operation::Sub),
    ("*", 11, 12, Operation::Mul),
    ("//", 11, 12, Operation::FloorDiv),
    ("%", 11, 12, Operation::FloorMod),
    // To the right of it a prefix may stand: 2 ** -a.
    ("**", 17, PREFIX, Operation::Pow),
];

/// The tree of a text.
pub fn parse(text: &str, names: &Names) -> Result<Node, Wrong> {
    let tokens = tokens(text)?;
    let mut parser = Parser {
        tokens,
        at: 0,
        names,
        depth: 0,
    };
    let tree = parser.expression(0)?;
    match parser.next() {
        Token {
            word: Word::End, ..
        } => Ok(tree),
        other => Err(Wrong::new(
            other.column,
            format!("an operator should stand here, not {}", shown(&other.word)),
        )),
    }
}

/// A word as a message has it.
fn shown(word: &Word) -> String {
    match word {
        Word::Number(_) => "a number".into(),
        Word::Name(name) => format!("`{name}`"),
        Word::Symbol(symbol) => format!("`{symbol}`"),
        Word::End => "the end".into(),
    }
}

struct Parser<'a> {
    tokens: Vec<Token>,
    at: usize,
    names: &'a Names,
    depth: usize,
}

impl Parser<'_> {
    /// The word at hand; the end stays at hand.
    fn peek(&self) -> &Token {
        &self.tokens[self.at.min(self.tokens.len() - 1)]
    }

    fn next(&mut self) -> Token {
        let token = self.peek().clone();
        self.at += 1;
        token
    }

    /// Takes this symbol if it is at hand.
    fn takes(&mut self, symbol: &str) -> bool {
        let there = matches!(self.peek().word, Word::Symbol(at_hand) if at_hand == symbol);
        self.at += usize::from(there);
        there
    }

    /// An expression whose infix operators all bind to the left at least this tight.
    fn expression(&mut self, tightness: u8) -> Result<Node, Wrong> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.too_deep());
        }
        let mut left = self.operand()?;
        while let Some((left_tightness, right_tightness, operation)) = self.infix() {
            if left_tightness < tightness {
                break;
            }
            let column = self.next().column;
            let right = self.expression(right_tightness)?;
            left = Node::apply(operation, vec![left, right], column);
            if left.depth() > DEEPEST {
                return Err(self.too_deep());
            }
        }
        self.depth -= 1;
        Ok(left)
    }

    fn too_deep(&self) -> Wrong {
        Wrong::new(
            self.peek().column,
            format!("more than {DEEPEST} operations one within the other"),
        )
    }

    /// The infix operator at hand.
    fn infix(&self) -> Option<(u8, u8, Operation)> {
        let Word::Symbol(symbol) = self.peek().word else {
            return None;
        };
        let found = INFIX.iter().find(|(infix, ..)| *infix == symbol)?;
        Some((found.1, found.2, found.3))
    }

    /// A number, a name, a call, something in parentheses, or one of these behind a prefix.
    fn operand(&mut self) -> Result<Node, Wrong> {
        let Token { word, column } = self.next();
        match word {
            Word::Number(number) => Ok(Node::Constant(single(&number))),
            Word::Name(name) => self.named(name, column),
            Word::Symbol("+") => self.expression(PREFIX),
            Word::Symbol("-") => Ok(Node::apply(
                Operation::Neg,
                vec![self.expression(PREFIX)?],
                column,
            )),
            Word::Symbol("~") => Ok(Node::apply(
                Operation::Not,
                vec![self.expression(PREFIX)?],
                column,
            )),
            Word::Symbol("(") => {
                let inner = self.expression(0)?;
                self.close(column).map(|()| inner)
            }
            other => Err(Wrong::new(
                column,
                format!(
                    "a number or a name should stand here, not {}",
                    shown(&other)
                ),
            )),
        }
    }

    fn close(&mut self, opened: usize) -> Result<(), Wrong> {
        if self.takes(")") {
            return Ok(());
        }
        let Token { word, column } = self.next();
        let opened = opened + 1;
        let what = format!(
            "`)` should stand here for the `(` of column {opened}, not {}",
            shown(&word)
        );
        Err(Wrong::new(column, what))
    }

    /// An array, a constant or a call.
    fn named(&mut self, name: String, column: usize) -> Result<Node, Wrong> {
        let opened = self.peek().column;
        if self.takes("(") {
            let operation = function(&name);
            let operation =
                operation.ok_or_else(|| Wrong::new(column, format!("no function `{name}`")))?;
            let operands = self.operands(opened)?;
            return call(&name, operation, operands, column);
        }
        self.names.find(&name).ok_or_else(|| {
            let known = match self.names.list() {
                none if none.is_empty() => "there are no names here".into(),
                list => format!("names are {list}"),
            };
            Wrong::new(column, format!("no array or constant `{name}`; {known}"))
        })
    }

    /// What stands between the parentheses of a call.
    fn operands(&mut self, opened: usize) -> Result<Vec<Node>, Wrong> {
        let mut operands = Vec::new();
        if self.takes(")") {
            return Ok(operands);
        }
        loop {
            operands.push(self.expression(0)?);
            if !self.takes(",") {
                return self.close(opened).map(|()| operands);
            }
        }
    }
}

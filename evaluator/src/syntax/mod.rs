//! From text to a syntax tree, whatever the text is: [`parse`].
//!
//! `lexer` makes tokens, `parser`, `operators`, `sets`, `lists`, `bare`, `formals`, `choices`, `quoted` and `recovery` a tree, `error`
//! diagnostics; [`Tree`] is a cursor over the tree. Strings are taken apart where they are needed, in `literal`. Time
//! and memory are linear in the length of the text, and no text overflows the stack.
//!
//! A text with mistakes is parsed again (`unclosed`), now with guesses at what was meant: by the layout, by what other
//! languages have (`parameters`, `choices`, `operators_elsewhere`), by what characters look like (`lookalikes`), by
//! what was pasted (`pasted`), by what version control leaves (`merges`), by the other half of a pair of words
//! (`words`).

mod bare;
mod blocks;
mod brackets;
mod brackets_told;
mod calls;
mod causes;
mod choices;
mod error;
mod foreign;
mod formals;
mod lexer;
mod lexer_strings;
mod lists;
mod literal;
mod lookalikes;
mod merges;
mod operators;
mod operators_elsewhere;
mod parameters;
mod parentheses;
mod parser;
mod pasted;
mod pasted_told;
mod paths;
mod prose;
mod quoted;
mod quotes_inside;
mod quotes_of_lists;
mod recovery;
mod sets;
mod tree;
mod unclosed;
mod words;

pub(crate) use literal::{IndentedToken, StringPart, indented_tokens, scan_string};
pub use rnix::SyntaxKind;
pub use tree::{Element, Parsed, Tree};

use lexer::{Scanned, Strings, tokenize};
use parser::{MAX_DEPTH, Parser, Reading};

/// How many expressions inside of each other are parsed on the stack of the caller, whatever that is.
const SHALLOW: u32 = 128;
/// Stack for parsing one expression inside of another. A debug build takes the most.
const STACK_PER_LEVEL: usize = 8 << 10;

/// Parses a text, with as little lost around its mistakes as can be: the layout helps to find out which bracket or
/// string is not closed.
pub fn parse(text: &str) -> Parsed<'_> {
    let parsed = parse_tokens(text, tokenize(text, Strings::default()), Reading::Watchful);
    if parsed.is_valid() { parsed } else { unclosed::parse_again(&parsed) }
}

/// Parses a text again that is valid, and whose words mean nothing, with guesses at what was meant, if there are any.
pub(crate) fn parse_otherwise<'t>(valid: &Parsed<'t>) -> Option<Parsed<'t>> {
    unclosed::parse_otherwise(valid)
}

/// Parses a text as it stands. The first mistake is the one that Nix reports.
pub fn parse_plainly(text: &str) -> Parsed<'_> {
    parse_tokens(text, tokenize(text, Strings::default()), Reading::Exact)
}

fn parse_tokens(text: &str, tokens: Scanned, reading: Reading) -> Parsed<'_> {
    let Scanned { tokens, comments, .. } = tokens;
    let attempt = |limit| {
        let mut parser = Parser::new(text, &tokens, reading, limit);
        let root = parser.file();
        (parser.nodes, parser.mistakes, root, parser.wants_stack, parser.or_names)
    };
    let mut outcome = attempt(SHALLOW);
    if outcome.3 {
        // Few texts are nested so deeply that they are worth a thread with a stack of its own.
        let deep = std::thread::scope(|scope| {
            let stack = MAX_DEPTH as usize * STACK_PER_LEVEL;
            let thread = std::thread::Builder::new().name("parsing".to_owned()).stack_size(stack);
            thread.spawn_scoped(scope, || attempt(MAX_DEPTH)).ok().and_then(|thread| thread.join().ok())
        });
        outcome = deep.unwrap_or(outcome);
    }
    let (nodes, mistakes, root, _, or_names) = outcome;
    Parsed { text, tokens, comments, nodes, root, mistakes, or_names, holds_bytes: false }
}

//! Inputs made of other inputs.

/// Pieces of what is read: of Nix, its data formats, XML and the protocol of editors.
const WORDS: &[&str] = &[
    "let ",
    " in ",
    "rec ",
    "with ",
    "inherit ",
    "if ",
    " then ",
    " else ",
    "assert ",
    " or ",
    "a: ",
    "{ a }: ",
    "x@{ ... }: ",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "''",
    "\"",
    "${",
    "''${",
    "$${",
    "\\",
    "''\\n",
    "'''",
    ";",
    ":",
    "=",
    "==",
    "!=",
    "<",
    "<=",
    "&&",
    "||",
    "->",
    "//",
    "++",
    "+",
    "-",
    "*",
    "/",
    "!",
    "?",
    ".",
    "...",
    "@",
    "|>",
    "<|",
    "#",
    "/*",
    "*/",
    "./a.nix",
    "/d",
    "~/x",
    "<d>",
    "http://a.b",
    "null",
    "true",
    "1.5e3",
    "0",
    "-1",
    "9223372036854775807",
    "9223372036854775808",
    "builtins.",
    "throw ",
    "abort ",
    "import ",
    "map ",
    "toString ",
    "__functor",
    "__toString",
    "__overrides",
    "outPath",
    "type",
    "derivation ",
    "\n",
    "\r\n",
    "\t",
    "\0",
    "\u{feff}",
    "é",
    "\u{1f600}",
    ",",
    "null,",
    "{}",
    "[]",
    "\\u0000",
    "\\ud800",
    "1e400",
    "0x",
    "inf",
    "nan",
    "[[a]]",
    "\"\"\"",
    "1979-05-27T07:32:00Z",
    "_",
    "(a|b)*",
    "[[:alpha:]]",
    "[^]]",
    "{1,3}",
    "^",
    "$",
    "\\.",
    "<a>",
    "</a>",
    "<a/>",
    "&amp;",
    "&#0;",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?",
    "?>",
    "xmlns:q=\"u\"",
    "Derive(",
    "sha256:",
    "sha512-",
    "machines",
    "cpus",
    "ram",
    "extraConfig",
    "initialDisks",
    "interfaces",
    "\"id\":1",
    "\"method\":",
    "\"textDocument/didChange\"",
    "\"jsonrpc\":\"2.0\"",
    "Content-Length: ",
    "file:///d/deployment.nix",
];

/// The longest input that is made.
const LONGEST: usize = 20_000;

/// Makes inputs, always the same ones of the same seed (`SplitMix64`).
#[derive(Clone, Debug)]
pub struct Mutator {
    state: u64,
}

impl Mutator {
    /// Begins with a seed.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below a bound; 0 where there is none.
    fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).unwrap_or(u64::MAX);
        usize::try_from(self.next() % bound).unwrap_or(0)
    }

    /// A part of an input, mostly a short one.
    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        let longest = if self.below(4) == 0 { length } else { 12 };
        let end = (start + self.below(longest + 1)).min(length);
        start..end
    }

    /// Makes an input of one of the seeds, and parts of others.
    pub fn input(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let seed = self.below(seeds.len());
        let mut input = seeds.get(seed).cloned().unwrap_or_default();
        for _ in 0..=self.below(5) {
            self.change(&mut input, seeds);
        }
        input.truncate(LONGEST);
        input
    }

    fn change(&mut self, input: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        let at = self.below(input.len() + 1);
        match self.below(9) {
            0 => {
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= 1 << (self.next() % 8);
                }
            }
            1 => {
                let byte = self.next().to_le_bytes()[0];
                input.insert(at, byte);
            }
            2 | 3 => {
                let word = WORDS[self.below(WORDS.len())];
                input.splice(at..at, word.bytes());
            }
            4 => {
                let word = WORDS[self.below(WORDS.len())];
                let range = self.range(input.len());
                input.splice(range, word.bytes());
            }
            5 => {
                let range = self.range(input.len());
                input.drain(range);
            }
            6 => {
                // Many of the same are what recursion and quadratic algorithms stumble over.
                let range = self.range(input.len());
                let times = 1 << self.below(10);
                let part = input[range].to_vec();
                let most = LONGEST / part.len().max(1);
                input.splice(at..at, part.repeat(times.min(most)));
            }
            7 => {
                let other = self.below(seeds.len());
                if let Some(other) = seeds.get(other) {
                    let range = self.range(other.len());
                    input.splice(at..at, other[range].iter().copied());
                }
            }
            _ => {
                let (one, other) = (self.range(input.len()), self.below(input.len() + 1));
                let part = input[one].to_vec();
                input.splice(other..other, part);
            }
        }
    }
}

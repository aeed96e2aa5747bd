//! What Nix says of texts that are no TOML.
//!
//! Its parser has other words than ours, and people search for the words. They come from what Nix 2.34 prints.

/// What Nix says where our parser says `message`; `line` is the line of the mistake.
pub(super) fn as_nix_says(message: &str, line: &str) -> String {
    let line = line.trim_start();
    let is_header = line.starts_with('[');
    let known = WORDS.iter().find(|(ours, _)| message.contains(ours)).map(|&(_, words)| words);
    let words = match known {
        Some(VALUE_EXISTS) if is_header => {
            "toml::insert_value: failed to insert a table, table already defined"
        }
        Some(INVALID_KEY | NO_EQUALS) if line.starts_with("[[") => {
            "toml::parse_file: invalid array-table key"
        }
        Some(INVALID_KEY | NO_EQUALS) if is_header => "toml::parse_file: invalid table key",
        Some(words) => words,
        None => message,
    };
    format!("while parsing TOML: [error] {words}")
}

const VALUE_EXISTS: &str = "toml::insert_value: failed to insert a value, value already exists";

/// What our parser says, and what that of Nix does.
const WORDS: &[(&str, &str)] = &[
    ("duplicate key", VALUE_EXISTS),
    ("cannot extend value", VALUE_EXISTS),
    ("string values must be quoted", "bad format: unknown value appeared"),
    ("u64 value was too large", TOO_LARGE),
    ("as i128", TOO_LARGE),
    ("as u128", TOO_LARGE),
    ("integer number overflowed", TOO_LARGE),
    ("invalid basic string", "toml::parse_basic_string: invalid string format"),
    ("escaped value", "toml::parse_basic_string: invalid string format"),
    ("escapes of TOML 1.1", "toml::parse_basic_string: invalid string format"),
    ("invalid multi-line basic string", "toml::parse_ml_basic_string: invalid string format"),
    ("invalid multi-line literal string", "toml::parse_ml_literal_string: invalid string format"),
    ("invalid literal string", "toml::parse_literal_string: invalid string format"),
    (
        "invalid boolean",
        "toml::parse_boolean: invalid boolean: boolean must be `true` or `false`, in lowercase. string must be \
         surrounded by `\"`",
    ),
    ("unquoted key", INVALID_KEY),
    ("key with no value", NO_EQUALS),
    ("missing assignment", NO_EQUALS),
    ("extra comma in inline table, expected `=`", NO_EQUALS),
    (", expected key", INVALID_KEY),
    ("comma between array elements", "toml::parse_array: expected value-separator `,` or closing `]`"),
    (
        "comma between key-value pairs",
        "toml::parse_inline_table: expected value-separator `,` or closing `}`",
    ),
    ("unicode value", "toml::parse_basic_string: invalid string format"),
    ("unclosed array", "toml::parse_array: missing closing bracket `]`"),
    ("unclosed inline table", "toml::parse_inline_table: expected value-separator `,` or closing `}`"),
    ("does not end before its '}'", INVALID_KEY),
    ("trailing comma", "toml::parse_inline_table: trailing comma is not allowed in TOML-v1.0.0)"),
    ("unclosed table", "toml::parse_file: invalid table key"),
    ("`_` may only go between digits", "bad integer: `_` must be surrounded by digits"),
    ("unexpected leading zero", INVALID_DIGIT),
    ("invalid binary number", INVALID_DIGIT),
    ("invalid octal number", INVALID_DIGIT),
    ("unexpected key or value", "toml::parse_table: newline (LF / CRLF) or EOF is expected"),
    ("invalid mantissa", "bad float: integer part is required before decimal point"),
    ("invalid fraction", "bad float: invalid format"),
    (
        "floating-point number overflowed",
        "toml::parse_floating: failed to read floating point value from stream",
    ),
    ("invalid date", "toml::parse_local_date: invalid date."),
    ("invalid time", "toml::parse_local_time: invalid time."),
];

const TOO_LARGE: &str = "toml::parse_dec_integer: too large integer: current max digits = 2^63";
const NO_EQUALS: &str = "toml::parse_key_value_pair: invalid key value separator `=`";
const INVALID_KEY: &str =
    "toml::parse_simple_key: invalid key: key must be \"quoted\", 'quoted-literal', or bare key.";
const INVALID_DIGIT: &str = "bad integer: invalid digit after an integer";

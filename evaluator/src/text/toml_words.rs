//! What Nix says of texts that are no TOML.
//!
//! Its parser has other words than ours, and people search for the words. They come from what Nix 2.34 prints.

/// What Nix says where our parser says `message`; `line` is the line of the mistake.
pub(super) fn as_nix_says(message: &str, line: &str) -> String {
    let line = line.trim_start();
    let is_header = line.starts_with('[');
    let known = WORDS.iter().find(|(ours, _)| message.contains(ours)).map(|&(_, words)| words);
    let words = match known {
        Some(VALUE_EXISTS) if line.starts_with("[[") => {
            "toml::insert_value: failed to insert an array of tables, value already exists"
        }
        Some(VALUE_EXISTS) if is_header => {
            "toml::insert_value: failed to insert a table, table already defined"
        }
        Some(INVALID_KEY | NO_EQUALS | UNCLOSED_ARRAY) if line.starts_with("[[") => {
            "toml::parse_file: invalid array-table key"
        }
        Some(INVALID_KEY | NO_EQUALS) if is_header => "toml::parse_file: invalid table key",
        Some(NO_NEWLINE) if is_header => "toml::parse_file: newline (or EOF) expected",
        known => of_value(known, line).or(known).unwrap_or(message),
    };
    format!("while parsing TOML: [error] {words}")
}

/// What Nix says of a value, where that depends on how the value looks.
fn of_value(known: Option<&'static str>, line: &str) -> Option<&'static str> {
    let value = line.split_once('=')?.1.trim();
    let unsigned = value.trim_start_matches(['+', '-']);
    let digits = unsigned.get(2..).unwrap_or_default();
    let has_digit = |radix| digits.starts_with(|first: char| first.is_digit(radix));
    Some(match (known, unsigned.get(..2)) {
        (Some(TOO_LARGE), Some("0x")) if has_digit(16) => {
            "toml::parse_hex_integer: too large integer: current max value = 2^63"
        }
        (Some(TOO_LARGE), Some("0o")) if has_digit(8) => {
            "toml::parse_oct_integer: too large integer: current max value = 2^63"
        }
        (Some(TOO_LARGE), Some("0b")) if has_digit(2) => {
            "toml::parse_bin_integer: too large integer: current max value = 2^63"
        }
        (Some(BAD_RADIX | TOO_LARGE), Some("0x")) if unsigned != value || !has_digit(16) => {
            "toml::parse_hex_integer: invalid integer: hex_int must be like: 0xC0FFEE, 0xdead_beef"
        }
        (Some(BAD_RADIX | TOO_LARGE), Some("0o")) if unsigned != value || !has_digit(8) => {
            "toml::parse_oct_integer: invalid integer: oct_int must be like: 0o775, 0o04_44"
        }
        (Some(BAD_RADIX | TOO_LARGE), Some("0b")) if unsigned != value || !has_digit(2) => {
            "toml::parse_bin_integer: invalid integer: bin_int must be like: 0b0101, 0b1111_0000"
        }
        (Some(BAD_RADIX), Some("0x")) => NO_NEWLINE,
        (Some(BAD_RADIX), _) => INVALID_DIGIT,
        (Some(BAD_FLOAT), _) if value.contains('.') && value.contains(['e', 'E']) => NO_NEWLINE,
        (Some(UNDERSCORE), _) if value.starts_with('_') => "bad number: `_` must be surrounded by digits",
        (Some(UNDERSCORE), _) if value.contains('.') => BAD_FLOAT,
        (Some(UNKNOWN), _) if value.starts_with(|first: char| first.is_ascii_digit()) => NO_NEWLINE,
        (Some(NOT_LOWERCASE), _) => match value.chars().next()? {
            'T' => "toml::parse_value: `true` must be in lowercase. A string must be surrounded by quotes.",
            'F' => "toml::parse_value: `false` must be in lowercase. A string must be surrounded by quotes.",
            'I' | 'i' => {
                "toml::parse_value: `inf` must be in lowercase. A string must be surrounded by quotes."
            }
            'N' | 'n' => {
                "toml::parse_value: `nan` must be in lowercase. A string must be surrounded by quotes."
            }
            _ => return None,
        },
        (Some(NO_CODE_POINT), _) if !value.contains("\\u") => {
            "toml::parse_utf8_codepoint: input codepoint is too large."
        }
        _ => return None,
    })
}

const VALUE_EXISTS: &str = "toml::insert_value: failed to insert a value, value already exists";

/// What our parser says, and what that of Nix does.
const WORDS: &[(&str, &str)] = &[
    ("duplicate key", VALUE_EXISTS),
    ("cannot extend value", VALUE_EXISTS),
    ("string values must be quoted", UNKNOWN),
    ("redundant numeric sign", UNKNOWN),
    ("cannot be signed", BAD_RADIX),
    ("invalid hexadecimal number", BAD_RADIX),
    ("invalid exponent", BAD_FLOAT),
    ("invalid float, expected nothing", NO_NEWLINE),
    ("invalid float, expected", NOT_LOWERCASE),
    ("expected unicode hexadecimal value", NO_CODE_POINT),
    ("extra assignment between key-value pairs", NO_SEPARATOR),
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
    ("invalid boolean", NOT_LOWERCASE),
    ("unquoted key", INVALID_KEY),
    ("key with no value", NO_EQUALS),
    ("missing assignment", NO_EQUALS),
    ("extra comma in inline table, expected `=`", NO_EQUALS),
    (", expected key", INVALID_KEY),
    ("comma between array elements", "toml::parse_array: expected value-separator `,` or closing `]`"),
    ("comma between key-value pairs", NO_SEPARATOR),
    ("unicode value", "toml::parse_basic_string: invalid string format"),
    ("unclosed array", UNCLOSED_ARRAY),
    ("unclosed inline table", NO_SEPARATOR),
    ("does not end before its '}'", INVALID_KEY),
    ("trailing comma", "toml::parse_inline_table: trailing comma is not allowed in TOML-v1.0.0)"),
    ("unclosed table", "toml::parse_file: invalid table key"),
    ("`_` may only go between digits", UNDERSCORE),
    ("unexpected leading zero", INVALID_DIGIT),
    ("invalid binary number", BAD_RADIX),
    ("invalid octal number", BAD_RADIX),
    ("unexpected key or value", NO_NEWLINE),
    ("invalid mantissa", "bad float: integer part is required before decimal point"),
    ("invalid fraction", BAD_FLOAT),
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
const UNKNOWN: &str = "bad format: unknown value appeared";
const NO_NEWLINE: &str = "toml::parse_table: newline (LF / CRLF) or EOF is expected";
const UNCLOSED_ARRAY: &str = "toml::parse_array: missing closing bracket `]`";
const NO_SEPARATOR: &str = "toml::parse_inline_table: expected value-separator `,` or closing `}`";
const UNDERSCORE: &str = "bad integer: `_` must be surrounded by digits";
const BAD_FLOAT: &str = "bad float: invalid format";
const NOT_LOWERCASE: &str = "toml::parse_boolean: invalid boolean: boolean must be `true` or `false`, in lowercase. \
                             string must be surrounded by `\"`";
const NO_CODE_POINT: &str = "toml::parse_utf8_codepoint: [0xD800, 0xDFFF] is not a valid UTF-8";
/// Stands for what depends on the radix.
const BAD_RADIX: &str = "bad integer: invalid radix";

//! Reading TOML as `fromTOML` does (TOML 1.0; what the Nix manual says of `builtins.fromTOML`).
//!
//! Dates and times have no value in the language: Nix rejects them unless an experimental feature is on.

use super::json::JsonBuilder;
use toml::{Table, Value};

/// Reads a TOML text; the result is always an object. The error is worded as Nix begins it; what follows is the
/// parser's own.
pub fn parse<B: JsonBuilder>(text: &[u8], builder: &mut B) -> Result<B::Value, String> {
    let text = std::str::from_utf8(text)
        .map_err(|error| format!("while parsing TOML: invalid UTF-8 at byte {}", error.valid_up_to()))?;
    // The parser bounds the depth of what it accepts, which bounds the recursion here.
    let table: Table = toml::from_str(text)
        .map_err(|error| format!("while parsing TOML: {}", error.to_string().trim_end()))?;
    convert_table(table, builder)
}

fn convert_table<B: JsonBuilder>(table: Table, builder: &mut B) -> Result<B::Value, String> {
    let mut entries = Vec::with_capacity(table.len());
    for (name, value) in table {
        without_nul(&name)?;
        let key = builder.key(name.as_bytes());
        entries.push((key, convert(value, builder)?));
    }
    Ok(builder.object(entries.into_iter()))
}

fn convert<B: JsonBuilder>(value: Value, builder: &mut B) -> Result<B::Value, String> {
    Ok(match value {
        Value::String(string) => {
            without_nul(&string)?;
            builder.string(string.as_bytes())
        }
        Value::Integer(value) => builder.int(value),
        Value::Float(value) => builder.float(value),
        Value::Boolean(value) => builder.bool(value),
        Value::Datetime(_) => return Err("while parsing TOML: Dates and times are not supported".to_owned()),
        Value::Array(array) => {
            let elements =
                array.into_iter().map(|value| convert(value, builder)).collect::<Result<Vec<_>, _>>()?;
            builder.list(elements.into_iter())
        }
        Value::Table(table) => convert_table(table, builder)?,
    })
}

fn without_nul(string: &str) -> Result<(), String> {
    if string.contains('\0') {
        return Err(format!(
            "while parsing TOML: input string '{}' cannot be represented as Nix string because it contains null \
             bytes",
            string.replace('\0', "␀")
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::json_value::{Json, TreeBuilder};
    use super::*;

    fn check(text: &str, json: &str) {
        let expected = Json::parse(json.as_bytes()).expect("the expectation is JSON");
        assert_eq!(parse(text.as_bytes(), &mut TreeBuilder), Ok(expected), "{text}");
    }

    #[test]
    fn tables() {
        check(
            "a = 1\n[b.c]\nd = [1, 2.5, 'x']\n[[e]]\nf=true\n[[e]]",
            r#"{"a":1,"b":{"c":{"d":[1,2.5,"x"]}},"e":[{"f":true},{}]}"#,
        );
        check(
            "a = 0xff\nb = 0b11\nc = 1_000\nd = -9223372036854775808",
            r#"{"a":255,"b":3,"c":1000,"d":-9223372036854775808}"#,
        );
        check("", "{}");
        check("a.b = 1\n'q.r' = \"\\u00e9\"", r#"{"a":{"b":1},"q.r":"é"}"#);
    }

    #[test]
    fn special_floats() {
        let Ok(Json::Object(entries)) = parse(b"a = -inf", &mut TreeBuilder) else { panic!("a table") };
        assert_eq!(entries[0].1, Json::Float(f64::NEG_INFINITY));
    }

    #[test]
    fn what_is_rejected() {
        for text in [
            "a = 1979-05-27",
            "a = 07:32:00",
            "a = 99999999999999999999",
            "a =",
            "a = 1\na = 2",
            "a = \"\\u0000\"",
        ] {
            let message = parse(text.as_bytes(), &mut TreeBuilder).expect_err(text);
            assert!(message.starts_with("while parsing TOML: "), "{message}");
        }
        assert!(parse(b"a = \"\xff\"", &mut TreeBuilder).is_err());
        let nested = format!("a = {}", "[".repeat(100_000));
        assert!(parse(nested.as_bytes(), &mut TreeBuilder).is_err());
    }
}

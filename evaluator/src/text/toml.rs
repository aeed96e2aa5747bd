//! Reading TOML as `fromTOML` does (TOML 1.0; what the Nix manual says of `builtins.fromTOML`).
//!
//! Dates and times have no value in the language: Nix rejects them unless an experimental feature makes sets of them.

use std::fmt::Write as _;
use std::ops::Range;

use super::json::JsonBuilder;
use super::toml_version::newer_than_1_0;
use super::toml_words::as_nix_says;
use toml::de::{DeTable, DeValue};
use toml::value::{Datetime, Offset, Time};
use toml::{Spanned, Table, Value};

/// Reads a TOML text; the result is always an object. With `timestamps` dates and times are objects of their texts.
pub fn parse<B: JsonBuilder>(text: &[u8], timestamps: bool, builder: &mut B) -> Result<B::Value, TomlError> {
    let text = std::str::from_utf8(text).map_err(|error| {
        TomlError::plain(format!("while parsing TOML: invalid UTF-8 at byte {}", error.valid_up_to()))
    })?;
    // The parser bounds the depth of what it accepts, which bounds the recursion here.
    let table: Table =
        toml::from_str(text).map_err(|error| TomlError::at(text, error.message(), error.span()))?;
    if let Some((reason, range)) = newer_than_1_0(text) {
        return Err(TomlError::at(text, reason, Some(range)));
    }
    let places = if builder.wants_places() { DeTable::parse(text).ok() } else { None };
    convert_table(table, places.as_ref().map(Spanned::get_ref), timestamps, builder).map_err(TomlError::plain)
}

/// Why a text is no TOML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TomlError {
    /// Worded as Nix words it, without the excerpt of the text that it shows.
    pub message: String,
    /// What our own parser says, with the line.
    pub help: Option<String>,
    /// Where.
    pub range: Option<Range<usize>>,
}

impl TomlError {
    fn plain(message: String) -> Self {
        Self { message, help: None, range: None }
    }

    fn at(text: &str, reason: &str, range: Option<Range<usize>>) -> Self {
        let reason = reason.trim_end();
        let start = range.as_ref().map_or(0, |range| range.start);
        let number = text[..start].matches('\n').count() + 1;
        let line = text.lines().nth(number - 1).unwrap_or_default();
        Self { message: as_nix_says(reason, line), help: Some(format!("in line {number}: {reason}")), range }
    }
}

/// Makes an object of a table; `places` is the same table with the places of its parts.
fn convert_table<B: JsonBuilder>(
    table: Table,
    places: Option<&DeTable<'_>>,
    timestamps: bool,
    builder: &mut B,
) -> Result<B::Value, String> {
    let mut entries = Vec::with_capacity(table.len());
    for (name, value) in table {
        without_nul(&name)?;
        let place = places.and_then(|places| places.get_key_value(name.as_str()));
        let key = builder.key(name.as_bytes(), place.map_or(0..0, |(key, _)| key.span()));
        entries.push((key, convert(value, place.map(|(_, value)| value), timestamps, builder)?));
    }
    Ok(builder.object(entries.into_iter()))
}

fn convert<B: JsonBuilder>(
    value: Value,
    place: Option<&Spanned<DeValue<'_>>>,
    timestamps: bool,
    builder: &mut B,
) -> Result<B::Value, String> {
    let inner = place.map(Spanned::get_ref);
    let converted = match value {
        Value::String(string) => {
            without_nul(&string)?;
            builder.string(string.as_bytes())
        }
        Value::Integer(value) => builder.int(value),
        Value::Float(value) => builder.float(value),
        Value::Boolean(value) => builder.bool(value),
        // Only TOML 1.1 has times without seconds.
        Value::Datetime(Datetime { date, time: Some(Time { second: None, hour, .. }), .. }) => {
            let reason = match (date, hour) {
                (Some(_), _) => "bad time: must be HH:MM:SS.subsec",
                (None, 0..10) => "bad integer: invalid digit after an integer",
                (None, _) => "bad datetime: invalid format",
            };
            return Err(format!("while parsing TOML: [error] {reason}"));
        }
        Value::Datetime(datetime) if timestamps => {
            let entries = [("_type", "timestamp"), ("value", &written(&datetime))];
            let entries = entries
                .map(|(name, text)| (builder.key(name.as_bytes(), 0..0), builder.string(text.as_bytes())));
            builder.object(entries.into_iter())
        }
        Value::Datetime(_) => return Err("while parsing TOML: Dates and times are not supported".to_owned()),
        Value::Array(array) => {
            let places = inner.and_then(DeValue::as_array);
            let elements = array
                .into_iter()
                .enumerate()
                .map(|(index, value)| {
                    convert(value, places.and_then(|places| places.get(index)), timestamps, builder)
                })
                .collect::<Result<Vec<_>, _>>()?;
            builder.list(elements.into_iter())
        }
        Value::Table(table) => convert_table(table, inner.and_then(DeValue::as_table), timestamps, builder)?,
    };
    Ok(match place {
        Some(place) => builder.place(converted, place.span()),
        None => converted,
    })
}

/// A date or time as Nix writes it: with as many groups of three digits behind the seconds as it takes.
fn written(datetime: &Datetime) -> String {
    let mut out = datetime.date.map(|date| date.to_string()).unwrap_or_default();
    if let Some(Time { hour, minute, second, nanosecond, .. }) = datetime.time {
        if !out.is_empty() {
            out.push('T');
        }
        let _ = write!(out, "{hour:02}:{minute:02}:{:02}", second.unwrap_or(0));
        let digits = format!("{:09}", nanosecond.unwrap_or(0));
        let mut groups = 3;
        while groups > 0 && digits[..3 * groups].ends_with("000") {
            groups -= 1;
        }
        if groups > 0 {
            let _ = write!(out, ".{}", &digits[..3 * groups]);
        }
    }
    match datetime.offset {
        Some(Offset::Z | Offset::Custom { minutes: 0 }) => out.push('Z'),
        Some(Offset::Custom { minutes }) => {
            let sign = if minutes < 0 { '-' } else { '+' };
            let minutes = minutes.unsigned_abs();
            let _ = write!(out, "{sign}{:02}:{:02}", minutes / 60, minutes % 60);
        }
        None => {}
    }
    out
}

fn without_nul(string: &str) -> Result<(), String> {
    if string.contains('\0') {
        return Err(format!(
            "while parsing TOML: error: input string '{}' cannot be represented as Nix string because it contains null \
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
        assert_eq!(parse(text.as_bytes(), false, &mut TreeBuilder), Ok(expected), "{text}");
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
        let Ok(Json::Object(entries)) = parse(b"a = -inf", false, &mut TreeBuilder) else {
            panic!("a table")
        };
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
            let message = parse(text.as_bytes(), false, &mut TreeBuilder).expect_err(text).message;
            assert!(message.starts_with("while parsing TOML: "), "{message}");
        }
        assert!(parse(b"a = \"\xff\"", false, &mut TreeBuilder).is_err());
        let nested = format!("a = {}", "[".repeat(100_000));
        assert!(parse(nested.as_bytes(), false, &mut TreeBuilder).is_err());
    }
}

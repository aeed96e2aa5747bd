//! The JSON Schema that is generated from the declarations of the options.

use serde_json::{Map, Value, json};

use crate::manual;
use crate::option::{Bounds, Kind, OptionInfo};
use crate::values::pattern;

/// The JSON Schema of a deployment file that has been evaluated to JSON.
pub fn json_schema() -> Value {
    let mut schema = Map::new();
    schema.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".into(), json!("Launchnix deployment"));
    let Value::Object(set) = set_schema(manual::options()) else { return Value::Object(schema) };
    schema.extend(set);
    // What a machine cannot do without it may have from `defaults`, which only a fleet has.
    let given = json!(["cpus", "ram"]);
    let whole = json!({ "type": "object", "required": given });
    let machine = json!({ "required": ["deployment"], "properties": { "deployment": whole } });
    schema.insert(
        "oneOf".into(),
        json!([
            {
                "required": ["machines"],
                "properties": { "machines": { "type": "object" }, "deployment": false },
                "anyOf": [
                    { "required": ["defaults"] },
                    { "properties": { "machines": { "additionalProperties": machine } } }
                ]
            },
            {
                "required": ["deployment"],
                "properties": {
                    "deployment": {
                        "type": "object",
                        "required": ["name", "cpus", "ram"],
                        "properties": { "name": { "type": "string" } }
                    },
                    "machines": false,
                    "name": false
                }
            }
        ]),
    );
    Value::Object(schema)
}

fn set_schema(options: &'static [OptionInfo]) -> Value {
    let properties: Map<_, _> =
        options.iter().map(|option| (option.name.to_owned(), attribute_schema(option))).collect();
    // In `defaults` nothing is required, and defaults may provide what a machine lacks: only what no default can
    // provide is required here.
    let required: Vec<_> = options
        .iter()
        .filter(|option| option.required && !matches!(option.name, "cpus" | "ram"))
        .map(|option| option.name)
        .collect();
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

/// What is not required may be `null`, which is the same as leaving it out.
fn attribute_schema(option: &'static OptionInfo) -> Value {
    let schema = option_schema(option);
    if option.required { schema } else { or_null(schema) }
}

fn or_null(mut schema: Value) -> Value {
    if let Some(Value::String(kind)) = schema.get("type").cloned() {
        schema["type"] = json!([kind, "null"]);
    }
    for alternatives in ["enum", "anyOf"] {
        let null = if alternatives == "enum" { Value::Null } else { json!({ "type": "null" }) };
        if let Some(values) = schema.get_mut(alternatives).and_then(Value::as_array_mut) {
            values.push(null);
        }
    }
    schema
}

fn option_schema(option: &'static OptionInfo) -> Value {
    let mut schema = kind_schema(&(option.kind)());
    schema["description"] = json!(option.doc);
    if let Some(bounds) = option.bounds {
        bound(&mut schema, bounds);
    }
    if option.deprecated.is_some() {
        schema["deprecated"] = json!(true);
    }
    // A Nix literal that is also JSON: numbers, Booleans and plain strings.
    if let Some(default) = option.default
        && let Ok(default) = serde_json::from_str::<Value>(&default())
    {
        schema["default"] = default;
    }
    schema
}

/// Puts a range on the numbers of a schema.
fn bound(schema: &mut Value, bounds: Bounds) {
    if schema["type"] == "integer" {
        schema["minimum"] = json!(bounds.min);
        schema["maximum"] = json!(bounds.max);
    }
    if let Some(alternatives) = schema.get_mut("anyOf").and_then(Value::as_array_mut) {
        for alternative in alternatives {
            bound(alternative, bounds);
        }
    }
}

fn kind_schema(kind: &Kind) -> Value {
    match kind {
        Kind::Bool => json!({ "type": "boolean" }),
        Kind::Integer => json!({ "type": "integer" }),
        Kind::Text(form) => text_schema(form),
        Kind::Xml | Kind::File | Kind::FileOrFetch | Kind::Nixpkgs => {
            json!({ "type": "string" })
        }
        Kind::Choice(choices) => {
            let values: Vec<_> = choices.iter().map(|choice| choice.value).collect();
            json!({ "type": "string", "enum": values })
        }
        Kind::List(element) => json!({ "type": "array", "items": kind_schema(element) }),
        Kind::Set(options) => set_schema(options),
        Kind::SetOr(_, shorthand, options) => {
            json!({ "anyOf": [option_schema(shorthand), set_schema(options)] })
        }
        Kind::Union(_, kinds) => {
            json!({ "anyOf": kinds.iter().map(kind_schema).collect::<Vec<_>>() })
        }
        // `null` takes away what `defaults` have of the name.
        Kind::Named(name, value) => {
            let mut schema = json!({ "type": "object", "additionalProperties": or_null(kind_schema(value)) });
            if let Some(pattern) = pattern(name) {
                schema["propertyNames"] = json!({ "pattern": pattern });
            }
            schema
        }
        // A function has no form in JSON.
        Kind::Module => json!({}),
    }
}

/// A string of a form.
fn text_schema(form: &str) -> Value {
    let mut schema = json!({ "type": "string" });
    if let Some(pattern) = pattern(form) {
        schema["pattern"] = json!(pattern);
    }
    schema
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;

    #[test]
    fn examples_match_the_patterns() {
        let mut matched = 0;
        for (path, option) in manual::all() {
            let Kind::Text(form) = (option.kind)() else { continue };
            let Some(pattern) = pattern(form) else {
                assert!(matches!(form, "a string" | "a text"), "`{path}` is {form}, which has no pattern");
                continue;
            };
            let Ok(Value::String(example)) = serde_json::from_str(option.example) else { continue };
            assert!(Regex::new(pattern).is_ok_and(|it| it.is_match(&example)), "{path}: {example}");
            matched += 1;
        }
        assert!(matched > 20, "{matched} options have a form");
    }
}

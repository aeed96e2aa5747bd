//! What is generated from the declarations of the options: the manual and the JSON Schema.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::decode::Top;
use crate::option::{Bounds, Kind, OptionInfo, Options};

/// The options at the top of a deployment file; everything else is nested in them.
pub fn options() -> &'static [OptionInfo] {
    Top::OPTIONS
}

/// The options that can stand in the set at `path`, where names that the user chooses are any word:
/// `["machines", "web", "deployment"]` holds `ram`. Elements of lists have no name of their own.
pub fn options_at(path: &[&str]) -> &'static [OptionInfo] {
    let mut here = options();
    let mut rest = path.iter();
    while let Some(name) = rest.next() {
        let Some(option) = here.iter().find(|option| option.name == *name) else { return &[] };
        here = option.nested();
        if matches!((option.kind)(), Kind::Named(..)) && rest.next().is_none() {
            return &[];
        }
    }
    here
}

/// Words that other programs have for options, each with the option.
pub fn synonyms() -> &'static [(&'static str, &'static str)] {
    crate::decode::SYNONYMS
}

/// The option at `path`, as in [`options_at`].
pub fn option_at(path: &[&str]) -> Option<&'static OptionInfo> {
    let (name, set) = path.split_last()?;
    options_at(set).iter().find(|option| option.name == *name)
}

/// Every option with the path that the manual knows it by, a set before what is in it. What a file of one machine
/// and a fleet share is listed once, under `deployment`.
pub fn all() -> Vec<(String, &'static OptionInfo)> {
    fn collect(prefix: &str, options: &'static [OptionInfo], found: &mut Vec<(String, &'static OptionInfo)>) {
        for option in options {
            let path = format!("{prefix}{}", option.name);
            found.push((path.clone(), option));
            let holder = match (option.kind)() {
                Kind::Named(..) => format!("{path}.<name>."),
                Kind::List(_) => format!("{path}.*."),
                _ => format!("{path}."),
            };
            if option.name != "defaults" && prefix != "machines.<name>." {
                collect(&holder, option.nested(), found);
            }
        }
    }
    let mut found = Vec::new();
    collect("", options(), &mut found);
    found
}

/// `docs/options.md`.
pub fn markdown() -> String {
    let mut page = String::from(INTRODUCTION);
    for (path, option) in all() {
        // Writing to a string cannot fail.
        let _ = write!(page, "\n## `{path}`\n\n{}\n\n", option.doc);
        let kind = (option.kind)();
        let unit = option.unit.map(|unit| format!(", in {unit}")).unwrap_or_default();
        let _ = writeln!(page, "- Type: {}{unit}", kind.describe());
        if let Some(bounds) = option.bounds {
            let _ = writeln!(page, "- Range: {} to {} ({})", bounds.min, bounds.max, bounds.why);
        }
        let default = match (option.required, option.default, option.implied) {
            (true, ..) => "none: it must be set".to_owned(),
            (_, Some(default), _) => format!("`{}`", default()),
            (_, _, Some(implied)) => implied.to_owned(),
            _ => match kind {
                Kind::List(_) => "`[ ]`".into(),
                Kind::Named(..) => "`{ }`".into(),
                _ => "not set".into(),
            },
        };
        let _ = writeln!(page, "- Default: {default}");
        let _ = writeln!(page, "- To change it costs {}.", option.change.describe());
        for choice in kind.choices() {
            let _ = writeln!(page, "- `\"{}\"`: {}", choice.value, choice.doc);
        }
        for old in option.renamed {
            let _ = writeln!(page, "- Formerly called `{old}`.");
        }
        if let Some(reason) = option.deprecated {
            let _ = writeln!(page, "- Deprecated: {reason}.");
        }
        let _ = write!(page, "\n```nix\n{} = {};\n```\n", option.name, option.example);
    }
    page
}

const INTRODUCTION: &str = "\
# Options of a deployment file

<!-- Generated from the declarations in `schema/src/options`. `UPDATE_DOCS=1 cargo test -p launchnix-schema` rewrites it. -->

A deployment file has one of two forms. One machine:

```nix
{
  deployment = { name = \"web\"; cpus = 2; ram = 2048; };
  machine = { pkgs, ... }: { services.nginx.enable = true; };
}
```

or a fleet:

```nix
{
  networks.lan.subnet = \"10.20.0.0/24\";
  defaults.deployment.ram = 1024;
  machines.web = { deployment.cpus = 2; machine = { ... }: { }; };
  machines.db = { deployment = { cpus = 4; ram = 8192; }; machine = { ... }: { }; };
}
```

Either may be a function whose arguments `--arg` and `--argstr` give. `machines.<name>.deployment` and
`defaults.deployment` take the options of `deployment`. Sizes are in MiB. `null` is the same as not setting an option,
and takes away what `defaults` have of it.
";

/// The JSON Schema of a deployment file that has been evaluated to JSON.
pub fn json_schema() -> Value {
    let mut schema = Map::new();
    schema.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".into(), json!("Launchnix deployment"));
    let Value::Object(set) = set_schema(options()) else { return Value::Object(schema) };
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
        Kind::Text(_) | Kind::Xml | Kind::File | Kind::FileOrFetch | Kind::Nixpkgs => {
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
        Kind::Named(_, value) => {
            json!({ "type": "object", "additionalProperties": or_null(kind_schema(value)) })
        }
        // A function has no form in JSON.
        Kind::Module => json!({}),
    }
}

//! The manual that is generated from the declarations of the options.

use std::fmt::Write as _;

use crate::decode::Top;
use crate::option::{Kind, Options};

pub use crate::option::OptionInfo;

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

/// The options that are called so, each with its path as in [`all`]: `ram`, `initialDisks.games.size`,
/// `machines.web.deployment.ram`. A whole path is that of one option; of the end of one there may be several.
pub fn find(called: &str) -> Vec<(String, &'static OptionInfo)> {
    let words: Vec<_> = called.split('.').collect();
    // What a machine of a fleet has is listed under `deployment`.
    let words = match words.as_slice() {
        ["machines", _, rest @ ..] | ["defaults", rest @ ..] if rest.len() > 1 => rest,
        words => words,
    };
    let is_called = |path: &str, whole: bool| {
        let mut known = path.split('.').rev();
        let is_told = words.iter().rev().all(|word| {
            // The number of an element need not be told.
            let is_number = *word == "*" || word.parse::<usize>().is_ok();
            let name = match known.next() {
                Some("*") if !is_number => known.next(),
                name => name,
            };
            name.is_some_and(|name| name == *word || matches!(name, "<name>" | "*"))
        });
        is_told && (!whole || known.next().is_none())
    };
    let all = all();
    // A thing that the user names has no section but that of where it is.
    if let [.., holder, _] = words
        && let Some((path, option)) = all.iter().find(|(_, option)| option.name == *holder)
        && matches!((option.kind)(), Kind::Named(..))
        && words.len() <= path.split('.').count() + 1
    {
        return vec![(path.clone(), option)];
    }
    let one = all.iter().find(|(path, _)| is_called(path, true));
    match one {
        Some(one) => vec![one.clone()],
        None => all.into_iter().filter(|(path, _)| is_called(path, false)).collect(),
    }
}

/// `docs/options.md`.
pub fn markdown() -> String {
    let mut page = String::from(INTRODUCTION);
    for (path, option) in all() {
        // Writing to a string cannot fail.
        let _ = write!(page, "\n## `{path}`\n\n{}", section(option));
    }
    page
}

/// What the manual says of an option, below its heading.
pub fn section(option: &OptionInfo) -> String {
    let mut section = format!("{}\n\n", option.doc);
    let kind = (option.kind)();
    let unit = option.unit.map(|unit| format!(", in {unit}")).unwrap_or_default();
    let _ = writeln!(section, "- Type: {}{unit}", kind.describe());
    if let Some(bounds) = option.bounds {
        let _ = writeln!(section, "- Range: {} to {} ({})", bounds.min, bounds.max, bounds.why);
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
    let _ = writeln!(section, "- Default: {default}");
    let _ = writeln!(section, "- To change it costs {}.", option.change.describe());
    for choice in kind.choices() {
        let _ = writeln!(section, "- `\"{}\"`: {}", choice.value, choice.doc);
    }
    for old in option.renamed {
        let _ = writeln!(section, "- Formerly called `{old}`.");
    }
    if let Some(reason) = option.deprecated {
        let _ = writeln!(section, "- Deprecated: {reason}.");
    }
    let _ = write!(section, "\n```nix\n{} = {};\n```\n", option.name, option.example);
    section
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

//! Languages inside of the language: regular expressions, JSON, TOML, versions, hashes, derivations.

use std::path::Path;

use launchnix_diagnostics::MemorySources;
use launchnix_evaluator::{Limits, Settings, evaluate};

const LIMITS: Limits = Limits { steps: 5_000_000, call_depth: 2_000, memory: 256 << 20, stack: 64 << 20 };

/// Calls a function, given as Nix, with strings. What it throws is what it found wrong; other errors say that the
/// strings are not what it reads.
fn call(function: &str, strings: &[&[u8]], sources: &MemorySources) {
    let mut settings = Settings::new(sources);
    settings.limits = LIMITS;
    let wrong = evaluate(&settings, |e| {
        let mut value = e.expression(function, "fuzz.nix", Path::new("/")).expect("the target is valid Nix");
        for string in strings {
            match e.call(value, e.string(string)) {
                Ok(result) => value = result,
                Err(error) => return said(&error.message),
            }
        }
        e.force_deep(value).err().and_then(|error| said(&error.message))
    });
    let wrong = wrong.expect("the evaluating thread starts");
    if let Some(wrong) = wrong {
        let strings = strings.iter().map(|string| String::from_utf8_lossy(string));
        panic!("{wrong} of {:?}", strings.collect::<Vec<_>>());
    }
}

fn said(message: &str) -> Option<String> {
    message.strip_prefix("WRONG: ").map(str::to_owned)
}

/// What precedes the first line feed, and what follows it.
fn halves(input: &[u8]) -> (&[u8], &[u8]) {
    let at = input.iter().position(|&byte| byte == b'\n').unwrap_or(input.len());
    (&input[..at], input.get(at + 1..).unwrap_or_default())
}

/// A pattern, and after a line feed what it is matched with: `split` loses nothing, and finds what `match` finds.
pub(crate) fn regex(input: &[u8]) {
    let (pattern, text) = halves(input);
    let function = r#"pattern: text:
        let
          parts = builtins.split pattern text;
          texts = builtins.filter builtins.isString parts;
          whole = builtins.match pattern text;
        in
        if builtins.length parts != 2 * builtins.length texts - 1 then
          throw "WRONG: split"
        else if whole != null && builtins.match "(${pattern})" text == null then
          throw "WRONG: a group changes what is matched"
        else
          [ parts whole ]"#;
    call(function, &[pattern, text], &MemorySources::new());
}

/// JSON that was read, written and read again is the same.
pub(crate) fn json(input: &[u8]) {
    let function = r#"text:
        let
          value = builtins.fromJSON text;
          written = builtins.toJSON value;
        in
        if builtins.fromJSON written == value then value else throw "WRONG: ${written}""#;
    call(function, &[input], &MemorySources::new());
}

/// TOML, whose numbers may be ones that are not equal to themselves.
pub(crate) fn toml(input: &[u8]) {
    call("text: builtins.fromTOML text", &[input], &MemorySources::new());
}

/// Two versions, one a line: comparing them the other way round gives the opposite.
pub(crate) fn version(input: &[u8]) {
    let (one, other) = halves(input);
    let function = r#"one: other:
        if builtins.compareVersions one other != - builtins.compareVersions other one then
          throw "WRONG: not antisymmetric"
        else
          [ (builtins.splitVersion one) (builtins.parseDrvName one) ]"#;
    call(function, &[one, other], &MemorySources::new());
}

/// A hash in any notation: it stays the same through all of them.
pub(crate) fn hash(input: &[u8]) {
    let function = r#"hash:
        let
          to = toHashFormat: hash: builtins.convertHash { inherit hash toHashFormat; };
          sri = to "sri" hash;
          through = format:
            builtins.convertHash {
              hash = to format sri;
              hashAlgo = builtins.head (builtins.split "-" sri);
              toHashFormat = "sri";
            };
        in
        if builtins.all (format: through format == sri) [ "base16" "nix32" "base64" ] then
          sri
        else
          throw "WRONG: ${sri}""#;
    call(function, &[input], &MemorySources::new());
}

/// A `.drv` file that something depends on.
pub(crate) fn derivation(input: &[u8]) {
    let path = "/nix/store/00000000000000000000000000000000-fuzz.drv";
    let sources = MemorySources::new().with(path, input);
    call("path: import path", &[path.as_bytes()], &sources);
    let function = r#"path:
        (derivation {
          name = "user";
          system = "fuzz";
          builder = builtins.appendContext "" { ${path}.outputs = [ "out" ]; };
        }).drvPath"#;
    call(function, &[path.as_bytes()], &sources);
}

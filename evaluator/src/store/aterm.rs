//! The content of `.drv` files (the manual's “Derivation” → “`ATerm` format”).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::derivation::{Derivation, Output};
use super::hash::{Algorithm, Format, Hash};
use super::path::Method;

/// Where the input derivations are in what [`write`] wrote.
pub type InputsAt = std::ops::Range<usize>;

/// Appends a derivation, with `inputs` for its input derivations: their paths, or the hashes that stand for them.
/// With `mask_outputs`, output paths are left empty, and so are the variables named after outputs.
pub fn write<N: AsRef<str>, O: AsRef<str>>(
    derivation: &Derivation<'_>,
    mask_outputs: bool,
    inputs: &BTreeMap<N, BTreeSet<O>>,
    into: &mut Vec<u8>,
) -> InputsAt {
    let mut out = Writer { out: into };
    out.raw("Derive([");
    for (index, (name, output)) in derivation.outputs.iter().enumerate() {
        out.separator(index);
        let (path, algorithm, hash) = match output {
            Output::InputAddressed(path) => (&**path, String::new(), String::new()),
            Output::Fixed { path, method, hash } => {
                (&**path, method_and_algorithm(*method, hash.algorithm()), hash.write(Format::Base16))
            }
            Output::Floating { method, algorithm } => {
                ("", method_and_algorithm(*method, *algorithm), String::new())
            }
            Output::Deferred => ("", String::new(), String::new()),
            Output::Impure { method, algorithm } => {
                ("", method_and_algorithm(*method, *algorithm), "impure".to_owned())
            }
        };
        let path = if mask_outputs { "" } else { path };
        out.raw("(");
        for (index, part) in [&**name, path, &*algorithm, &*hash].into_iter().enumerate() {
            out.separator(index);
            out.plain(part);
        }
        out.raw(")");
    }
    out.raw("],[");
    let start = out.out.len();
    out.inputs(inputs);
    let end = out.out.len();
    out.raw("],[");
    for (index, input) in derivation.input_srcs.iter().enumerate() {
        out.separator(index);
        out.plain(input);
    }
    out.raw("],");
    out.plain_bytes(&derivation.platform);
    out.raw(",");
    out.string(&derivation.builder);
    out.raw(",[");
    for (index, argument) in derivation.args.iter().enumerate() {
        out.separator(index);
        out.string(argument);
    }
    out.raw("],[");
    for (index, (name, value)) in derivation.env.iter().enumerate() {
        out.separator(index);
        out.raw("(");
        out.string(name);
        out.raw(",");
        let is_masked =
            mask_outputs && std::str::from_utf8(name).is_ok_and(|name| derivation.outputs.contains_key(name));
        out.string(if is_masked { b"" } else { value });
        out.raw(")");
    }
    out.raw("])");
    start..end
}

/// The input derivations alone, as they stand in the whole.
pub fn write_inputs<N: AsRef<str>, O: AsRef<str>>(inputs: &BTreeMap<N, BTreeSet<O>>, into: &mut Vec<u8>) {
    Writer { out: into }.inputs(inputs);
}

fn method_and_algorithm(method: Method, algorithm: Algorithm) -> String {
    format!("{}{}", method.prefix(), algorithm.name())
}

struct Writer<'o> {
    out: &'o mut Vec<u8>,
}

impl Writer<'_> {
    fn inputs<N: AsRef<str>, O: AsRef<str>>(&mut self, inputs: &BTreeMap<N, BTreeSet<O>>) {
        for (index, (input, outputs)) in inputs.iter().enumerate() {
            self.separator(index);
            self.raw("(");
            self.plain(input.as_ref());
            self.raw(",[");
            for (index, output) in outputs.iter().enumerate() {
                self.separator(index);
                self.plain(output.as_ref());
            }
            self.raw("])");
        }
    }

    fn raw(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn separator(&mut self, index: usize) {
        if index > 0 {
            self.raw(",");
        }
    }

    fn plain(&mut self, text: &str) {
        self.plain_bytes(text.as_bytes());
    }

    /// A string that Nix writes without escaping it.
    fn plain_bytes(&mut self, text: &[u8]) {
        self.out.push(b'"');
        self.out.extend_from_slice(text);
        self.out.push(b'"');
    }

    fn string(&mut self, text: &[u8]) {
        self.out.push(b'"');
        // Most texts need no escape, and whole blocks are looked through at once.
        let is_plain = |block: &[u8]| {
            let escaped = |byte: u8| u8::from(byte < b' ') | u8::from(byte == b'"') | u8::from(byte == b'\\');
            block.iter().fold(0, |found, &byte| found | escaped(byte)) == 0
        };
        if text.chunks(64).all(is_plain) {
            self.out.extend_from_slice(text);
            self.out.push(b'"');
            return;
        }
        let mut plain = 0;
        for (index, byte) in text.iter().enumerate() {
            let escaped = match byte {
                b'"' | b'\\' => *byte,
                b'\n' => b'n',
                b'\r' => b'r',
                b'\t' => b't',
                _ => continue,
            };
            self.out.extend_from_slice(&text[plain..index]);
            self.out.extend_from_slice(&[b'\\', escaped]);
            plain = index + 1;
        }
        self.out.extend_from_slice(&text[plain..]);
        self.out.push(b'"');
    }
}

/// Reads the content of a `.drv` file. The name is not in it: it comes from the file's.
pub fn parse(name: &str, text: &[u8]) -> Result<Derivation<'static>, String> {
    let mut parser = Parser { text, position: 0 };
    let derivation = parser.derivation(name).ok_or_else(|| {
        format!("error parsing derivation '{name}': unexpected content at byte {}", parser.position)
    })?;
    if parser.position < text.len() {
        return Err(format!("error parsing derivation '{name}': content after its end"));
    }
    Ok(derivation)
}

struct Parser<'t> {
    text: &'t [u8],
    position: usize,
}

impl Parser<'_> {
    fn expect(&mut self, text: &str) -> Option<()> {
        let found = self.text[self.position..].starts_with(text.as_bytes());
        self.position += if found { text.len() } else { 0 };
        found.then_some(())
    }

    fn list<T>(&mut self, mut element: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        self.expect("[")?;
        let mut list = Vec::new();
        if self.expect("]").is_some() {
            return Some(list);
        }
        loop {
            list.push(element(self)?);
            if self.expect("]").is_some() {
                return Some(list);
            }
            self.expect(",")?;
        }
    }

    fn bytes(&mut self) -> Option<Vec<u8>> {
        self.expect("\"")?;
        let mut out = Vec::new();
        loop {
            let byte = *self.text.get(self.position)?;
            self.position += 1;
            match byte {
                b'"' => return Some(out),
                b'\\' => {
                    let escaped = *self.text.get(self.position)?;
                    self.position += 1;
                    out.push(match escaped {
                        b'n' => b'\n',
                        b'r' => b'\r',
                        b't' => b'\t',
                        other => other,
                    });
                }
                byte => out.push(byte),
            }
        }
    }

    fn string(&mut self) -> Option<String> {
        String::from_utf8(self.bytes()?).ok()
    }

    fn output(&mut self) -> Option<(String, Output)> {
        self.expect("(")?;
        let name = self.string()?;
        self.expect(",")?;
        let path = self.string()?;
        self.expect(",")?;
        let method_and_algorithm = self.string()?;
        self.expect(",")?;
        let hash = self.string()?;
        self.expect(")")?;
        if method_and_algorithm.is_empty() {
            let output = if path.is_empty() { Output::Deferred } else { Output::InputAddressed(path) };
            return Some((name, output));
        }
        let (method, algorithm) = match method_and_algorithm.split_once(':') {
            None => (Method::Flat, &*method_and_algorithm),
            Some(("r", algorithm)) => (Method::Recursive, algorithm),
            Some(("text", algorithm)) => (Method::Text, algorithm),
            Some(("git", algorithm)) => (Method::Git, algorithm),
            Some(_) => return None,
        };
        let algorithm = Algorithm::parse(algorithm.as_bytes()).ok()?;
        let output = match &*hash {
            "" => Output::Floating { method, algorithm },
            "impure" => Output::Impure { method, algorithm },
            _ => Output::Fixed { path, method, hash: Hash::parse(hash.as_bytes(), Some(algorithm)).ok()? },
        };
        Some((name, output))
    }

    fn derivation(&mut self, name: &str) -> Option<Derivation<'static>> {
        self.expect("Derive(")?;
        let outputs = self.list(Self::output)?;
        self.expect(",")?;
        let input_drvs = self.list(|parser| {
            parser.expect("(")?;
            let path = parser.string()?;
            parser.expect(",")?;
            let outputs = parser.list(Self::string)?;
            parser.expect(")")?;
            Some((Cow::Owned(path), outputs.into_iter().map(Cow::Owned).collect()))
        })?;
        self.expect(",")?;
        let input_srcs = self.list(Self::string)?;
        self.expect(",")?;
        let platform = self.bytes()?;
        self.expect(",")?;
        let builder = self.bytes()?;
        self.expect(",")?;
        let args = self.list(Self::bytes)?;
        self.expect(",")?;
        let env = self.list(|parser| {
            parser.expect("(")?;
            let name = parser.bytes()?;
            parser.expect(",")?;
            let value = parser.bytes()?;
            parser.expect(")")?;
            Some((Cow::Owned(name), Cow::Owned(value)))
        })?;
        self.expect(")")?;
        Some(Derivation {
            name: name.to_owned(),
            outputs: outputs.into_iter().collect(),
            input_drvs: input_drvs.into_iter().collect(),
            input_srcs: input_srcs.into_iter().map(Cow::Owned).collect(),
            platform: Cow::Owned(platform),
            builder: Cow::Owned(builder),
            args: args.into_iter().map(Cow::Owned).collect(),
            env: env.into_iter().collect(),
        })
    }
}

//! Derivations: `derivation`, `derivationStrict` and `placeholder`.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use super::{Builtin, computes};
use crate::error::{ErrorKind, Failure};
use crate::eval::{Coercion, Evaluator, Result, lossy};
use crate::store::derivation::{Derivation, Derivations, closure, is_derivation, placeholder};
use crate::store::hash::Algorithm;
use crate::store::instantiate::{Addressing, Instantiated, instantiate};
use crate::store::memory::Known;
use crate::store::path::{Method, check_name};
use crate::symbol::{Symbol, well_known};
use crate::value::{Attrs, AttrsBuilder, Context, Partial, Position, Thunk, Value};

pub(super) static ALL: &[Builtin] = &[
    computes("derivation", 1, derivation),
    DERIVATION_STRICT,
    computes("placeholder", 1, |e, a| {
        let output = e.expect_plain_string(a[0])?;
        Ok(e.string(placeholder(output)))
    }),
];

const DERIVATION_STRICT: Builtin = computes("derivationStrict", 1, derivation_strict);
static STRICT: Builtin = DERIVATION_STRICT;

/// What has a place in the file that comes with Nix, which writes `derivation` in the language itself.
#[derive(Clone, Copy)]
pub(super) enum Place {
    Function,
    OutputsArgument,
    All,
    DrvAttrs,
    Output,
    OutPath,
    DrvPath,
    Type,
    OutputName,
}

/// Line and column of each [`Place`].
const PLACES: [(u32, u32); 9] =
    [(30, 1), (31, 3), (43, 7), (44, 15), (49, 5), (50, 7), (51, 7), (52, 7), (53, 15)];

impl Place {
    pub(super) const fn position(self) -> Position {
        Position::foreign(self as u8)
    }
}

/// File, line and column of a place that [`Position::foreign`] tells.
pub(crate) fn foreign_place(number: u8) -> Option<(String, u32, u32)> {
    let (line, column) = *PLACES.get(usize::from(number))?;
    Some(("/derivation-internal.nix".to_owned(), line, column))
}

/// An attribute of a set that is not evaluated yet.
static SELECT: Builtin = super::passes("getAttr", 2, |e, a| {
    let name = e.expect_name(a[0])?;
    let attrs = e.expect_attrs(a[1])?;
    match e.known_symbol_of(name).and_then(|name| attrs.get(name)) {
        Some(attr) => e.force(attr.value),
        None => Err(Failure::missing_attribute(name.text)),
    }
});

/// Delays a list that is there: Nix computes it, which shows where it is printed.
static ITSELF: Builtin = super::passes("map", 1, |e, a| e.force(a[0]));

/// The set of one output: what all outputs have in common, the evaluated derivation, and the output's name.
static OUTPUT: Builtin = computes("derivation", 3, |e, a| {
    let (common, strict, name) = (e.expect_attrs(a[0])?, a[1], a[2]);
    let select = |name| e.delay_call2(Value::Builtin(&SELECT), name, strict);
    let mut own = AttrsBuilder::with_capacity(e.arena, 4);
    own.push(well_known::OUT_PATH, Place::OutPath.position(), select(name));
    own.push(well_known::DRV_PATH, Place::DrvPath.position(), select(e.string("drvPath")));
    own.push(well_known::TYPE, Place::Type.position(), e.string("derivation"));
    own.push(well_known::OUTPUT_NAME, Place::OutputName.position(), name);
    Ok(e.updated(common, own.finish()))
});

fn missing(name: &str) -> crate::error::Error {
    Failure::new(ErrorKind::MissingAttribute, format!("attribute '{name}' missing"))
}

/// The attributes of the first output. All else is delayed: the other outputs, and the derivation itself.
fn derivation<'a>(e: &Evaluator<'a>, a: &[Value<'a>]) -> Result<Value<'a>> {
    let attrs = e.expect_attrs(a[0])?;
    let names: Vec<Value<'a>> = match attrs.get(well_known::OUTPUTS) {
        Some(outputs) => e.expect_list(outputs.value)?.to_vec(),
        None => vec![e.string("out")],
    };
    if names.is_empty() {
        return Err(Failure::other("'builtins.head' called on an empty list"));
    }
    let strict = e.delay_call(Value::Builtin(&STRICT), Value::Attrs(attrs));
    let common = e.arena.alloc(Thunk { value: Cell::new(Value::Blackhole), expr: e.site.get() });
    let args = e.arena.alloc_slice_copy(&[Value::Thunk(common), strict]);
    let output = Value::Partial(e.arena.alloc(Partial { function: Value::Builtin(&OUTPUT), args }));
    let outputs: Vec<Value<'a>> = names.iter().map(|&name| e.delay_call(output, name)).collect();
    let mut own = AttrsBuilder::with_capacity(e.arena, outputs.len() + 2);
    let all = e.delay_call(Value::Builtin(&ITSELF), e.list(&outputs));
    own.push(well_known::ALL, Place::All.position(), all);
    own.push(well_known::DRV_ATTRS, Place::DrvAttrs.position(), Value::Attrs(attrs));
    for (&name, &output) in names.iter().zip(&outputs) {
        own.push(e.symbol_of(e.expect_name(name)?), Place::Output.position(), output);
    }
    common.value.set(e.updated(attrs, own.finish()));
    e.force(outputs[0])
}

/// What `derivationStrict` has read of its attributes.
struct Draft<'a> {
    derivation: Derivation<'a>,
    context: Vec<Context<'a>>,
    outputs: BTreeSet<String>,
    is_content_addressed: bool,
    is_impure: bool,
    output_hash: Option<Vec<u8>>,
    output_hash_algorithm: Option<Algorithm>,
    output_hash_mode: Option<Method>,
    /// The members of the JSON text, for structured attributes.
    json: Option<Vec<u8>>,
}

fn derivation_strict<'a>(e: &Evaluator<'a>, a: &[Value<'a>]) -> Result<Value<'a>> {
    let attrs = e.expect_attrs(a[0])?;
    let Some(name_attr) = attrs.get(well_known::NAME) else { return Err(missing("name")) };
    let name_span = e.key_span(name_attr.position);
    let name = e
        .expect_plain_string(name_attr.value)
        .map_err(|error| error.frame(name_span, "while evaluating the derivation attribute 'name'"))?;
    let made = make(e, attrs, name)
        .map_err(|error| error.frame(name_span, format!("while evaluating derivation '{}'", lossy(name))))?;
    Ok(result(e, made))
}

/// `drvPath` and the outputs, as strings that refer to them.
fn result<'a>(e: &Evaluator<'a>, made: Instantiated) -> Value<'a> {
    let drv_path: &'a [u8] = e.arena.alloc_slice_copy(made.drv_path.as_bytes());
    let mut attrs = AttrsBuilder::with_capacity(e.arena, made.outputs.len() + 1);
    let whole = e.context_in(vec![Context::DeepDerivation(drv_path)]);
    attrs.push(well_known::DRV_PATH, Position::NONE, e.string_in(drv_path, whole));
    for (output, path) in &made.outputs {
        let name = e.symbols.intern(output.as_bytes());
        let context = e.context_in(vec![Context::Output { derivation: drv_path, output: e.name(name) }]);
        let path = e.arena.alloc_slice_copy(path.as_bytes());
        attrs.push(name, Position::NONE, e.string_in(path, context));
    }
    e.memory.borrow_mut().add_derivation(made.record, made.aterm);
    attrs.finish_value()
}

fn make<'a>(e: &Evaluator<'a>, attrs: &'a Attrs<'a>, name: &[u8]) -> Result<Instantiated> {
    check_name(name).map_err(|reason| {
        Failure::other(format!("invalid derivation name: {reason}. Please pass a different 'name'."))
    })?;
    let shown = lossy(name).into_owned();
    let flag = |name: Symbol| match attrs.get(name) {
        Some(attr) => e.expect_bool(attr.value).map_err(|error| {
            let text = format!(
                "while evaluating the `{}` attribute passed to builtins.derivationStrict",
                lossy(e.name(name))
            );
            error.frame(None, text)
        }),
        None => Ok(false),
    };
    let is_structured = flag(well_known::STRUCTURED_ATTRS)?;
    let ignore_nulls = flag(well_known::IGNORE_NULLS)?;
    let mut draft = Draft {
        derivation: Derivation {
            name: shown.clone(),
            outputs: BTreeMap::new(),
            input_drvs: BTreeMap::new(),
            input_srcs: BTreeSet::new(),
            platform: Cow::Borrowed(b""),
            builder: Cow::Borrowed(b""),
            args: Vec::new(),
            env: BTreeMap::new(),
        },
        context: Vec::new(),
        outputs: BTreeSet::from(["out".to_owned()]),
        is_content_addressed: false,
        is_impure: false,
        output_hash: None,
        output_hash_algorithm: None,
        output_hash_mode: None,
        json: is_structured.then(|| b"{".to_vec()),
    };
    for (key, attr) in e.sorted(attrs) {
        if attr.name == well_known::IGNORE_NULLS {
            continue;
        }
        let mut read = || -> Result<()> {
            if ignore_nulls && matches!(e.force(attr.value)?, Value::Null) {
                return Ok(());
            }
            draft.attribute(e, key, attr.name, attr.value)
        };
        read().map_err(|error| {
            let text = format!("while evaluating attribute '{}' of derivation '{shown}'", lossy(key));
            error.frame(e.key_span(attr.position), text)
        })?;
    }
    draft.finish(e)
}

/// Attributes that have no effect beside structured ones.
const MOVED_TO_CHECKS: [&[u8]; 6] = [
    b"allowedReferences",
    b"allowedRequisites",
    b"disallowedReferences",
    b"disallowedRequisites",
    b"maxClosureSize",
    b"maxSize",
];

impl<'a> Draft<'a> {
    fn attribute(&mut self, e: &Evaluator<'a>, key: &'a [u8], name: Symbol, value: Value<'a>) -> Result<()> {
        match name {
            well_known::CONTENT_ADDRESSED => {
                self.is_content_addressed = e.expect_bool(value)?;
                if self.is_content_addressed {
                    e.settings.features.require("ca-derivations").map_err(Failure::other)?;
                }
            }
            well_known::IMPURE => {
                self.is_impure = e.expect_bool(value)?;
                if self.is_impure {
                    e.settings.features.require("impure-derivations").map_err(Failure::other)?;
                }
            }
            well_known::ARGS => {
                for &argument in e.expect_list(value)? {
                    let argument = self.string(e, argument)?;
                    self.derivation.args.push(argument);
                }
            }
            _ if self.json.is_some() => self.structured(e, key, name, value)?,
            _ => {
                let text = self.string(e, value)?;
                if key == b"__json" {
                    (e.settings.message)(&format!(
                        "warning: In derivation '{}': setting structured attributes via '__json' is deprecated, \
                         and may be disallowed in future versions of Nix. Set '__structuredAttrs = true' instead.",
                        self.derivation.name
                    ));
                    let json = super::data::normal_json(e, &text).map_err(|reason| {
                        Failure::other(format!("cannot process __json attribute: {}", reason.message))
                    })?;
                    self.derivation.env.insert(Cow::Borrowed(key), json.into());
                    return Ok(());
                }
                self.meaning(e, name, &text, |text| {
                    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
                    text.split(is_space).filter(|part| !part.is_empty()).map(<[u8]>::to_vec).collect()
                })?;
                self.derivation.env.insert(Cow::Borrowed(key), text);
            }
        }
        Ok(())
    }

    fn string(&mut self, e: &Evaluator<'a>, value: Value<'a>) -> Result<Cow<'a, [u8]>> {
        if let Value::String(string) = e.force(value)? {
            self.context.extend_from_slice(string.context);
            return Ok(Cow::Borrowed(string.text));
        }
        let mut text = Vec::new();
        e.coerce_into(value, Coercion::DERIVATION, &mut text, &mut self.context)?;
        Ok(Cow::Owned(text))
    }

    /// An attribute that goes into the JSON text.
    fn structured(&mut self, e: &Evaluator<'a>, key: &'a [u8], name: Symbol, value: Value<'a>) -> Result<()> {
        if name == well_known::STRUCTURED_ATTRS {
            return Ok(());
        }
        let (text, context) = e.json(value)?;
        self.context.extend(context);
        if let Some(json) = &mut self.json {
            if json.len() > 1 {
                json.push(b',');
            }
            crate::text::json_string::write_json_string(json, key).map_err(Failure::other)?;
            json.push(b':');
            json.extend_from_slice(&text);
        }
        match name {
            well_known::BUILDER => {
                let builder = e.expect_string(value)?;
                self.context.extend_from_slice(builder.context);
                self.meaning(e, name, builder.text, |_| Vec::new())
            }
            well_known::SYSTEM
            | well_known::OUTPUT_HASH
            | well_known::OUTPUT_HASH_ALGO
            | well_known::OUTPUT_HASH_MODE => {
                self.meaning(e, name, e.expect_plain_string(value)?, |_| Vec::new())
            }
            well_known::OUTPUTS => {
                let mut outputs = Vec::new();
                for &output in e.expect_list(value)? {
                    outputs.push(e.expect_plain_string(output)?.to_vec());
                }
                self.meaning(e, name, b"", |_| outputs)
            }
            _ => {
                if MOVED_TO_CHECKS.contains(&key) {
                    let (name, key) = (&self.derivation.name, lossy(key));
                    (e.settings.message)(&format!(
                        "warning: In a derivation named '{name}', 'structuredAttrs' disables the effect of the \
                         derivation attribute '{key}'; use 'outputChecks.<output>.{key}' instead"
                    ));
                }
                Ok(())
            }
        }
    }

    /// What an attribute means to the derivation itself.
    fn meaning(
        &mut self,
        e: &Evaluator<'a>,
        name: Symbol,
        text: &[u8],
        outputs: impl FnOnce(&[u8]) -> Vec<Vec<u8>>,
    ) -> Result<()> {
        match name {
            well_known::BUILDER => self.derivation.builder = Cow::Owned(text.to_vec()),
            well_known::SYSTEM => self.derivation.platform = Cow::Owned(text.to_vec()),
            well_known::OUTPUT_HASH => self.output_hash = Some(text.to_vec()),
            // A name that nobody knows counts as none; one that is known but off does not.
            well_known::OUTPUT_HASH_ALGO => {
                e.require_feature_of_hash(text)?;
                self.output_hash_algorithm = Algorithm::parse(text).ok();
            }
            well_known::OUTPUT_HASH_MODE => {
                self.output_hash_mode = Some(
                    Method::parse_mode(text, &self.derivation.name, &e.settings.features)
                        .map_err(Failure::other)?,
                );
            }
            well_known::OUTPUTS => self.set_outputs(outputs(text))?,
            _ => {}
        }
        Ok(())
    }

    fn set_outputs(&mut self, names: Vec<Vec<u8>>) -> Result<()> {
        self.outputs.clear();
        for name in names {
            let name = lossy(&name).into_owned();
            if name == "drvPath" {
                return Err(Failure::other("invalid derivation output name 'drvPath'"));
            }
            if self.outputs.contains(&name) {
                return Err(Failure::other(format!("duplicate derivation output '{name}'")));
            }
            self.outputs.insert(name);
        }
        if self.outputs.is_empty() {
            return Err(Failure::other("derivation cannot have an empty set of outputs"));
        }
        Ok(())
    }

    fn addressing(&self, e: &Evaluator<'a>) -> Result<Addressing> {
        if let Some(hash) = &self.output_hash {
            if !self.outputs.iter().eq(["out"]) {
                return Err(Failure::other("multiple outputs are not supported in fixed-output derivations"));
            }
            let hash = e.hash_or_empty(hash, self.output_hash_algorithm)?;
            return Ok(Addressing::Fixed { method: self.output_hash_mode.unwrap_or(Method::Flat), hash });
        }
        let method = self.output_hash_mode.unwrap_or(Method::Recursive);
        let algorithm = self.output_hash_algorithm.unwrap_or(Algorithm::Sha256);
        match (self.is_content_addressed, self.is_impure) {
            (true, true) => Err(Failure::other("derivation cannot be both content-addressed and impure")),
            (true, false) => Ok(Addressing::Floating { method, algorithm }),
            (false, true) => {
                e.settings.features.require("ca-derivations").map_err(Failure::other)?;
                Ok(Addressing::Impure { method, algorithm })
            }
            (false, false) => Ok(Addressing::Input),
        }
    }

    fn finish(mut self, e: &Evaluator<'a>) -> Result<Instantiated> {
        if let Some(mut json) = self.json.take() {
            json.push(b'}');
            self.derivation.env.insert(Cow::Borrowed(b"__json"), json.into());
        }
        // The same inputs come in many of the variables.
        let mut context = std::mem::take(&mut self.context);
        context.sort_unstable();
        context.dedup();
        let mut memory = e.memory.borrow_mut();
        let directory = memory.directory().clone();
        let mut known = Known { memory: &mut memory, sources: e.settings.sources };
        let inputs = &mut self.derivation;
        for element in context {
            match element {
                Context::Opaque(path) => {
                    inputs.input_srcs.insert(lossy(path));
                }
                Context::Output { derivation, output } => {
                    let outputs = inputs.input_drvs.entry(lossy(derivation)).or_default();
                    outputs.insert(lossy(output));
                }
                Context::DeepDerivation(path) => {
                    for path in closure(&lossy(path), &mut known).map_err(Failure::other)? {
                        if is_derivation(&path) {
                            let record = known.record(&path).map_err(Failure::other)?;
                            let outputs = inputs.input_drvs.entry(path.to_string().into()).or_default();
                            outputs.extend(record.outputs.iter().cloned().map(Cow::Owned));
                        }
                        inputs.input_srcs.insert(path.to_string().into());
                    }
                }
                Context::Fetch { url, name, sha256 } => {
                    inputs
                        .input_srcs
                        .insert(super::fetch::promised_path(&directory, url, name, sha256)?.into());
                }
            }
        }
        if self.derivation.builder.is_empty() {
            return Err(Failure::other("required attribute 'builder' missing"));
        }
        if self.derivation.platform.is_empty() {
            return Err(Failure::other("required attribute 'system' missing"));
        }
        let is_text = self.output_hash_mode == Some(Method::Text);
        if is_derivation(&self.derivation.name) && !(is_text && self.outputs.iter().eq(["out"])) {
            return Err(Failure::other(
                "derivation names are allowed to end in '.drv' only if they produce a single derivation file",
            ));
        }
        let addressing = self.addressing(e)?;
        let outputs: Vec<String> = self.outputs.into_iter().collect();
        instantiate(&directory, self.derivation, &outputs, &addressing, &mut known).map_err(Failure::other)
    }
}

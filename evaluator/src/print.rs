//! Values as text: as `nix-instantiate --eval` prints them, and as error messages quote them.

use rustc_hash::FxHashSet;

use crate::eval::{Evaluator, lossy};
use crate::symbol::well_known;
use crate::text::{float, print as literal};
use crate::value::{Partial, Thunk, Value};

/// How a value is shown.
#[derive(Clone, Copy, Debug)]
struct Style {
    /// Levels of nesting that are shown.
    depth: usize,
    /// Attributes, and list elements, that are shown in all.
    items: usize,
    /// Bytes of a string that are shown.
    string: usize,
    /// Whether this is for a message: functions are shown with their place.
    message: bool,
    /// Whether something may be left out, so that what matters most comes first.
    short: bool,
}

const MESSAGE: Style = Style { depth: 10, items: 10, string: 1024, message: true, short: true };
const PLAIN: Style =
    Style { depth: usize::MAX, items: usize::MAX, string: usize::MAX, message: false, short: false };
const TRACE: Style = Style { message: true, ..PLAIN };

/// More variables than anybody lets stand for each other in a row.
const VARIABLES: usize = 1000;

impl<'a> Evaluator<'a> {
    /// A value as error messages quote it: shortened, with nothing forced.
    pub(crate) fn show_value(&self, value: Value<'a>) -> String {
        let mut printer = Printer::new(self, MESSAGE);
        printer.value(value, 0);
        lossy(&printer.out).into_owned()
    }

    /// A value as `builtins.trace` shows it: all of it, with nothing forced.
    pub(crate) fn trace_value(&self, value: Value<'a>) -> String {
        let mut printer = Printer::new(self, TRACE);
        printer.value(value, 0);
        lossy(&printer.out).into_owned()
    }

    /// A value as `nix-instantiate --eval` prints it. What is not forced is printed as `<CODE>`.
    pub fn print(&self, value: Value<'a>) -> Vec<u8> {
        let mut printer = Printer::new(self, PLAIN);
        printer.value(value, 0);
        printer.out
    }
}

struct Printer<'e, 'a> {
    evaluator: &'e Evaluator<'a>,
    style: Style,
    seen: FxHashSet<usize>,
    /// Attributes and list elements that were shown, on all levels.
    attributes: usize,
    elements: usize,
    out: Vec<u8>,
}

impl<'e, 'a> Printer<'e, 'a> {
    fn new(evaluator: &'e Evaluator<'a>, style: Style) -> Self {
        Self { evaluator, style, seen: FxHashSet::default(), attributes: 0, elements: 0, out: Vec::new() }
    }

    fn text(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn value(&mut self, value: Value<'a>, depth: usize) {
        match value {
            Value::Null => self.text("null"),
            Value::Bool(value) => self.text(if value.get() { "true" } else { "false" }),
            Value::Int(int) => self.text(&int.to_string()),
            Value::Float(value) => self.text(&float::print(value.get())),
            Value::String(string) if self.style.short => {
                literal::write_string_elided(&mut self.out, string.text, self.style.string);
            }
            Value::String(string) => literal::write_string(&mut self.out, string.text),
            Value::Path(path) => self.out.extend_from_slice(path.text),
            Value::List(list) => self.list(list, depth, std::ptr::from_ref(list).addr()),
            Value::Attrs(attrs) => self.attrs(attrs, depth),
            Value::Closure(closure) => self.function(closure, 0),
            // What Nix has written in its own language is a function like any other.
            Value::Builtin(builtin) if builtin.name == "derivation" => {
                self.text(if self.style.message {
                    "«lambda @ «nix-internal»/derivation-internal.nix:30:1»"
                } else {
                    "<LAMBDA>"
                });
            }
            Value::Builtin(builtin) if self.style.message => self.text(&format!("«primop {}»", builtin.name)),
            Value::Builtin(_) => self.text("<PRIMOP>"),
            Value::Partial(Partial { function: Value::Builtin(builtin), .. }) => {
                if self.style.message {
                    self.text(&format!("«partially applied primop {}»", builtin.name));
                } else {
                    self.text("<PRIMOP-APP>");
                }
            }
            Value::Partial(Partial { function: Value::Closure(closure), args }) => {
                self.function(closure, args.len());
            }
            Value::Partial(_) => self.text(if self.style.message { "«lambda»" } else { "<LAMBDA>" }),
            Value::Thunk(thunk) => self.thunk(thunk, depth),
            Value::Pending(_)
            | Value::PendingCall(_)
            | Value::PendingCall2(_)
            | Value::PendingItem(_)
            | Value::Unmade(_) => self.code(),
            Value::Blackhole => self.text("«potential infinite recursion»"),
        }
    }

    fn code(&mut self) {
        self.text(if self.style.message { "«thunk»" } else { "<CODE>" });
    }

    fn thunk(&mut self, thunk: &'a Thunk<'a>, depth: usize) {
        let mut thunk = thunk;
        // With tracing, constants and variables are delayed, too; that does not show. Variables that stand for each
        // other never come to a value.
        for _ in 0..VARIABLES {
            let Value::Pending(env) = thunk.value.get() else { break };
            if !self.evaluator.tracing {
                break;
            }
            match crate::eval::as_nix_delays(thunk.expr, env) {
                Some(Value::Thunk(next)) => thunk = next,
                Some(value) => return self.value(value, depth),
                None => break,
            }
        }
        match thunk.value.get() {
            Value::Pending(_) | Value::PendingCall(_) | Value::PendingCall2(_) | Value::PendingItem(_) => {
                self.code();
            }
            // Nix knows lists by where they are kept, which is here only where the same is delayed.
            Value::List(list) if self.evaluator.is_exact() && !self.evaluator.tracing => {
                self.list(list, depth, std::ptr::from_ref(thunk).addr());
            }
            value => self.value(value, depth),
        }
    }

    /// A function that has some of its arguments already.
    fn function(&mut self, closure: &'a crate::value::Closure<'a>, given: usize) {
        if !self.style.message {
            return self.text("<LAMBDA>");
        }
        let name = closure.lambda.name.map(|name| lossy(self.evaluator.name(name)).into_owned());
        let source_map = self.evaluator.source_map();
        let span = closure.lambda.span;
        let file = source_map.get(span.source);
        let at = file.line_byte(closure.lambda.start(given));
        let name = name.map_or(String::new(), |name| format!(" {name}"));
        self.text(&format!("«lambda{name} @ {}:{}:{}»", file.name(), at.line, at.column));
    }

    fn list(&mut self, list: &'a crate::value::List<'a>, depth: usize, place: usize) {
        if list.items.is_empty() {
            return self.text("[ ]");
        }
        if depth >= self.style.depth {
            return self.text("[ ... ]");
        }
        // The outermost one is a copy.
        if depth > 0 && !self.seen.insert(place) {
            return self.text("«repeated»");
        }
        self.text("[ ");
        for (index, &item) in list.items.iter().enumerate() {
            if self.elements >= self.style.items {
                self.elided(list.items.len() - index, "item");
                break;
            }
            self.value(item, depth + 1);
            self.text(" ");
            self.elements += 1;
        }
        self.text("]");
    }

    fn attrs(&mut self, attrs: &'a crate::value::Attrs<'a>, depth: usize) {
        if attrs.is_empty() {
            // Nix has but one empty set, and messages say so.
            let is_repeated = self.style.message && !self.seen.insert(0);
            return self.text(if is_repeated { "«repeated»" } else { "{ }" });
        }
        if self.style.short && self.derivation(attrs) {
            return;
        }
        if depth >= self.style.depth {
            return self.text("{ ... }");
        }
        if !self.seen.insert(std::ptr::from_ref(attrs).addr()) {
            return self.text("«repeated»");
        }
        self.text("{ ");
        let mut sorted = self.evaluator.sorted(attrs);
        if self.style.short {
            // Where some are left out, what a set is must not be.
            sorted.sort_by_key(|(name, _)| !matches!(*name, b"type" | b"_type"));
        }
        for (index, (name, attr)) in sorted.into_iter().enumerate() {
            if self.attributes >= self.style.items {
                self.elided(attrs.len() - index, "attribute");
                break;
            }
            literal::write_attribute_name(&mut self.out, name);
            self.text(" = ");
            self.value(attr.value, depth + 1);
            self.text("; ");
            self.attributes += 1;
        }
        self.text("}");
    }

    fn elided(&mut self, hidden: usize, what: &str) {
        let plural = if hidden == 1 { "" } else { "s" };
        self.text(&format!("«{hidden} {what}{plural} elided» "));
    }

    fn derivation(&mut self, attrs: &'a crate::value::Attrs<'a>) -> bool {
        let forced = |name| {
            attrs.get(name).and_then(|attr| match attr.value {
                Value::Thunk(thunk) => match thunk.value.get() {
                    Value::String(string) => Some(string),
                    _ => None,
                },
                Value::String(string) => Some(string),
                _ => None,
            })
        };
        if forced(well_known::TYPE).is_none_or(|kind| kind.text != b"derivation") {
            return false;
        }
        let Some(path) = forced(well_known::DRV_PATH) else { return false };
        self.text(&format!("«derivation {}»", path.lossy()));
        true
    }
}

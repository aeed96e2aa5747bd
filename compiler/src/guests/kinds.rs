//! The types of options and of their parts, asked whether a value fits.

use launchnix_evaluator::{Attrs, Evaluator, Value};

use super::message::list_entry;

/// Whether a value is of the type that the option, or the part of one, at this path has.
pub(super) fn fits<'a>(
    evaluator: &Evaluator<'a>,
    options: Value<'a>,
    path: &[String],
    value: Value<'a>,
) -> Option<bool> {
    let kinds = Kinds { evaluator };
    let kind = kinds.at(kinds.attrs(options)?, path)?;
    let check = evaluator.force(kind.get(evaluator.intern("check"))?.value).ok()?;
    let verdict = evaluator.call(check, value).ok()?;
    evaluator.expect_bool(verdict).ok()
}

/// How the type of the option, or of the part of one, at this path is described.
pub(super) fn described<'a>(
    evaluator: &Evaluator<'a>,
    options: Value<'a>,
    path: &[String],
) -> Option<String> {
    let kinds = Kinds { evaluator };
    kinds.text(kinds.at(kinds.attrs(options)?, path)?, "description")
}

/// The name of the type of the option, or of the part of one, at this path.
pub(super) fn name<'a>(evaluator: &Evaluator<'a>, options: Value<'a>, path: &[String]) -> Option<String> {
    let kinds = Kinds { evaluator };
    kinds.text(kinds.at(kinds.attrs(options)?, path)?, "name")
}

/// Whether the option, or the part of one, at this path takes a set of options of its own.
pub(super) fn is_submodule<'a>(evaluator: &Evaluator<'a>, options: Value<'a>, path: &[String]) -> bool {
    name(evaluator, options, path).is_some_and(|name| name == "submodule")
}

/// The option, named so, that this one is another name of.
pub(super) fn alias_of<'a>(evaluator: &Evaluator<'a>, option: &'a Attrs<'a>) -> Option<String> {
    let description = option.get(evaluator.intern("description"))?.value;
    let description = match evaluator.force(description).ok()? {
        Value::Attrs(attrs) => attrs.get(evaluator.intern("text"))?.value,
        other => other,
    };
    let text = evaluator.expect_string(description).ok()?.lossy().into_owned();
    text.strip_prefix("Alias of").map(str::to_owned)
}

/// Whether a type is that of sets by names which nobody knows before.
pub(super) fn is_set_of<'a>(evaluator: &Evaluator<'a>, kind: &'a Attrs<'a>) -> bool {
    let name = Kinds { evaluator }.text(kind, "name");
    name.is_some_and(|name| matches!(name.as_str(), "attrsOf" | "lazyAttrsOf" | "loaOf"))
}

struct Kinds<'e, 'a> {
    evaluator: &'e Evaluator<'a>,
}

impl<'a> Kinds<'_, 'a> {
    fn attrs(&self, value: Value<'a>) -> Option<&'a Attrs<'a>> {
        match self.evaluator.force(value) {
            Ok(Value::Attrs(attrs)) => Some(attrs),
            _ => None,
        }
    }

    fn get(&self, attrs: &'a Attrs<'a>, name: &str) -> Option<Value<'a>> {
        attrs.get(self.evaluator.intern(name)).map(|attr| attr.value)
    }

    fn text(&self, attrs: &'a Attrs<'a>, name: &str) -> Option<String> {
        Some(self.evaluator.expect_string(self.get(attrs, name)?).ok()?.lossy().into_owned())
    }

    /// The type at a path among options.
    fn at(&self, options: &'a Attrs<'a>, path: &[String]) -> Option<&'a Attrs<'a>> {
        let mut level = options;
        let mut rest = path;
        loop {
            // A name with a dot in it stands unquoted in older messages.
            let (taken, next) = (1..=rest.len())
                .find_map(|taken| Some((taken, self.attrs(self.get(level, &rest[..taken].join("."))?)?)))?;
            rest = &rest[taken..];
            level = next;
            if self.text(level, "_type").as_deref() == Some("option") {
                return self.inside(self.attrs(self.get(level, "type")?)?, rest);
            }
        }
    }

    /// The type of a part of what has a type.
    fn inside(&self, kind: &'a Attrs<'a>, path: &[String]) -> Option<&'a Attrs<'a>> {
        let Some((first, rest)) = path.split_first() else { return Some(kind) };
        match self.text(kind, "name")?.as_str() {
            "submodule" => self.of_submodule(kind, path),
            "listOf" => list_entry(first).and_then(|_| self.inside(self.element(kind, "elemType")?, rest)),
            "attrsOf" | "lazyAttrsOf" | "loaOf" => self.inside(self.element(kind, "elemType")?, rest),
            "nullOr" | "uniq" | "unique" => self.inside(self.element(kind, "elemType")?, path),
            "coercedTo" => self.inside(self.element(kind, "finalType")?, path),
            "either" => {
                ["left", "right"].iter().find_map(|side| self.inside(self.element(kind, side)?, path))
            }
            _ => None,
        }
    }

    fn of_submodule(&self, kind: &'a Attrs<'a>, path: &[String]) -> Option<&'a Attrs<'a>> {
        let function = self.evaluator.force(self.get(kind, "getSubOptions")?).ok()?;
        let options = self.attrs(self.evaluator.call(function, self.evaluator.list(&[])).ok()?)?;
        self.at(options, path).or_else(|| self.inside(self.element(kind, "freeformType")?, path))
    }

    /// A type that another is made of. Before they had names there was one, `functor.wrapped`.
    fn element(&self, kind: &'a Attrs<'a>, name: &str) -> Option<&'a Attrs<'a>> {
        if let Some(nested) = self.get(kind, "nestedTypes").and_then(|nested| self.attrs(nested))
            && let Some(element) = self.get(nested, name)
        {
            return self.attrs(element);
        }
        let functor = self.attrs(self.get(kind, "functor")?)?;
        let wrapped = self.get(functor, "wrapped")?;
        match (name, self.evaluator.force(wrapped).ok()?) {
            ("left", Value::List(list)) => self.attrs(*list.items.first()?),
            ("right", Value::List(list)) => self.attrs(*list.items.get(1)?),
            ("freeformType", _) => None,
            _ => self.attrs(wrapped),
        }
    }
}

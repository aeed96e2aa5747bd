//! What modules say in words of their own: failed assertions and warnings, of options that are gone among them.

use std::collections::BTreeSet;

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, Span};

use super::declarations::Abouts;
use super::definitions::Definition;
use super::message::{Message, one_line, option_path, shown};
use super::place::{MAX_PLACES, Placer, once};
use super::suggestion;

/// How many instances of what has a name of its own are compared.
const MAX_INSTANCES: usize = 200;

/// How what is said of a failed assertion begins.
const FAILED: &str = "failed assertion: ";

/// What is said of an assertion or a warning.
struct Said {
    diagnostic: Diagnostic,
    /// Whether it is placed at what lacks something, and not at what it speaks of.
    is_near: bool,
}

impl Placer<'_, '_, '_, '_> {
    /// Failed assertions. What lacks something is one mistake, however much is asserted of it.
    pub(super) fn assertions(&mut self, texts: &[String], abouts: &Abouts) -> Vec<Diagnostic> {
        let mut told: Vec<Said> = Vec::new();
        for text in texts {
            let said = self.assertion(text, abouts.get(text));
            let lacks = |known: &&mut Said| {
                said.is_near && known.is_near && known.diagnostic.primary == said.diagnostic.primary
            };
            match told.iter_mut().find(lacks) {
                Some(known) => {
                    let more = said.diagnostic.message.trim_start_matches(FAILED);
                    known.diagnostic.notes.push(format!("and also: {more}"));
                }
                None => told.push(said),
            }
        }
        told.into_iter().map(|said| said.diagnostic).collect()
    }

    fn assertion(&mut self, text: &str, about: Option<&Vec<String>>) -> Said {
        match Message::read(text) {
            Message::Removed { option, instead } => {
                let diagnostic = self.removed(Code::GuestAssertion, &option, &instead);
                Said { diagnostic, is_near: false }
            }
            _ => self.said(Code::GuestAssertion, FAILED, text, about),
        }
    }

    /// A warning.
    pub(super) fn warning(&mut self, text: &str, abouts: &Abouts) -> Diagnostic {
        match Message::read(text) {
            Message::Renamed { option, new, has_new_type } => self.renamed(&option, &new, has_new_type),
            Message::Removed { option, instead } => self.removed(Code::GuestWarning, &option, &instead),
            _ => self.said(Code::GuestWarning, "NixOS warns: ", text, abouts.get(text)).diagnostic,
        }
    }

    /// The definitions of an option that a module names, which may be one of submodules, named from there.
    fn named(&mut self, option: &str) -> (Vec<String>, Vec<Span>) {
        let path = option_path(option);
        let keys = |placer: &mut Self, path: &[String]| -> Vec<Span> {
            let found: Vec<Definition<'_>> = placer.exactly(path);
            once(found.into_iter().filter_map(|definition| placer.key(definition)))
        };
        let found = keys(self, &path);
        if !found.is_empty() {
            return (path, found);
        }
        match self.modules.and_then(|modules| modules.inside(&path)) {
            Some(whole) => {
                let found = keys(self, &whole);
                (whole, found)
            }
            None => (path, Vec::new()),
        }
    }

    pub(super) fn removed(&mut self, code: Code, option: &str, instead: &str) -> Diagnostic {
        let (path, keys) = self.named(option);
        let place = keys.first().copied().unwrap_or_else(|| self.near(&path));
        let message = format!("the NixOS option `{}` was removed", shown(&path));
        let mut diagnostic = Diagnostic::new(code, place, message).labelled("it has no effect any more");
        for &key in keys.iter().skip(1).take(MAX_PLACES) {
            diagnostic = diagnostic.with_label(key, "it is set here as well");
        }
        if instead.is_empty() {
            diagnostic.with_help("leave it out")
        } else {
            diagnostic.with_help(format!("leave it out; nixpkgs says: {instead}"))
        }
    }

    pub(super) fn renamed(&mut self, option: &str, new: &str, has_new_type: bool) -> Diagnostic {
        let (path, keys) = self.named(option);
        let old = option_path(option);
        let new = option_path(new);
        let target: Vec<_> = path[..path.len() - old.len()].iter().chain(&new).cloned().collect();
        let place = keys.first().copied().unwrap_or_else(|| self.near(&path));
        let message = format!("the NixOS option `{}` was renamed to `{}`", shown(&path), shown(&target));
        let mut diagnostic =
            Diagnostic::new(Code::GuestWarning, place, message).labelled("this is the old name");
        for &key in keys.iter().skip(1).take(MAX_PLACES) {
            diagnostic = diagnostic.with_label(key, "it is set here as well");
        }
        if has_new_type {
            return diagnostic
                .with_help(format!("set `{}` instead, which takes another type", shown(&target)));
        }
        // What is written below the same names is renamed where it stands.
        let (last, parents) = path.split_last().expect("a name has a part");
        if let [key] = keys.as_slice()
            && target.len() > parents.len()
            && target[..parents.len()] == *parents
            && self.slice(*key) == last
        {
            diagnostic = diagnostic.with_fix(Fix {
                span: *key,
                replacement: shown(&target[parents.len()..]),
                applicability: Applicability::Unsafe,
            });
        }
        if diagnostic.fix.is_none()
            && let [_] = keys.as_slice()
            && let Some((part, replacement)) = self.renamed_part(&path, &target)
        {
            diagnostic.primary = Some(part);
            diagnostic =
                diagnostic.with_fix(Fix { span: part, replacement, applicability: Applicability::Unsafe });
        }
        diagnostic.with_help(format!("set `{}` instead", shown(&target)))
    }

    /// The one part of a name that is another one in the new name, with those around it being the same, and what that is;
    /// where the whole is written in one piece from there on.
    fn renamed_part(&mut self, path: &[String], target: &[String]) -> Option<(Span, String)> {
        let start = path.iter().zip(target).take_while(|(old, new)| old == new).count();
        let after = path.get(start + 1..).filter(|after| !after.is_empty())?;
        let new = target.get(start..)?.strip_suffix(after).filter(|new| !new.is_empty())?;
        let found = self.exactly(&path[..=start]).into_iter();
        let keys = once(found.filter_map(|definition| self.key(definition)));
        let [part] = keys.as_slice() else { return None };
        let text = self.report.text(*part);
        let is_whole = self.slice(*part) == path[start]
            && text[part.end as usize..].strip_prefix('.')?.starts_with(&shown(after));
        is_whole.then(|| (*part, shown(new)))
    }

    /// What a module says, placed at the options that it names, if the user sets one of them; or where the user says
    /// it, in `assertions` or `warnings`.
    fn said(&mut self, code: Code, start: &str, text: &str, about: Option<&Vec<String>>) -> Said {
        let list = if code == Code::GuestAssertion { "assertions" } else { "warnings" };
        let own = self.own_words(list, text);
        // What the user asserts of an option that is set is to be changed where it is set.
        let is_asserted = code == Code::GuestAssertion && !own.is_empty();
        let set = if is_asserted { self.set_as_named(text) } else { Vec::new() };
        let asserted = own.first().copied().filter(|_| !set.is_empty());
        let mut places = if set.is_empty() { own } else { set };
        let mut is_near = false;
        if places.is_empty() {
            (places, is_near) = self.named_in(text);
        }
        if places.is_empty()
            && let Some(path) = about.cloned().or_else(|| self.sought(code, text))
        {
            places.extend(self.exactly(&path).into_iter().filter_map(|definition| self.key(definition)));
            is_near = true;
        }
        let place = places.first().copied().unwrap_or_else(|| self.whole());
        let (sentence, rest) = first_sentence(text);
        let mut diagnostic = Diagnostic::new(code, place, format!("{start}{sentence}"));
        for &other in places.iter().skip(1).filter(|&&other| other != place).take(MAX_PLACES) {
            diagnostic = diagnostic.with_label(other, "it is about this as well");
        }
        if let Some(asserted) = asserted {
            diagnostic = diagnostic.with_label(asserted, "it is asserted here");
        }
        if !rest.is_empty() {
            diagnostic = diagnostic.with_note(rest);
        }
        Said { diagnostic, is_near }
    }

    /// Where the options are set that a text names.
    fn set_as_named(&mut self, text: &str) -> Vec<Span> {
        let named = named_options(text).into_iter().map(|path| (self.at(&path), path.len()));
        let set: Vec<_> =
            named.filter(|((_, done), length)| done == length).flat_map(|((set, _), _)| set).collect();
        once(set.into_iter().filter_map(|definition| self.key(definition)))
    }

    /// What an assertion is about that names nothing: a warning is not worth evaluations of its own.
    fn sought(&mut self, code: Code, text: &str) -> Option<Vec<String>> {
        if code == Code::GuestAssertion { self.asserted_for(text) } else { None }
    }

    /// Where the user's own module says this.
    fn own_words(&mut self, list: &str, text: &str) -> Vec<Span> {
        let Some(modules) = self.modules else { return Vec::new() };
        let e = self.scene.evaluator;
        let mut found = Vec::new();
        for definition in self.exactly(&[list.to_owned()]) {
            for part in modules.parts(definition.value) {
                for &item in e.expect_list(part).unwrap_or(&[]) {
                    let message = match e.expect_attrs(item) {
                        Ok(attrs) => attrs.get(e.intern("message")).map(|attr| attr.value),
                        Err(_) => Some(item),
                    };
                    let Some(value) = message else { continue };
                    if e.expect_string(value).is_ok_and(|said| said.lossy().trim() == text.trim()) {
                        found.extend(self.value(Definition { key: None, value }));
                    }
                }
            }
        }
        found
    }

    /// The user's definitions of the options that a text names, those of the longest name first; or what comes
    /// nearest, and whether it is that.
    fn named_in(&mut self, text: &str) -> (Vec<Span>, bool) {
        let mut found: Vec<(usize, Span)> = Vec::new();
        let mut near: Option<(usize, Span)> = None;
        let mut values = Vec::new();
        for path in self.of_likely_instance(named_options(text)) {
            let (mut definitions, mut done) = self.at(&path);
            // Some are named without the set that they are in: `borgbackup.jobs`.
            if done == 0
                && path.len() > 2
                && let Some(whole) = self.modules.and_then(|modules| modules.inside(&path))
            {
                (definitions, done) = (self.exactly(&whole), path.len());
            }
            if done > 0
                && done + 1 == path.len()
                && let Some(sibling) = self.sibling(&path)
            {
                near = Some((path.len(), sibling));
                continue;
            }
            let keys: Vec<_> =
                definitions.into_iter().filter_map(|definition| self.key(definition)).collect();
            if done == path.len() {
                found.extend(keys.iter().map(|&key| (done, key)));
            } else if done > 1
                && near.is_none_or(|(length, _)| done > length)
                && let Some(&key) = keys.first()
            {
                near = Some((done, key));
            }
            // `users.groups.web` may be wanted since something else names `web`, or `web.service` be a value.
            if done < path.len() {
                values.extend([path.join("."), path.last().cloned().unwrap_or_default()]);
            }
        }
        found.sort_by_key(|&(length, _)| std::cmp::Reverse(length));
        let mut places: Vec<_> = found.into_iter().map(|(_, key)| key).collect();
        places.dedup();
        if places.is_empty() {
            places.extend(values.iter().find_map(|value| self.written_as(value)));
        }
        let is_near = places.is_empty();
        if is_near {
            places.extend(near.map(|(_, key)| key));
        }
        (places, is_near)
    }

    /// The names with the instance for `<name>` of which the user defines most of what they speak of.
    fn of_likely_instance(&self, paths: Vec<Vec<String>>) -> Vec<Vec<String>> {
        let stands_for_any = |part: &String| part.starts_with('<') && part.ends_with('>');
        let starts =
            || paths.iter().filter_map(|path| path.iter().position(stands_for_any).map(|at| &path[..at]));
        let e = self.scene.evaluator;
        let mut instances: Vec<String> = Vec::new();
        for definition in starts().collect::<BTreeSet<_>>().into_iter().flat_map(|start| self.exactly(start))
        {
            if let Ok(attrs) = e.expect_attrs(self.content(definition.value)) {
                instances.extend(
                    e.sorted(attrs).iter().map(|(name, _)| String::from_utf8_lossy(name).into_owned()),
                );
            }
        }
        let with = |instance: &String, path: &Vec<String>| -> Vec<String> {
            let part = |part: &String| if stands_for_any(part) { instance.clone() } else { part.clone() };
            path.iter().map(part).collect()
        };
        let count = |instance: &String| {
            let named = paths.iter().filter(|path| path.iter().any(stands_for_any));
            named.filter(|path| self.at(&with(instance, path)).1 == path.len()).count()
        };
        let counted = instances.iter().take(MAX_INSTANCES).map(|instance| (count(instance), instance));
        // Of those that are alike, the first.
        match counted.rev().max_by_key(|(count, _)| *count) {
            Some((1.., instance)) => paths.iter().map(|path| with(instance, path)).collect(),
            _ => paths,
        }
    }

    /// The definition of an option beside this one that has nearly the same name: `device` for `devices`.
    fn sibling(&mut self, path: &[String]) -> Option<Span> {
        let (last, parents) = path.split_last()?;
        let e = self.scene.evaluator;
        let sets: Vec<_> = self
            .exactly(parents)
            .into_iter()
            .filter_map(|definition| e.expect_attrs(self.content(definition.value)).ok())
            .collect();
        let names = sets.iter().flat_map(|&set| e.sorted(set));
        let names = names.map(|(name, _)| String::from_utf8_lossy(name).into_owned());
        let nearest = suggestion::closest(last, names)?;
        let key = sets.iter().find_map(|set| e.key_span(set.get(e.intern(&nearest))?.position))?;
        self.users(key)
    }

    /// Where the user writes this string as the value of an option.
    fn written_as(&mut self, text: &str) -> Option<Span> {
        let e = self.scene.evaluator;
        let path = self
            .modules?
            .find(&|value| e.expect_string(value).is_ok_and(|string| string.text == text.as_bytes()))?;
        self.exactly(&path).into_iter().find_map(|definition| self.value(definition))
    }
}

/// The first sentence of a text, which may go on over lines, and what follows it in one line.
fn first_sentence(text: &str) -> (String, String) {
    let mut lines = text.trim().lines().map(str::trim).peekable();
    let mut sentence = lines.next().unwrap_or_default().to_owned();
    let goes_on = |line: &&str| line.starts_with(|c: char| c.is_lowercase() || matches!(c, '`' | '\'' | '"'));
    while !sentence.ends_with(['.', ':', ';'])
        && let Some(line) = lines.next_if(goes_on)
    {
        sentence.push(' ');
        sentence.push_str(line);
    }
    let (first, rest) = match sentence.find(". ") {
        Some(end) => (&sentence[..end], &sentence[end + 1..]),
        None => (sentence.trim_end_matches('.'), ""),
    };
    let rest = std::iter::once(rest).chain(lines).collect::<Vec<_>>().join(" ");
    (first.to_owned(), one_line(&rest))
}

/// What in a text may be the name of an option: words with dots in them.
fn named_options(text: &str) -> Vec<Vec<String>> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '"' | '<' | '>');
    let trim = |c: char| matches!(c, '.' | '-');
    text.split(|c: char| !is_part(c))
        .map(|word| word.trim_matches(trim))
        .filter(|word| word.contains('.') && word.len() > 3)
        .map(option_path)
        .filter(|path| path.len() > 1)
        .collect()
}

//! What fails only for what is known to be mistaken, or for what was left out to find the rest.

use launchnix_diagnostics::Span;
use launchnix_evaluator::{Failure, Value};

use super::declarations::{declares, file_that_says};
use super::message::{Message, option_path, shown};
use super::mistakes::{Known, Mistakes};
use super::modules::Modules;
use super::properties::Property;

impl<'a> Mistakes<'_, '_, 'a, '_> {
    /// Whether something may be only because of what was left out.
    pub(super) fn may_follow(
        &self,
        message: &Message,
        error: &Failure,
        places: &[Span],
        known: Option<Known<'_, '_, 'a>>,
    ) -> bool {
        if self.mend.is_empty() {
            return false;
        }
        let has_cause = known.is_some_and(|known| known.cause.is_some());
        match message {
            Message::NoValue { option } => {
                let path = option_path(option);
                let is_defined =
                    |path: &[String]| known.is_some_and(|known| known.modules.at(path).1 == path.len());
                self.mend.is_near(&path, &is_defined)
                    || self.mend.asserts_nothing
                        && (self.is_asserted_of(&path)
                            || !known.is_some_and(|known| is_of_users(known.modules, &path)))
            }
            // What was asserted may be what keeps this from being evaluated.
            Message::Other if self.mend.asserts_nothing => {
                !has_cause && !error.span.is_some_and(|span| self.is_users(span))
            }
            Message::Other => !has_cause && places.is_empty(),
            Message::Package { .. } => self.mend.all().any(|path| allows_packages(path)),
            _ => false,
        }
    }

    /// Whether it is about what was merged although it is no list.
    pub(super) fn is_unmerged(&self, message: &Message) -> bool {
        let Message::WrongType { option, .. } = message else { return false };
        let unmerged = Message::Property { path: option_path(option), property: Property::Contents };
        self.found.iter().any(|known| known.message == unmerged)
    }

    /// Whether a failed assertion names an option, or a set that it is in.
    fn is_asserted_of(&self, path: &[String]) -> bool {
        let names: Vec<_> = (1..=path.len()).map(|length| shown(&path[..length])).collect();
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '"' | '<' | '>');
        let is_named = |text: &String| {
            let mut words = text.split(|c: char| !is_part(c)).map(|word| word.trim_matches('.'));
            words.any(|word| names.iter().any(|name| name == word))
        };
        self.found.iter().any(|known| match &known.message {
            Message::Assertions(messages) => messages.iter().any(is_named),
            _ => false,
        })
    }

    /// Options that nothing here is named like may be those of modules that could not be read.
    pub(super) fn forget_what_may_be_declared(&mut self) {
        if self.mend.leaves_out_modules() {
            self.found.retain(|known| {
                known.nearest.is_some() || !matches!(known.message, Message::UnknownOption { .. })
            });
        }
    }

    /// What of a message is no follow-on.
    pub(super) fn standing(&self, message: Message) -> Option<Message> {
        let message = match message {
            Message::Assertions(messages) => Message::Assertions(self.asserted(&messages)),
            Message::NoValue { .. } => message,
            other => return Some(other),
        };
        let message = if self.meant.is_empty() { message } else { self.with_what_was_meant(message)? };
        (message != Message::Assertions(Vec::new())).then_some(message)
    }

    /// What of a message is still so where options that do not exist have the names that were meant.
    fn with_what_was_meant(&self, message: Message) -> Option<Message> {
        let mut mend = self.mend.clone();
        for (path, new) in &self.meant {
            mend.rename(path.clone(), new.clone());
        }
        let scene = self.scene;
        let failure = scene.system(&mend).and_then(|system| scene.derivation(system)).err()?;
        match (message, Message::read(&failure.message)) {
            (Message::Assertions(known), Message::Assertions(others)) => {
                Some(Message::Assertions(known.into_iter().filter(|one| others.contains(one)).collect()))
            }
            (message, other) if message == other => Some(message),
            // Something else comes first then: what is about the same set is taken to follow.
            (Message::Assertions(known), _) => {
                let is_apart =
                    |text: &String| !self.meant.iter().any(|(path, _)| is_about_set_of(text, path));
                Some(Message::Assertions(known.into_iter().filter(is_apart).collect()))
            }
            (Message::NoValue { option }, _) => {
                let path = option_path(&option);
                let is_beside = |(known, _): &(Vec<String>, String)| {
                    path.split_last().is_some_and(|(_, parents)| known.starts_with(parents))
                };
                (!self.meant.iter().any(is_beside)).then_some(Message::NoValue { option })
            }
            _ => None,
        }
    }

    /// What is asserted without regard to what was left out: an assertion that names it may fail for just that, and so may
    /// others about what it is a part of.
    fn asserted(&self, messages: &[String]) -> Vec<String> {
        let is_named = |path: &&Vec<String>| messages.iter().any(|text| text.contains(&shown(path)));
        let named: Vec<_> = self.mend.all().filter(is_named).collect();
        let follows = |text: &String| {
            named.iter().any(|path| text.contains(&shown(path)) || is_about_set_of(text, path))
                || self.is_of_what_is_left_out(text)
        };
        messages.iter().filter(|text| !follows(text)).cloned().collect()
    }

    /// Whether a module asserts something of an option of its own, by the last of its names, that was left out.
    fn is_of_what_is_left_out(&self, text: &str) -> bool {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let words: Vec<_> = text.split(|c: char| !is_part(c)).collect();
        let is_named = |path: &&Vec<String>| path.last().is_some_and(|name| words.contains(&name.as_str()));
        let mut named = self.mend.all().filter(is_named).peekable();
        if named.peek().is_none() {
            return false;
        }
        let e = self.scene.evaluator;
        let Ok(system) = self.scene.system(&self.mend) else { return false };
        let Some(file) = file_that_says(self.scene, system, "assertions", text) else { return false };
        let options = e.select_path(system, "options", &[]);
        options.is_ok_and(|options| named.any(|path| declares(e, options, path, &file)))
    }

    /// What the guest warns of once nothing of it is mistaken any more.
    pub(super) fn warnings(&self, rest: Value<'a>) -> Vec<String> {
        let follows = |text: &String| self.mend.all().any(|path| text.contains(&shown(path)));
        self.scene.warnings(rest).into_iter().filter(|text| !follows(text)).collect()
    }
}

/// Whether something says, or was meant to say, which packages may be evaluated.
fn allows_packages(path: &[String]) -> bool {
    let is_allowance = |name: &String| name.starts_with("allow") || name.starts_with("permitted");
    path.iter().any(|name| name == "nixpkgs")
        && (path.last().is_some_and(|name| name == "config") || path.iter().any(is_allowance))
        || matches!(path, [one] if is_allowance(one))
}

/// Whether a text names the set that an option is in.
fn is_about_set_of(text: &str, path: &[String]) -> bool {
    let parent = &path[..path.len().saturating_sub(1)];
    parent.len() > 1 && text.contains(&shown(parent))
}

/// Whether the user declares an option, or defines something near it.
fn is_of_users(modules: &Modules<'_, '_>, path: &[String]) -> bool {
    modules.nearest(path).is_some() || modules.declared(path).is_some()
}

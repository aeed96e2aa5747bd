//! The diagnostic: one mistake, its places and the way out.

use crate::{About, Code, Fault, Role, Span};

/// How bad it is. Warnings do not fail a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The deployment cannot be compiled.
    Error,
    /// Worth a look; the deployment compiles.
    Warning,
}

/// A secondary place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is to be seen there.
    pub message: String,
    /// What the place has to do with the mistake, where that decides what else is said.
    pub role: Option<Role>,
}

impl Label {
    /// A place with what is to be seen there.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), role: None }
    }

    /// A place of a role, in its usual words.
    pub fn of(span: Span, role: Role) -> Self {
        Self { span, message: role.words().to_owned(), role: Some(role) }
    }
}

/// Whether a fix may be applied without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// It does what the user meant.
    Safe,
    /// It is a guess.
    Unsafe,
}

/// A change to the source that would remove the diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What to replace; empty to insert.
    pub span: Span,
    /// The text to put there.
    pub replacement: String,
    /// Whether it may be applied unasked.
    pub applicability: Applicability,
}

/// One place of a fix that changes several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What to replace; empty to insert.
    pub span: Span,
    /// The text to put there.
    pub replacement: String,
}

/// One mistake or warning, in the user's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// One sentence without a final full stop.
    pub message: String,
    /// What the user must change. `None` only where no source file is involved.
    pub primary: Option<Span>,
    /// What is to be seen at the primary place; empty for nothing.
    pub primary_label: String,
    /// Secondary places.
    pub labels: Vec<Label>,
    /// The likely remedy.
    pub help: Option<String>,
    /// Further facts, one sentence each.
    pub notes: Vec<String>,
    /// A change to the source that would mend it.
    pub fix: Option<Fix>,
    /// Where the fix has to change other places as well. All of its edits are made, or none.
    pub further_edits: Vec<Edit>,
    /// What it is about, where that decides what else is said.
    pub about: Option<About>,
    /// What an evaluation found fault with, where that is what it tells.
    pub fault: Option<Fault>,
}

impl Diagnostic {
    /// A diagnostic with its code's usual severity.
    pub fn new(code: Code, primary: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            primary: primary.into(),
            primary_label: String::new(),
            labels: Vec::new(),
            help: None,
            notes: Vec::new(),
            fix: None,
            further_edits: Vec::new(),
            about: None,
            fault: None,
        }
    }

    /// Says what is to be seen at the primary place.
    #[must_use]
    pub fn labelled(mut self, message: impl Into<String>) -> Self {
        self.primary_label = message.into();
        self
    }

    /// Adds a secondary place.
    #[must_use]
    pub fn with_label(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label::new(span, message));
        self
    }

    /// The first place of a role.
    pub fn place_of(&self, role: Role) -> Option<Span> {
        self.labels.iter().find(|label| label.role == Some(role)).map(|label| label.span)
    }

    /// Sets the likely remedy.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a further fact.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Says what it is about.
    #[must_use]
    pub fn about(mut self, about: About) -> Self {
        self.about = Some(about);
        self
    }

    /// Sets the change that would mend it.
    #[must_use]
    pub fn with_fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Says what else the fix has to change.
    #[must_use]
    pub fn with_further_edit(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.further_edits.push(Edit { span, replacement: replacement.into() });
        self
    }

    /// Everything that the fix changes, as it stands in [`Self::fix`] and [`Self::further_edits`].
    pub fn edits(&self) -> Vec<Edit> {
        let first = self.fix.iter().map(|fix| Edit { span: fix.span, replacement: fix.replacement.clone() });
        let further = self.further_edits.iter().filter(|_| self.fix.is_some()).cloned();
        first.chain(further).collect()
    }

    /// Whether the fix may be applied unasked.
    pub fn has_safe_fix(&self) -> bool {
        self.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe)
    }

    /// Whether this fails the run.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

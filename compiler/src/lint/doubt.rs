//! Which lints on names may follow from a mistake of the same file, and so say nothing of their own.

use std::collections::HashMap;

use launchnix_diagnostics::{Code, Diagnostic, Span};

/// A lint on how a file is written.
pub(super) struct Lint {
    pub(super) diagnostic: Diagnostic,
    /// The names that it is about.
    pub(super) names: Vec<String>,
    /// What it is about, as a whole.
    pub(super) whole: Span,
}

impl Lint {
    /// A lint that no mistake in the names of a file bears on.
    pub(super) fn certain(diagnostic: Diagnostic, whole: Span) -> Self {
        Self { diagnostic, names: Vec::new(), whole }
    }
}

/// The mistakes in the names of a file.
pub(super) struct Doubts<'m> {
    mistakes: Vec<&'m Diagnostic>,
    text: &'m str,
    /// How often each word is written, where there are syntax errors.
    words: HashMap<&'m str, usize>,
}

impl<'m> Doubts<'m> {
    pub(super) fn new(mistakes: Vec<&'m Diagnostic>, text: &'m str) -> Self {
        let mut words = HashMap::new();
        if mistakes.iter().any(|mistake| is_of_syntax(mistake.code)) {
            let is_between = |letter: char| !(letter.is_alphanumeric() || matches!(letter, '_' | '-' | '\''));
            text.split(is_between).for_each(|word| *words.entry(word).or_default() += 1);
        }
        Self { mistakes, text, words }
    }

    /// Whether a mistake may be all that there is: a name that seems unused was misspelt where it is used, or stands
    /// where the text could not be read.
    pub(super) fn concern(&self, lint: &Lint) -> bool {
        self.mistakes.iter().any(|mistake| match mistake.code {
            Code::UndefinedVariable => lint.names.iter().any(|name| self.may_mean(mistake, name)),
            Code::DuplicateAttribute => lint.names.iter().any(|name| self.written(mistake) == name),
            _ => self.may_hide_use(mistake, lint),
        })
    }

    /// Whether what a syntax error hides may be a use of the names.
    fn may_hide_use(&self, mistake: &Diagnostic, lint: &Lint) -> bool {
        match lint.diagnostic.code {
            Code::UnusedBinding | Code::UnusedFormal => {
                let is_elsewhere =
                    |name: &String| self.words.get(name.as_str()).is_some_and(|&count| count > 1);
                // What is not written to its end may be about to use it.
                mistake.message.contains("end of file") || lint.names.iter().any(is_elsewhere)
            }
            Code::NeedlessRec => mistake.primary.is_none_or(|place| lint.whole.contains(place)),
            _ => false,
        }
    }

    /// Whether a variable that is bound nowhere may be a name that is.
    fn may_mean(&self, mistake: &Diagnostic, name: &str) -> bool {
        let unbound = self.written(mistake);
        let is_named = |said: &String| said.contains(&format!("`{name}`"));
        // `total-used` is one name.
        unbound.split('-').any(|part| part == name)
            || unbound == name
            || mistake.help.as_ref().is_some_and(is_named)
            || launchnix_evaluator::closest(unbound, std::iter::once(name.as_bytes())).is_some()
    }

    /// What stands at the place of a mistake.
    fn written(&self, mistake: &Diagnostic) -> &'m str {
        let place = mistake.primary.map(|place| place.start as usize..place.end as usize);
        place.and_then(|place| self.text.get(place)).unwrap_or_default()
    }
}

fn is_of_syntax(code: Code) -> bool {
    matches!(code, Code::Syntax | Code::SyntaxLimit)
}

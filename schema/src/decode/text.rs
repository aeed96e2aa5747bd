//! Decoding of strings that have a form: names, addresses, URIs.

use std::ops::Range;

use launchnix_diagnostics::{About, Applicability, Code, Diagnostic, Fix, Span};

use super::basic::is_literal;
use super::{Decoder, Input, traced};
use crate::option::Kind;
use crate::{Node, Shape};

/// What to do about a number of one digit where two are needed.
const PADDING: &str = "numbers below 10 have one digit: put a `0` in front of those, or count from 10";

/// Why a string is not of the form that is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Malformed {
    /// Which bytes of the string are wrong; never beyond its end.
    pub(crate) range: Range<usize>,
    /// What is wrong with them, to stand beneath them.
    pub(crate) reason: String,
    /// The likely remedy.
    pub(crate) help: Option<String>,
    /// The option, by its name, for which alone this is the remedy.
    pub(crate) help_for: Option<&'static str>,
    pub(crate) code: Code,
    /// What to write instead of the whole string, and whether that is certain.
    pub(crate) rewrite: Option<(String, bool)>,
    /// Whether it is an address like others, and no machine can have it.
    pub(crate) is_nobodys: bool,
    /// Whether nothing is wrong with the bytes but that a `0` in front of them is missing, which no number has.
    pub(crate) is_short: bool,
}

impl Malformed {
    pub(crate) fn new(range: Range<usize>, reason: impl Into<String>) -> Self {
        Self {
            range,
            reason: reason.into(),
            help: None,
            help_for: None,
            code: Code::Malformed,
            rewrite: None,
            is_nobodys: false,
            is_short: false,
        }
    }

    /// Says that a `0` is missing in front.
    pub(crate) fn short(mut self, is_short: bool) -> Self {
        self.is_short = is_short;
        self
    }

    /// Says that it is an address that no machine can have.
    pub(crate) fn nobodys(mut self) -> Self {
        self.is_nobodys = true;
        self
    }

    pub(crate) fn coded(mut self, code: Code) -> Self {
        self.code = code;
        self
    }

    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The remedy where the option is the one of this name; else there is another, or none.
    pub(crate) fn with_help_for(mut self, option: &'static str, help: impl Into<String>) -> Self {
        self.help_for = Some(option);
        self.with_help(help)
    }

    /// What to write instead of the whole string; `sure` where nothing else can have been meant.
    pub(crate) fn rewritten(mut self, text: impl Into<String>, sure: bool) -> Self {
        self.rewrite = Some((text.into(), sure));
        self
    }

    /// The diagnostic for the string `text` that should have been `form`, at the place of the wrong bytes.
    pub(crate) fn diagnostic(&self, text: &str, form: &'static str, span: Span) -> Diagnostic {
        let wanted = if self.is_nobodys { "an address that a machine can have" } else { form };
        let message = format!("{} is not {wanted}", shown(text));
        let mut diagnostic = Diagnostic::new(self.code, span, message).labelled(self.reason.clone());
        diagnostic.about = Some(About::Form { form, string: None });
        diagnostic.help.clone_from(&self.help);
        if let (None, Some((text, _))) = (&self.help, &self.rewrite) {
            diagnostic.help = Some(format!("write `{}`", string_literal(text)));
        }
        diagnostic
    }

    /// The diagnostic for the name of an attribute, which needs no quotes.
    pub(crate) fn of_name(&self, name: &str, form: &'static str, span: Span) -> Diagnostic {
        let mut diagnostic = self.diagnostic(name, form, span);
        if let (None, Some((name, _))) = (&self.help, &self.rewrite) {
            diagnostic.help = Some(format!("write `{name}`"));
        }
        diagnostic
    }
}

/// A string as messages show it: what is long is cut, and a private key is not told.
pub(crate) fn shown(text: &str) -> String {
    if text.contains("PRIVATE KEY") {
        "a private key".into()
    } else if text.chars().count() > 60 {
        format!("{:?}", text.chars().take(59).chain(['…']).collect::<String>())
    } else {
        format!("{text:?}")
    }
}

/// A value that is written as a string of some form.
pub(crate) trait FromText: Sized {
    /// What the form is called, with its article: "a MAC address".
    const FORM: &'static str;
    /// What every string of the form matches, as a regular expression of JSON Schema (ECMA-262, without flags).
    const PATTERN: &'static str;

    fn from_text(text: &str) -> Result<Self, Malformed>;
}

/// Decodes a string of some form; a mistake is placed inside of the string.
pub(crate) fn from_text<T: FromText, N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<T> {
    if let Some(Ok(value)) = input.node.string().map(|text| T::from_text(&text)) {
        return Some(value);
    }
    let found = decoder.shape(&input.node)?;
    let Shape::String(text) = &found else {
        decoder.wrong_type(input, &found, &Kind::Text(T::FORM));
        return None;
    };
    match T::from_text(&text.value) {
        Ok(value) => Some(value),
        Err(malformed) => {
            let mut malformed = without_space::<T>(&text.value, malformed);
            let option = input.option.map(|option| option.name);
            if malformed.help_for.is_some_and(|only| option != Some(only)) {
                malformed.help = None;
            }
            let whole = input.node.span();
            let mut place = text.locate(malformed.range.start, malformed.range.end, whole);
            // Nothing, where a function has something for each machine, is to change where the machine gives it.
            if place.is_empty() {
                let given = decoder.place(input);
                if given != whole {
                    place = given;
                }
            }
            // A number cannot have a `0` in front: what makes a string of it is to change.
            let number = Some(place)
                .filter(|_| malformed.is_short && !whole.contains(place) && input.node.is_number_at(place));
            if number.is_some() {
                place = whole;
                malformed.help.get_or_insert_with(|| PADDING.to_owned());
            }
            let mut diagnostic = malformed.diagnostic(&text.value, T::FORM, place);
            if let Some(number) = number {
                diagnostic = diagnostic.with_label(number, "of this");
            }
            if let Some((replacement, sure)) = malformed.rewrite
                && is_literal(text, whole)
            {
                let applicability = if sure { Applicability::Safe } else { Applicability::Unsafe };
                let replacement = string_literal(&replacement);
                diagnostic = diagnostic.with_fix(Fix { span: whole, replacement, applicability });
            }
            if !whole.contains(place) {
                diagnostic = diagnostic.with_label(whole, "in this string");
                diagnostic.about = Some(About::Form { form: T::FORM, string: Some(whole) });
            }
            decoder.push(traced(diagnostic, &input.node, input.key));
            None
        }
    }
}

/// Why a string is not of a form, where nothing is wrong with it but the space around it.
fn without_space<T: FromText>(text: &str, malformed: Malformed) -> Malformed {
    let plain = text.trim();
    if malformed.rewrite.is_some() || plain.len() == text.len() || T::from_text(plain).is_err() {
        return malformed;
    }
    let range = match text.len() - text.trim_end().len() {
        0 => 0..text.len() - plain.len(),
        after => text.len() - after..text.len(),
    };
    Malformed::new(range, "no space belongs here").coded(malformed.code).rewritten(plain, true)
}

/// A text as a string literal of Nix.
pub(crate) fn string_literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    let mut rest = text.chars().peekable();
    while let Some(letter) = rest.next() {
        match letter {
            '"' | '\\' => literal.extend(['\\', letter]),
            '$' if rest.peek() == Some(&'{') => literal.push_str("\\$"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            other => literal.push(other),
        }
    }
    literal.push('"');
    literal
}

/// Makes strings of a form into values of options.
macro_rules! decode_from_text {
    ($($name:ty),* $(,)?) => {$(
        impl crate::option::Decode for $name {
            fn kind() -> crate::option::Kind {
                crate::option::Kind::Text(<$name as crate::decode::FromText>::FORM)
            }

            fn decode<N: crate::Node>(
                input: &crate::decode::Input<N>,
                decoder: &mut crate::decode::Decoder<'_>,
            ) -> Option<Self> {
                crate::decode::from_text(input, decoder)
            }
        }

        impl crate::option::Literal for $name {
            fn literal(&self) -> String {
                format!("\"{self}\"")
            }
        }
    )*};
}
pub(crate) use decode_from_text;

//! What is known of an option besides its value: its documentation, type, range and cost of change.
//!
//! One declaration drives everything: `#[derive(Options)]` makes a table of [`OptionInfo`] and the decoder of a
//! struct from the struct's fields, their doc comments and their `#[option(…)]` attributes.

use launchnix_diagnostics::Span;

use crate::decode::{Decoder, Fields, Input};
use crate::{Node, Shape};

/// What altering an option costs a machine that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing: it is changed while the machine runs, or concerns Launchnix only.
    Live,
    /// A graceful restart.
    Restart,
    /// The thing is made anew: what it held is lost unless it is kept by hand.
    Replace,
    /// Nothing happens to what exists: it matters when the thing is first made.
    None,
}

impl Change {
    /// A sentence for the manual.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Live => "nothing: it is applied while the machine runs",
            Self::Restart => "a graceful restart of the machine",
            Self::Replace => "a replacement: what exists is made anew, only with your consent",
            Self::None => "nothing: it counts when the thing is first made",
        }
    }
}

/// The range of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Least value.
    pub min: i64,
    /// Greatest value.
    pub max: i64,
    /// Why the range is what it is.
    pub why: &'static str,
}

/// One of the values of an option that takes one of a few.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChoiceInfo {
    /// The value.
    pub value: &'static str,
    /// What it means.
    pub doc: &'static str,
}

/// The type of an option.
#[derive(Clone, Debug)]
pub enum Kind {
    /// `true` or `false`.
    Bool,
    /// An integer.
    Integer,
    /// A string of the form that the text describes ("a MAC address").
    Text(&'static str),
    /// XML in a string.
    Xml,
    /// A file: a path or a string.
    File,
    /// A file or a fetch.
    FileOrFetch,
    /// One of a few strings.
    Choice(&'static [ChoiceInfo]),
    /// A list.
    List(Box<Self>),
    /// A set with these options.
    Set(&'static [OptionInfo]),
    /// A set with these options, or the value of one of them by itself; the text says what these are called.
    SetOr(&'static str, &'static OptionInfo, &'static [OptionInfo]),
    /// A value of one of a few types; the text says what these are called.
    Union(&'static str, Vec<Self>),
    /// A set of things that the user names; the text says what a name is.
    Named(&'static str, Box<Self>),
    /// A NixOS module.
    Module,
    /// Nixpkgs.
    Nixpkgs,
}

impl Kind {
    /// What the manual and messages call it, with its article.
    pub fn describe(&self) -> String {
        match self {
            Self::Bool => "`true` or `false`".into(),
            Self::Integer => "an integer".into(),
            Self::Text(form) | Self::SetOr(form, ..) | Self::Union(form, _) => (*form).into(),
            Self::Xml => "a string of XML".into(),
            Self::File => "a path, or a string that holds one".into(),
            Self::FileOrFetch => "a path, a string that holds one, or a fetch".into(),
            Self::Choice(choices) => {
                let values: Vec<_> = choices.iter().map(|choice| format!("`\"{}\"`", choice.value)).collect();
                format!("one of {}", values.join(", "))
            }
            Self::List(element) => match &**element {
                Self::Set(_) => "a list of sets".into(),
                Self::Text(form) | Self::SetOr(form, ..) | Self::Union(form, _) => {
                    format!("a list, each element {form}")
                }
                other => format!("a list of {}", other.describe()),
            },
            Self::Set(_) => "a set".into(),
            Self::Named(name, _) => format!("a set with an attribute for each {name}"),
            Self::Module => "a NixOS module: a function, a set or a path".into(),
            Self::Nixpkgs => "a path to nixpkgs".into(),
        }
    }

    /// The options of the set, of the list's elements or of the named things that it is.
    pub fn nested(&self) -> &'static [OptionInfo] {
        match self {
            Self::Set(options) | Self::SetOr(_, _, options) => options,
            Self::List(inner) | Self::Named(_, inner) => inner.nested(),
            Self::Union(_, kinds) => {
                kinds.iter().map(Self::nested).find(|options| !options.is_empty()).unwrap_or_default()
            }
            _ => &[],
        }
    }

    /// The strings that a value can be, with what they mean; empty where any string can stand, or none.
    pub fn choices(&self) -> &'static [ChoiceInfo] {
        match self {
            Self::Choice(choices) => choices,
            Self::SetOr(_, option, _) => (option.kind)().choices(),
            Self::List(inner) => inner.choices(),
            Self::Union(_, kinds) => {
                kinds.iter().map(Self::choices).find(|found| !found.is_empty()).unwrap_or_default()
            }
            _ => &[],
        }
    }

    /// Whether a word in quotes is one of its values.
    pub fn offers(&self, word: &str) -> bool {
        match self {
            Self::Choice(choices) => choices.iter().any(|choice| choice.value == word),
            Self::SetOr(_, alone, _) => (alone.kind)().offers(word),
            Self::Union(_, kinds) => kinds.iter().any(|kind| kind.offers(word)),
            _ => false,
        }
    }

    /// Whether a value of this shape can be of the type, whatever is inside of it.
    pub(crate) fn takes<N: Node>(&self, shape: &Shape<N>) -> bool {
        match self {
            Self::Bool => matches!(shape, Shape::Bool(_)),
            Self::Integer => matches!(shape, Shape::Int(_)),
            Self::Text(_) | Self::Xml | Self::Choice(_) => matches!(shape, Shape::String(_)),
            Self::File => matches!(shape, Shape::String(_) | Shape::Path(_)),
            Self::FileOrFetch | Self::Nixpkgs => {
                matches!(shape, Shape::String(_) | Shape::Path(_) | Shape::Fetch(_) | Shape::Attrs(_))
            }
            Self::List(_) => matches!(shape, Shape::List(_)),
            Self::Set(_) | Self::Named(..) => matches!(shape, Shape::Attrs(_)),
            Self::SetOr(_, option, _) => matches!(shape, Shape::Attrs(_)) || (option.kind)().takes(shape),
            Self::Union(_, kinds) => kinds.iter().any(|kind| kind.takes(shape)),
            Self::Module => matches!(shape, Shape::Function | Shape::Attrs(_) | Shape::Path(_)),
        }
    }
}

/// An option.
#[derive(Clone, Copy, Debug)]
pub struct OptionInfo {
    /// Its name.
    pub name: &'static str,
    /// Its documentation in Markdown; the first line is a summary.
    pub doc: &'static str,
    /// An example of its value, in Nix.
    pub example: &'static str,
    /// The unit of its numbers.
    pub unit: Option<&'static str>,
    /// What altering it costs.
    pub change: Change,
    /// Whether it must be set.
    pub required: bool,
    /// Its default in Nix.
    pub default: Option<fn() -> String>,
    /// What is taken where it is not set, for defaults that depend on other options.
    pub implied: Option<&'static str>,
    /// Its type.
    pub kind: fn() -> Kind,
    /// Its range.
    pub bounds: Option<Bounds>,
    /// The names that it had before; each still works, with a warning.
    pub renamed: &'static [&'static str],
    /// Why nobody should set it any more.
    pub deprecated: Option<&'static str>,
}

impl OptionInfo {
    /// The first line of the documentation.
    pub fn summary(&self) -> &'static str {
        self.doc.lines().next().unwrap_or_default()
    }

    /// The first sentence of the documentation, on one line.
    pub fn gist(&self) -> String {
        let paragraph = self.doc.split("\n\n").next().unwrap_or_default();
        let sentence = paragraph.split_inclusive(".\n").next().unwrap_or_default();
        sentence.lines().map(str::trim).collect::<Vec<_>>().join(" ")
    }

    /// The options of the set, of the list's elements or of the named things that this option holds.
    pub fn nested(&self) -> &'static [Self] {
        (self.kind)().nested()
    }
}

/// A struct whose fields are options.
pub(crate) trait Options: Sized {
    /// Its options, in the order of their declaration.
    const OPTIONS: &'static [OptionInfo];

    /// Where an option of this name is in them.
    fn position(name: &str) -> Option<usize>;

    /// Decodes the fields of a set.
    fn from_fields<N: Node>(fields: Fields<'_, N>, decoder: &mut Decoder<'_>) -> Self;
}

/// A value that an option can have.
pub(crate) trait Decode: Sized {
    /// Whether mistakes in it have places of their own, so that the whole is where it was written.
    const WHOLE: bool = false;

    /// Its type.
    fn kind() -> Kind;

    /// Decodes it; mistakes go to the decoder. `None` where nothing usable is left.
    fn decode<N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<Self>;
}

/// An enumeration of strings.
pub(crate) trait Choice: Sized + Copy + 'static {
    /// Its values and what they mean.
    const CHOICES: &'static [ChoiceInfo];
    /// The variants, in the same order.
    const VARIANTS: &'static [Self];

    /// The string of this variant.
    fn as_str(self) -> &'static str;
}

/// A value that can be written in Nix, for the manual.
pub(crate) trait Literal {
    /// The value in Nix.
    fn literal(&self) -> String;
}

/// What stands in for a required value that is missing or mistaken, so that the rest can be checked. It never
/// leaves the decoder: a machine with a mistake is not part of the result.
pub(crate) trait Placeholder {
    /// Some value of the type, for the set at `key`.
    fn placeholder(key: Span) -> Self;
}

/// Which options of a set had mistakes. Always empty in a [`Deployment`](crate::Deployment).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flaws(Option<Box<Flawed>>);

/// Options with mistakes. Most sets have none, and are the smaller for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Flawed {
    unknown: Vec<&'static str>,
    mistaken: Vec<&'static str>,
}

impl Flaws {
    /// Whether the value of an option is unknown, so that nothing can be said about it.
    pub(crate) fn is_unknown(&self, option: &str) -> bool {
        self.0.as_ref().is_some_and(|flawed| flawed.unknown.contains(&option))
    }

    /// Whether anything is wrong in the value of an option.
    pub(crate) fn is_mistaken(&self, option: &str) -> bool {
        self.0.as_ref().is_some_and(|flawed| flawed.mistaken.contains(&option)) || self.is_unknown(option)
    }

    pub(crate) fn set_unknown(&mut self, option: &'static str) {
        self.0.get_or_insert_default().unknown.push(option);
    }

    pub(crate) fn set_mistaken(&mut self, option: &'static str) {
        self.0.get_or_insert_default().mistaken.push(option);
    }
}

/// A part of the file that is documented like an option but decoded by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Elsewhere<T>(std::marker::PhantomData<T>);

impl<T: Decode> Decode for Elsewhere<T> {
    fn kind() -> Kind {
        T::kind()
    }

    fn decode<N: Node>(_input: &Input<N>, _decoder: &mut Decoder<'_>) -> Option<Self> {
        Some(Self(std::marker::PhantomData))
    }
}

/// An attribute of a set: what an unknown one is reported with.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) name: String,
    pub(crate) span: Span,
}

//! Nix expressions as trees, and their text.
//!
//! What is written is always one expression that evaluates to what the tree says, whatever the strings in it
//! hold: a test reads every text back.

mod write;

pub use write::write;

/// A Nix expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nix {
    /// `true`, `false`.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A string without interpolation.
    String(String),
    /// A path relative to the file that the expression stands in: `../deployment.nix`.
    Relative(String),
    /// A variable.
    Variable(String),
    /// `<nixpkgs>`.
    Lookup(String),
    /// A list.
    List(Vec<Nix>),
    /// An attribute set; every name once.
    Set(Vec<(String, Nix)>),
    /// `set.a.b`.
    Select(Box<Nix>, Vec<String>),
    /// `function argument`.
    Apply(Box<Nix>, Box<Nix>),
    /// `left + right`.
    Add(Box<Nix>, Box<Nix>),
    /// `if condition then yes else no`.
    If(Box<Nix>, Box<Nix>, Box<Nix>),
    /// `let name = value; … in body`.
    Let(Vec<(String, Nix)>, Box<Nix>),
    /// `{ a, b ? c, ... }: body`; the last part says whether `...` stands there.
    Function(Vec<Formal>, bool, Box<Nix>),
    /// An expression that the user wrote, such as that of `--arg`. It was read by a Nix parser before; it is written
    /// in parentheses of its own.
    Written(String),
    /// A comment above an expression.
    Comment(String, Box<Nix>),
}

/// An argument of a function that takes a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formal {
    /// Its name.
    pub name: String,
    /// What it is where the caller gives none.
    pub default: Option<Nix>,
}

impl Nix {
    /// A string.
    pub fn string(text: impl Into<String>) -> Self {
        Self::String(text.into())
    }

    /// A variable.
    pub fn variable(name: &str) -> Self {
        Self::Variable(name.to_owned())
    }

    /// An attribute set.
    pub fn set<N: Into<String>>(fields: impl IntoIterator<Item = (N, Self)>) -> Self {
        Self::Set(fields.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }

    /// An attribute set of one, nested: `{ a.b = value; }`.
    pub fn nested(path: &[&str], value: Self) -> Self {
        path.iter().rev().fold(value, |value, name| Self::set([(*name, value)]))
    }

    /// A list of strings.
    pub fn strings<S: Into<String>>(strings: impl IntoIterator<Item = S>) -> Self {
        Self::List(strings.into_iter().map(|text| Self::string(text)).collect())
    }

    /// The expression applied to an argument.
    #[must_use]
    pub fn apply(self, argument: Self) -> Self {
        Self::Apply(Box::new(self), Box::new(argument))
    }

    /// The file behind a path, imported.
    #[must_use]
    pub fn imported(self) -> Self {
        Self::variable("import").apply(self)
    }

    /// An attribute of the expression.
    #[must_use]
    pub fn select(self, path: &[&str]) -> Self {
        Self::Select(Box::new(self), path.iter().map(|&name| name.to_owned()).collect())
    }

    /// The expression with another one added.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self::Add(Box::new(self), Box::new(other))
    }

    /// The expression with a comment above it.
    #[must_use]
    pub fn commented(self, comment: impl Into<String>) -> Self {
        Self::Comment(comment.into(), Box::new(self))
    }
}

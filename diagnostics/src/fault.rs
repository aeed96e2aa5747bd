//! What an evaluation finds fault with, for whoever says it in other words.

/// What an evaluation finds fault with. The message of a [`Diagnostic`](crate::Diagnostic) says the same to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// What is called is no function.
    NoFunction(ValueType),
    /// A value of another type is needed.
    WrongType {
        /// What is needed.
        needed: ValueType,
        /// What there is.
        found: ValueType,
    },
    /// No string can be made of a value.
    NoText(ValueType),
    /// Nothing can be added to a value of one type that is of this other one.
    NoSummand(ValueType),
    /// A function takes no argument of this name.
    UnexpectedArgument(String),
    /// A function is not given the argument of this name.
    MissingArgument(String),
    /// A set has no attribute of this name, which stands here as in an expression: in quotes where it needs them.
    MissingAttribute(String),
    /// The condition of an `assert` does not hold.
    FailedAssertion,
    /// `abort` is given these words.
    Aborted(String),
    /// A string is no absolute path where it has to be one.
    RelativePath,
    /// A number is divided by zero.
    DivisionByZero,
    /// A list of which the first element is asked for has none.
    EmptyList,
    /// A text is no JSON.
    Json {
        /// What was being read: "object", "object key", "array".
        within: &'static str,
        /// What does not belong there: "'}'", "end of input", "string literal".
        found: &'static str,
    },
    /// A file cannot be had.
    File(FileFault),
}

/// Why a file cannot be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileFault {
    /// There is none at this path.
    Missing(String),
    /// It is a directory.
    Directory,
    /// It is not text.
    NotText,
    /// It cannot be read.
    Unreadable,
}

/// The types of the Nix language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ValueType {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// A number without a point.
    Integer,
    /// A number with one.
    Float,
    /// Text.
    String,
    /// A path.
    Path,
    /// A list.
    List,
    /// A set.
    Set,
    /// A function, of the language or built in.
    Function,
    /// What has not been evaluated.
    Unevaluated,
}

impl ValueType {
    /// What Nix calls a value of this type in messages, with its article.
    pub fn described(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "a Boolean",
            Self::Integer => "an integer",
            Self::Float => "a float",
            Self::String => "a string",
            Self::Path => "a path",
            Self::List => "a list",
            Self::Set => "a set",
            Self::Function => "a function",
            Self::Unevaluated => "a thunk",
        }
    }
}

//! What a place has to do with a mistake.

/// What the place of a label has to do with a mistake, for whoever has to tell places apart. No format shows it: that is
/// what the words are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The value was written here.
    Value,
    /// A value that was written elsewhere is used here.
    Used,
    /// The result of a function that is passed uncalled is needed here.
    Uncalled,
    /// An attribute is selected here, by a name that was written elsewhere.
    Selected,
    /// Something is looked for here in a list that was written elsewhere.
    Sought,
    /// An argument that the function does not take is passed here.
    Passed,
    /// An argument here has nearly the name of one that is missing.
    Misspelt,
    /// An assertion fails here for a value that was written elsewhere.
    False,
    /// Something is thrown here over a value that was written elsewhere.
    Thrown,
    /// A name is looked for in vain here that was written elsewhere.
    Missed,
    /// A size in MiB is made a number of bytes here.
    InBytes,
    /// The set that is most likely to lack an argument.
    Given,
    /// The set in which something is missing.
    Lacking,
    /// A part of what was thrown comes from here.
    Source,
    /// The path of which the place of the mistake is a part.
    WholePath,
    /// A list with fewer elements than were asked for.
    ShortList,
    /// The function that takes other arguments.
    Callee,
    /// A function that takes a set is given something else.
    TakesSet,
    /// The call of a function that takes a set.
    CallSite,
    /// A call around the mistake.
    Call,
}

impl Role {
    /// The words for it, where they are always the same. Those for calls are Nix's.
    pub fn words(self) -> &'static str {
        match self {
            Self::Value => "this is the value",
            Self::Used => "used here",
            Self::Uncalled => "its result is needed here",
            Self::Selected => "selected here",
            Self::Sought => "looked for here",
            Self::Passed => "passed here",
            Self::Misspelt => "this may be the one",
            Self::False => "this is false",
            Self::Thrown => "thrown here",
            Self::Missed => "which is looked for here",
            Self::InBytes => "this makes it a number of bytes",
            Self::Given => "this is given",
            Self::Lacking => "this set lacks it",
            Self::Source => "comes from here",
            Self::WholePath => "a part of this path",
            Self::ShortList => "this list is short",
            Self::Callee => "the function that is called",
            Self::TakesSet => "while evaluating the value passed for the lambda argument",
            Self::CallSite => "from call site",
            Self::Call => "while calling this function",
        }
    }
}

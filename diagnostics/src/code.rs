//! The stable codes of diagnostics, with the page that `launchnix explain` prints on each.
//!
//! `LNX01xx` syntax, `LNX02xx` evaluation, `LNX03xx` types and options, `LNX04xx` values, `LNX05xx` conflicts,
//! `LNX06xx` XML in strings, `LNX07xx` warnings, `LNX09xx` files and the outside world.

use crate::Severity;

/// A page on a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// `LNX0301`.
    pub code: &'static str,
    /// A few words.
    pub title: &'static str,
    /// Markdown: what it means, an example, the way out.
    pub page: &'static str,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal $severity:ident $title:literal;)+) => {
        /// What kind of diagnostic it is. The number never changes its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[doc = $doc])+ $name,)+ }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The code with its title and page.
            pub fn explanation(self) -> Explanation {
                match self {
                    $(Self::$name => Explanation {
                        code: $code, title: $title, page: concat!($($doc, "\n"),+),
                    },)+
                }
            }

            /// The severity that a diagnostic of this code has unless it says otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }
        }
    };
}

codes! {
    /// The file is not valid Nix. The label shows where the parser could not go on.
    ///
    /// ```nix
    /// { deployment = { cpus = 2 }; }
    ///                          ^ a `;` is missing here
    /// ```
    Syntax = "LNX0101" Error "syntax error";
    /// An attribute is defined twice in one attribute set. Both places are shown; remove one.
    DuplicateAttribute = "LNX0102" Error "duplicate attribute";
    /// A name is used that is neither bound by `let`, `rec`, a function argument or `with`, nor built in.
    UndefinedVariable = "LNX0103" Error "undefined variable";
    /// The source is nested too deeply or too large to be read safely.
    SyntaxLimit = "LNX0104" Error "source too deeply nested";
    /// Evaluation failed. The message is Nix's own; the places show which value could not be computed and
    /// which of your expressions asked for it.
    Evaluation = "LNX0201" Error "evaluation error";
    /// A value depends on itself.
    ///
    /// ```nix
    /// let ram = ram * 2; in { deployment = { inherit ram; }; }
    /// ```
    InfiniteRecursion = "LNX0202" Error "infinite recursion";
    /// Evaluation needed more steps, depth, memory or time than allowed. This is nearly always endless recursion.
    Limit = "LNX0203" Error "evaluation limit reached";
    /// `throw`, `abort` or a failed `assert` in the deployment file or in what it imports.
    Thrown = "LNX0204" Error "the deployment stopped itself";
    /// A set has no attribute of that name.
    MissingAttribute = "LNX0205" Error "missing attribute";
    /// An option has a value of the wrong type.
    ///
    /// ```nix
    /// cpus = "eight";   # cpus is an integer
    /// ```
    WrongType = "LNX0301" Error "wrong type";
    /// There is no option of that name here. Where an option of a similar name exists it is suggested.
    UnknownOption = "LNX0302" Error "unknown option";
    /// A required option is missing.
    MissingOption = "LNX0303" Error "missing option";
    /// The file is neither a single machine (`{ deployment; machine; }`) nor a fleet (`{ machines.<name>; }`).
    NotADeployment = "LNX0304" Error "not a deployment";
    /// A value is out of the range that the option allows. The message says why the range is what it is.
    OutOfRange = "LNX0401" Error "value out of range";
    /// An option takes one of a few values, and this is none of them.
    UnknownValue = "LNX0402" Error "unknown value";
    /// A string does not have the form that the option needs: an address, a name, a PCI function.
    Malformed = "LNX0403" Error "malformed value";
    /// A name is not one that libvirt, morph and ssh all accept: a host label of letters, digits and `-`.
    InvalidName = "LNX0404" Error "invalid name";
    /// Two options of one machine exclude each other.
    Conflict = "LNX0501" Error "conflicting options";
    /// Two machines claim the same thing: a name, an address, a device, a disk.
    FleetConflict = "LNX0502" Error "conflict between machines";
    /// An option refers to something that is not there: a boot order that names no disk, an unknown network.
    DanglingReference = "LNX0503" Error "reference to nothing";
    /// The XML in `extraConfig` or `extraXML` is not well-formed.
    Xml = "LNX0601" Error "broken XML";
    /// The XML in `extraConfig` or `extraXML` is well-formed, but cannot be merged into the domain.
    XmlMerge = "LNX0602" Error "XML that cannot be merged";
    /// An option has no effect here.
    NoEffect = "LNX0701" Warning "option without effect";
    /// A NixOS guest without an ssh key cannot be reached by morph.
    NoSshKey = "LNX0702" Warning "no ssh key";
    /// A file that the deployment names does not exist.
    MissingFile = "LNX0901" Error "missing file";
    /// A file could not be read.
    UnreadableFile = "LNX0902" Error "unreadable file";
    /// A key file does not hold what its option needs.
    BadKeyFile = "LNX0903" Error "not a key of that kind";
}

impl Code {
    /// The code as text: `LNX0301`.
    pub fn as_str(self) -> &'static str {
        self.explanation().code
    }

    /// Finds a code by its text, in any case: `lnx0301`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str().eq_ignore_ascii_case(text))
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_in_order() {
        for pair in Code::ALL.windows(2) {
            assert!(pair[0].as_str() < pair[1].as_str(), "{} comes before {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn every_code_is_found_by_its_text_and_has_a_page() {
        for &code in Code::ALL {
            assert_eq!(Code::parse(&code.as_str().to_lowercase()), Some(code));
            assert!(code.explanation().page.trim().len() > 20, "{code} needs a page");
        }
        assert_eq!(Code::parse("LNX9999"), None);
    }
}

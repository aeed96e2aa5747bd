//! The tree that options are decoded from.
//!
//! The schema does not know Nix. Whoever holds a tree of values with places implements [`Node`] for it, and
//! [`decode`](crate::decode) turns it into typed options and diagnostics.

use std::borrow::Cow;
use std::path::PathBuf;

use launchnix_diagnostics::{Diagnostic, Span, ValueType};

/// A name that was given more than once to what made a set, such as a list of pairs: the set has the first.
pub struct Repeated<N> {
    /// The name.
    pub name: String,
    /// Where the first one is.
    pub first: Span,
    /// Where the next one is.
    pub again: Span,
    /// What the next one holds, where that is known.
    pub dropped: Option<N>,
}

/// A value in the deployment file: lazily evaluated, with the place that a user would have to change.
pub trait Node: Clone {
    /// The name of an attribute.
    type Name: AsRef<str> + Into<String> + Clone + std::fmt::Debug;
    /// The attributes of a set, one by one.
    type Attributes: ExactSizeIterator<Item = Field<Self>> + Clone + std::fmt::Debug;

    /// Where the value was written: the literal where there is one, else the expression that made it.
    fn span(&self) -> Span;

    /// Places that the value passed on its way from [`span`](Self::span) to here, nearest first, each with
    /// what happened there ("passed as `cpus` here"). Empty for a value that was written in place.
    fn route(&self) -> Vec<(Span, String)> {
        Vec::new()
    }

    /// The expression that stands where the value is used, whatever that is: a call, or a name. `None` where it is not
    /// known, or a library has it.
    fn used(&self) -> Option<Span> {
        None
    }

    /// Whether the value is computed from what stands at [`span`](Self::span), and is not that itself: what to write there
    /// depends on what it goes through.
    fn is_computed(&self) -> bool {
        false
    }

    /// Whether the value is a text or a number that an expression makes of others.
    fn is_put_together(&self) -> bool {
        false
    }

    /// The expression that computed the value from what stands at [`span`](Self::span), where one did.
    fn computed_at(&self) -> Option<Span> {
        None
    }

    /// Where a number was written, or is computed with, that another one was multiplied with for this value, as with the unit in
    /// `4 * GiB`; and that number.
    fn scaled(&self) -> Option<(Span, i64)> {
        None
    }

    /// The expression that made a string of a value of another type, which stands at [`span`](Self::span).
    fn converted_at(&self) -> Option<Span> {
        None
    }

    /// Where the parts of a string were written that stand elsewhere than the string itself.
    fn parts(&self) -> Vec<Span> {
        Vec::new()
    }

    /// Where the part was written that the string ends with, if that stands elsewhere; and whether that is where counting
    /// begins, so that the string is another one for each index.
    fn last_part(&self) -> Option<(Span, bool)> {
        None
    }

    /// Whether a number stands at a place, and not a text of the same digits.
    fn is_number_at(&self, _place: Span) -> bool {
        false
    }

    /// Whether a part of what it is written as is not valid, so that more may be meant than could be read.
    fn is_broken(&self) -> bool {
        false
    }

    /// Whether the value is a set without an attribute that could not be evaluated, which has been reported.
    fn is_incomplete(&self) -> bool {
        false
    }

    /// The attributes that are known of a set that cannot be evaluated as a whole, which [`shape`](Self::shape) reports.
    fn partly(&self) -> Option<Self::Attributes> {
        None
    }

    /// The arguments `{ … }` of a function that takes no others, and their source text.
    fn closed_arguments(&self) -> Option<(Span, String)> {
        None
    }

    /// Where a function stands, or its name, that is written to give another function.
    fn uncalled(&self) -> Option<Span> {
        None
    }

    /// Names that were given more than once to what made this set, and of which it has the first.
    fn repeated(&self) -> Vec<Repeated<Self>> {
        Vec::new()
    }

    /// The attribute that `//` replaced as a whole by the one that this set has of a name.
    fn replaced(&self, _name: &str) -> Option<Field<Self>> {
        None
    }

    /// The source text of [`span`](Self::span), where it is known: fixes that add to it must see what it is.
    fn written(&self) -> Option<String> {
        None
    }

    /// Where a string is used that is the content of a file; where that is the call of `readFile`, its argument as it is
    /// written.
    fn read_from(&self) -> Option<(Span, Option<String>)> {
        None
    }

    /// Evaluates the value to its outermost shape. `Err` carries the diagnostic of a failed evaluation; the
    /// decoder reports it once and treats the value as unknown.
    fn shape(&self) -> Result<Shape<Self>, Box<Diagnostic>>;

    /// Whether the value is a function; a failed evaluation is not.
    fn is_function(&self) -> bool {
        matches!(self.shape(), Ok(Shape::Function))
    }

    /// The value where it is a string: what [`shape`](Self::shape) says of it, without the places of its parts, which
    /// only mistakes need.
    fn string(&self) -> Option<Cow<'_, str>> {
        let Ok(Shape::String(text)) = self.shape() else { return None };
        Some(Cow::Owned(text.value))
    }

    /// Line and column of the first byte of a string that is no UTF-8, which its shape lacks.
    fn broken_at(&self) -> Option<(usize, usize)> {
        None
    }

    /// The value of an attribute; `None` where there is none, or the value is no set or cannot be evaluated.
    fn attribute(&self, name: &str) -> Option<Self> {
        let Ok(Shape::Attrs(mut fields)) = self.shape() else { return None };
        fields.find(|field| field.name.as_ref() == name).map(|field| field.value)
    }

    /// Where the name of an attribute was written, if the value is a set that has it.
    fn key_of(&self, name: &str) -> Option<Span> {
        let Ok(Shape::Attrs(mut fields)) = self.shape() else { return None };
        fields.find(|field| field.name.as_ref() == name).map(|field| field.key)
    }

    /// Whether the value is `null`; a failed evaluation is not.
    fn is_null(&self) -> bool {
        matches!(self.shape(), Ok(Shape::Null))
    }
}

/// The outermost shape of a value.
#[derive(Clone, Debug)]
pub enum Shape<N: Node> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A floating-point number.
    Float(f64),
    /// A string.
    String(Text),
    /// A path value, absolute.
    Path(PathBuf),
    /// A file that is fetched only when it is needed.
    Fetch(Fetch),
    /// A list.
    List(Vec<N>),
    /// An attribute set, in no particular order.
    Attrs(N::Attributes),
    /// A function.
    Function,
}

impl<N: Node> Shape<N> {
    /// The type of a value of this shape. What is fetched is a path in the end.
    pub fn value_type(&self) -> ValueType {
        match self {
            Self::Null => ValueType::Null,
            Self::Bool(_) => ValueType::Bool,
            Self::Int(_) => ValueType::Integer,
            Self::Float(_) => ValueType::Float,
            Self::String(_) => ValueType::String,
            Self::Path(_) | Self::Fetch(_) => ValueType::Path,
            Self::List(_) => ValueType::List,
            Self::Attrs(_) => ValueType::Set,
            Self::Function => ValueType::Function,
        }
    }

    /// What Nix calls a value of this shape, with its article: "a string", "an integer".
    pub fn describe(&self) -> &'static str {
        match self {
            Self::Fetch(_) => "a fetched file",
            other => other.value_type().described(),
        }
    }
}

/// One attribute of a set.
#[derive(Clone, Debug)]
pub struct Field<N: Node> {
    /// The attribute's name.
    pub name: N::Name,
    /// Where the name was written.
    pub key: Span,
    /// Its value.
    pub value: N,
}

/// A file behind a URL, as `builtins.fetchurl` names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetch {
    /// Where to download it from.
    pub url: String,
    /// SHA-256 as lower-case base 16, where the deployment gives one.
    pub sha256: Option<String>,
    /// The file's name.
    pub name: String,
}

/// A string with the places its parts were written at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The string.
    pub value: String,
    /// Which part of the string was written where, in order, without overlaps. Parts without an entry have
    /// no place of their own. Empty where nothing is known beyond the value's own span.
    pub segments: Vec<Segment>,
}

/// A run of bytes in a string and where it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// First byte in the string.
    pub start: usize,
    /// Length in bytes in the string.
    pub len: usize,
    /// Where it was written. Has the same length for text that stands in the source as it is; may be longer
    /// for an escape (`\n`, `''$`), and is the whole interpolation's origin for an interpolated part.
    pub span: Span,
}

impl Text {
    /// Text without known places.
    pub fn plain(value: impl Into<String>) -> Self {
        Self { value: value.into(), segments: Vec::new() }
    }

    /// The place of the byte range `start..end` of the string; `whole` where nothing better is known.
    pub fn locate(&self, start: usize, end: usize, whole: Span) -> Span {
        let mut parts: Vec<Span> = Vec::new();
        // Segments are in order.
        let first = self.segments.partition_point(|segment| segment.start + segment.len < start);
        for segment in self.segments[first..].iter().take_while(|segment| segment.start <= end) {
            let segment_end = segment.start + segment.len;
            let touches = if start == end {
                segment.start <= start && start <= segment_end
            } else {
                segment.start < end && start < segment_end
            };
            if !touches {
                continue;
            }
            let part = if segment.span.len() as usize == segment.len {
                let from = start.max(segment.start) - segment.start;
                let to = end.min(segment_end) - segment.start;
                let offset = |at: usize| segment.span.start + u32::try_from(at).unwrap_or(0);
                Span::new(segment.span.source, offset(from), offset(to))
            } else {
                segment.span
            };
            match parts.last_mut() {
                Some(before) if is_next(*before, part, BETWEEN) => *before = before.to(part),
                _ => parts.push(part),
            }
            if start == end {
                break;
            }
        }
        let (Some(&first), Some(&last)) = (parts.first(), parts.last()) else { return whole };
        // An interpolation in the middle was written elsewhere.
        if parts.len() == 1 || parts.len() > 2 && is_next(first, last, INTERPOLATED) {
            return first.to(last);
        }
        // What lies between two literals belongs to neither. Of a part of the string, what was written elsewhere says more.
        let mut elsewhere = parts.iter().filter(|part| !whole.contains(**part));
        match (elsewhere.next(), elsewhere.next()) {
            (Some(&only), None) if end - start < self.value.len() => only,
            _ if self.value.len() <= SHORT => whole,
            _ => first,
        }
    }

    /// Where the only part of a range was written that was written outside of `place`, which the range has: what an
    /// interpolation brings.
    pub fn brought(&self, start: usize, end: usize, place: Span) -> Option<Span> {
        let first = self.segments.partition_point(|segment| segment.start + segment.len <= start);
        let inside = self.segments[first..].iter().take_while(|segment| segment.start < end);
        let spans = inside.map(|segment| {
            self.locate(segment.start.max(start), (segment.start + segment.len).min(end), segment.span)
        });
        let mut elsewhere = spans.filter(|span| !place.contains(*span));
        let only = elsewhere.next()?;
        elsewhere.next().is_none().then_some(only)
    }
}

/// How much is between two parts of a string that are one in the source: brackets, quotes.
const BETWEEN: u32 = 3;
/// How much is between them where there is an interpolation.
const INTERPOLATED: u32 = 300;
/// A string that is seen at a glance.
const SHORT: usize = 120;

/// Whether a part of a string follows another one in the source, with no more than so much between them.
fn is_next(before: Span, part: Span, between: u32) -> bool {
    before.source == part.source && before.end <= part.start && part.start - before.end <= between
}

#[cfg(test)]
mod tests {
    use launchnix_diagnostics::SourceMap;

    use super::*;

    #[test]
    fn a_range_of_a_string_is_located_through_escapes() {
        let mut map = SourceMap::new();
        let source = map.add("a.nix", r#""ab\ncd""#);
        let whole = Span::new(source, 0, 8);
        // ab, \n, cd
        let text = Text {
            value: "ab\ncd".into(),
            segments: vec![
                Segment { start: 0, len: 2, span: Span::new(source, 1, 3) },
                Segment { start: 2, len: 1, span: Span::new(source, 3, 5) },
                Segment { start: 3, len: 2, span: Span::new(source, 5, 7) },
            ],
        };
        assert_eq!(text.locate(1, 2, whole), Span::new(source, 2, 3));
        assert_eq!(text.locate(2, 3, whole), Span::new(source, 3, 5));
        assert_eq!(text.locate(1, 4, whole), Span::new(source, 2, 6));
        assert_eq!(text.locate(5, 5, whole), Span::new(source, 7, 7));
        assert_eq!(Text::plain("x").locate(0, 1, whole), whole);
    }
}

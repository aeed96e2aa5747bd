//! Which bytes of a string were written where.

use std::ops::Range;
use std::path::Path;
use std::rc::Rc;

use launchnix_diagnostics::Span;
use rnix::SyntaxKind;

use super::{Joined, Made, Parts, Whole};
use crate::eval::Evaluator;
use crate::syntax::{StringPart, scan_string};
use crate::value::Value;

/// A run of bytes of a string and where it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// First byte in the string.
    pub start: usize,
    /// Length in the string.
    pub len: usize,
    /// Where it was written; of another length than `len` for escapes and computed text.
    pub span: Span,
}

impl Segment {
    /// What it is of some of the string's bytes; places are counted from the first of these.
    fn cut(&self, from: usize, len: usize) -> Option<Self> {
        let start = self.start.max(from);
        let end = (self.start + self.len).min(from + len);
        if start >= end {
            return None;
        }
        let (skipped, len) = (start - self.start, end - start);
        let span = if self.span.len() as usize == self.len {
            let first = self.span.start + u32::try_from(skipped).ok()?;
            Span::new(self.span.source, first, first + u32::try_from(len).ok()?)
        } else {
            self.span
        };
        Some(Self { start: start - from, len, span })
    }
}

/// Parts of parts are looked into so deep; a string may be made of as many, one after the other.
const DEEPEST: usize = 5000;

/// Where the bytes of a string were written.
pub(crate) struct TextPlaces(Rc<[Segment]>);

impl TextPlaces {
    /// The place of a range of bytes.
    pub(crate) fn span(&self, range: Range<usize>) -> Option<Span> {
        let first = self.at(range.start)?;
        let last = self.at(range.end.saturating_sub(1).max(range.start)).unwrap_or(first);
        Some(first.to(last))
    }

    /// The place of a byte: that of the whole part that it belongs to where that was computed.
    fn at(&self, byte: usize) -> Option<Span> {
        let next = self.0.partition_point(|segment| segment.start <= byte);
        let segment = self.0[..next].iter().rfind(|segment| byte < segment.start + segment.len)?;
        segment.cut(byte, 1).map(|part| part.span)
    }
}

impl<'a> Evaluator<'a> {
    /// Says that the string which is about to be made is the text of a file.
    pub(crate) fn note_file_text(&self, path: &Path, text: &[u8]) {
        if !self.tracing {
            return;
        }
        let Ok(len) = u32::try_from(text.len()) else { return };
        let Ok(text) = std::str::from_utf8(text) else { return };
        // What diagnostics point into they also show, and they end up in logs.
        if text.contains("PRIVATE KEY") {
            return;
        }
        let name = path.to_string_lossy();
        let mut source_map = self.source_map.borrow_mut();
        let known = source_map.iter().find(|(_, file)| file.name() == name).map(|(source, _)| source);
        let source = known.unwrap_or_else(|| source_map.add_data(name.as_ref(), text));
        let span = Span::new(source, 0, len);
        drop(source_map);
        let made = Made::Text(self.arena.alloc(span));
        self.join_origins(&[Joined::whole(Some(made), text.len())]);
    }

    /// Where the bytes of a string were written, with tracing.
    pub(crate) fn text_places(&self, string: Value<'a>) -> Option<TextPlaces> {
        if !self.tracing {
            return None;
        }
        self.origin(string).map(|origin| TextPlaces(origin.segments.into()))
    }

    pub(super) fn segments(
        &self,
        made: Made<'a>,
        start: usize,
        len: usize,
        depth: usize,
        out: &mut Vec<Segment>,
    ) {
        let joined = made.joined();
        // That of a part is found by way of these.
        let span = match made.first() {
            Made::Of(parts) => parts.span,
            _ => self.span_of(made),
        };
        if matches!(made.first(), Made::Text(_)) {
            out.push(Segment { start, len, span });
            return;
        }
        if len > 0
            && joined.is_none()
            && let Some(span) = self.plain_literal(span).filter(|span| span.len() as usize == len)
        {
            out.push(Segment { start, len, span });
            return;
        }
        let literal = self.literal(span);
        // Parts of another length are those of another string.
        let parts = joined.unwrap_or(&[]);
        let is_computed = literal.is_none();
        let parts =
            if is_computed && parts.iter().map(|part| part.len).sum::<usize>() != len { &[] } else { parts };
        if let Some(pieces) = literal {
            self.literal_segments(&pieces, span, parts, start, depth, out);
        } else if parts.is_empty() {
            out.push(Segment { start, len, span });
        } else {
            let mut at = start;
            for part in parts {
                self.part_segments(*part, span, at, depth, out);
                at += part.len;
            }
        }
    }

    /// The segments of a string that others are parts of: usually it has many, so that those of the last one are kept.
    fn segments_of_whole(&self, made: Made<'a>, len: usize, depth: usize) -> Rc<[Segment]> {
        let known_as = match made.first() {
            Made::By(expr) => Some(std::ptr::from_ref(expr).addr()),
            Made::Of(parts) if !parts.is_cut => Some(std::ptr::from_ref(parts).addr()),
            _ => None,
        };
        let origins = self.origins.borrow();
        if let Some(last) = origins.last_whole.borrow().as_ref()
            && known_as == Some(last.made)
            && len == last.len
        {
            return Rc::clone(&last.segments);
        }
        let mut segments = Vec::new();
        self.segments(made, 0, len, depth, &mut segments);
        let segments: Rc<[_]> = segments.into();
        if let Some(made) = known_as {
            origins.last_whole.replace(Some(Whole { made, len, segments: Rc::clone(&segments) }));
        }
        segments
    }

    /// Where a part of a string stands: within what the string was written as.
    pub(super) fn cut_from(&self, parts: &Parts<'a>) -> Span {
        let [Joined { origin: Some(origin), len, from, whole }] = *parts.joined else { return parts.span };
        let segments = self.segments_of_whole(origin, whole, 0);
        let places = TextPlaces(segments);
        places.span(from..from + len).unwrap_or_else(|| self.span_of(origin))
    }

    /// The text of a string literal in which everything stands for itself, which is nearly every one.
    fn plain_literal(&self, span: Span) -> Option<Span> {
        let source_map = self.source_map.borrow();
        let inner = source_map.slice(span).strip_prefix('"')?.strip_suffix('"')?;
        let is_plain = !inner.bytes().any(|byte| matches!(byte, b'"' | b'\\' | b'$' | b'\r'));
        is_plain.then(|| Span::new(span.source, span.start + 1, span.end - 1))
    }

    fn part_segments(
        &self,
        part: Joined<'a>,
        otherwise: Span,
        start: usize,
        depth: usize,
        out: &mut Vec<Segment>,
    ) {
        match part.origin {
            Some(origin) if depth == DEEPEST => {
                let span = match origin.first() {
                    Made::Of(parts) => parts.span,
                    _ => self.span_of(origin),
                };
                out.push(Segment { start, len: part.len, span });
            }
            // The function that counts is right for other numbers.
            Some(origin) if origin.is_counted_up() => {
                out.push(Segment { start, len: part.len, span: otherwise });
            }
            Some(origin) if part.len == part.whole => {
                self.segments(origin, start, part.len, depth + 1, out);
            }
            Some(origin) => {
                let whole = self.segments_of_whole(origin, part.whole, depth + 1);
                let first = whole.partition_point(|segment| segment.start + segment.len <= part.from);
                let end = part.from + part.len;
                let touched = whole[first..].iter().take_while(|segment| segment.start < end);
                let cut = touched.filter_map(|segment| segment.cut(part.from, part.len));
                out.extend(cut.map(|segment| Segment { start: start + segment.start, ..segment }));
            }
            None => out.push(Segment { start, len: part.len, span: otherwise }),
        }
    }

    /// What the string literal at a place is made of; `None` where there is none. A function makes many strings of one.
    fn literal(&self, span: Span) -> Option<Rc<[Piece]>> {
        let origins = self.origins.borrow();
        if let Some(known) = origins.literals.borrow().get(&span) {
            return known.clone();
        }
        let pieces = pieces(self.source_map.borrow().slice(span)).map(Rc::from);
        origins.literals.borrow_mut().insert(span, pieces.clone());
        pieces
    }

    /// Puts the origins of the interpolated parts where they belong in a literal.
    fn literal_segments(
        &self,
        pieces: &[Piece],
        span: Span,
        parts: &[Joined<'a>],
        start: usize,
        depth: usize,
        out: &mut Vec<Segment>,
    ) {
        let (mut at, mut parts) = (start, parts.iter());
        let place = |from: u32, to: u32| Span::new(span.source, span.start + from, span.start + to);
        for piece in pieces {
            match *piece {
                Piece::Text { len, from, to } => {
                    out.push(Segment { start: at, len, span: place(from, to) });
                    at += len;
                }
                Piece::Interpolation { from, to } => {
                    if let Some(part) = parts.next() {
                        self.part_segments(*part, place(from, to), at, depth, out);
                        at += part.len;
                    }
                }
            }
        }
    }
}

/// A part of a string literal, by its place in that.
pub(super) enum Piece {
    /// So many bytes of the string.
    Text {
        len: usize,
        from: u32,
        to: u32,
    },
    Interpolation {
        from: u32,
        to: u32,
    },
}

/// Takes a string literal apart; `None` for what is none.
fn pieces(text: &str) -> Option<Vec<Piece>> {
    if !text.starts_with('"') && !text.starts_with("''") {
        return None;
    }
    let parsed = crate::syntax::parse_plainly(text);
    let literal = parsed.root().nodes().next().filter(|node| node.kind() == SyntaxKind::NODE_STRING)?;
    let mut pieces = Vec::new();
    scan_string(literal, &mut |part| {
        pieces.push(match part {
            StringPart::Verbatim(run, from) => {
                let to = from + u32::try_from(run.len()).unwrap_or(0);
                Piece::Text { len: run.len(), from, to }
            }
            StringPart::Escape(run, from, len) => Piece::Text { len: run.len(), from, to: from + len },
            StringPart::Interpolation(_, from, to) => Piece::Interpolation { from, to },
        });
    });
    Some(pieces)
}

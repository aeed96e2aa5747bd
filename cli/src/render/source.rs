//! The one [`SourceCode`] that miette reads: a prepared [`Excerpt`].

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::snippet::Excerpt;

impl SourceCode for Excerpt {
    /// miette asks with context for the lines to draw, and without for the place in a frame's heading.
    ///
    /// A range that crosses pieces is refused, which is how miette learns that it cannot join two labels.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context_lines_before: usize,
        _context_lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let piece = self
            .pieces
            .iter()
            .find(|piece| piece.range.start <= start && end <= piece.range.end)
            .ok_or(MietteError::OutOfBounds)?;
        let heading = (context_lines_before == 0)
            .then(|| self.labels.iter().find(|label| label.range == (start..end)))
            .flatten();
        let (line, column) = match heading {
            Some(label) => (label.at.line as usize - 1, label.at.column as usize - 1),
            None => (piece.first_line, 0),
        };
        Ok(Box::new(MietteSpanContents::new_named(
            piece.name.clone(),
            &self.text.as_bytes()[piece.range.clone()],
            (piece.range.start, piece.range.len()).into(),
            line,
            column,
            piece.lines,
        )))
    }
}

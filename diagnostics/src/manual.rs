//! The pages on all codes as one document: `docs/errors.md`.

use std::fmt::Write as _;

use crate::codes::{FAMILIES, TITLES};
use crate::{Code, Severity};

/// Every page, family by family, as Markdown.
pub fn manual() -> String {
    let mut text = String::from(
        "# Diagnostics\n\n\
         Made from `diagnostics/src/codes/`: `UPDATE_DOCS=1 cargo test -p launchnix-diagnostics` writes it again.\n\n\
         `launchnix explain LNX0301` prints the page on a code. A warning is silenced where it is not wanted by a \
         comment on its line or the line above: `# launchnix: allow(LNX0701)`.\n",
    );
    for (family, title) in FAMILIES.iter().zip(TITLES) {
        let _ = write!(text, "\n## {title}\n");
        for entry in *family {
            let severity = if entry.severity == Severity::Error { "error" } else { "warning" };
            let page = Code::from_text(entry.text).page();
            let _ = write!(text, "\n### {} ({severity}): {}\n\n{page}\n", entry.text, entry.title);
        }
    }
    text
}

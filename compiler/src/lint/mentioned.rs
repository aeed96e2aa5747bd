//! Whether a name is used in a text: an attribute that is renamed must not be one that an expression refers to.

use launchnix_evaluator::syntax::SyntaxKind::{NODE_ATTRPATH, NODE_ATTRPATH_VALUE, NODE_IDENT, NODE_STRING};
use launchnix_evaluator::syntax::parse_plainly;

/// Whether a name stands in a text as a variable, or may be selected from a set.
pub(crate) fn is_used(text: &str, name: &str) -> bool {
    // Most names stand only where they are bound, which is seen without the syntax.
    if !text.match_indices(name).any(|(at, _)| !is_bound(&text[at + name.len()..])) {
        return false;
    }
    let parsed = parse_plainly(text);
    let mut rest = vec![(parsed.root(), false)];
    while let Some((tree, is_key)) = rest.pop() {
        let text = match tree.kind() {
            NODE_IDENT => tree.text(),
            // `set."name"`, or what `builtins.getAttr` is given.
            NODE_STRING => tree.text().trim_matches('"'),
            _ => "",
        };
        if !is_key && text == name {
            return true;
        }
        let binds = tree.kind() == NODE_ATTRPATH_VALUE;
        let is_key = is_key && tree.kind() == NODE_ATTRPATH;
        rest.extend(tree.nodes().map(|inner| (inner, is_key || binds && inner.kind() == NODE_ATTRPATH)));
    }
    false
}

/// Whether what follows a name makes it the name of an attribute.
fn is_bound(after: &str) -> bool {
    let after = after.trim_start();
    after.starts_with('=') && !after.starts_with("==")
}

#[cfg(test)]
mod tests {
    use super::is_used;

    #[test]
    fn names_of_attributes_are_told_from_their_use() {
        assert!(!is_used(
            "{ hugePages = true; a.hugePages.x = 1; hugePages.\"b\" = 2; xhugePages = 3; }",
            "hugePages"
        ));
        assert!(!is_used("{ CPUS = 1; a = \"the CPUS\"; } # CPUS", "CPUS"));
        assert!(is_used("rec { hugePages = true; ram = if hugePages then 1 else 2; }", "hugePages"));
        assert!(is_used("{ bootorder = [ ]; a = d.bootorder; }", "bootorder"));
        assert!(is_used("{ bootorder = [ ]; a = d.\"bootorder\"; }", "bootorder"));
        assert!(is_used("{ a = bootorder == [ ]; }", "bootorder"));
        assert!(is_used("let RAM = 1; in { inherit RAM; }", "RAM"));
    }
}

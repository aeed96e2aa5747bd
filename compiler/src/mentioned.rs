//! Whether a name is used in a text: an attribute that is renamed must not be one that an expression refers to.

/// Whether a name stands in a text as a variable, or is selected from a set. What is not certain counts.
pub(crate) fn is_used(text: &str, name: &str) -> bool {
    let continues = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '\'');
    text.match_indices(name).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        let is_word = !before.ends_with(continues) && !after.starts_with(continues);
        is_word && !is_bound(after)
    })
}

/// Whether what follows a name makes it the name of an attribute: `= …`, or more names and then that.
fn is_bound(after: &str) -> bool {
    let mut rest = after.trim_start();
    while let Some(next) = rest.strip_prefix('.') {
        let next = next.trim_start();
        let name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '\'' | '"');
        rest = next.trim_start_matches(name).trim_start();
    }
    rest.starts_with('=') && !rest.starts_with("==")
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
        assert!(is_used("rec { hugePages = true; ram = if hugePages then 1 else 2; }", "hugePages"));
        assert!(is_used("{ bootorder = [ ]; a = d.bootorder; }", "bootorder"));
        assert!(is_used("{ a = bootorder == [ ]; }", "bootorder"));
        assert!(is_used("let RAM = 1; in { inherit RAM; }", "RAM"));
    }
}

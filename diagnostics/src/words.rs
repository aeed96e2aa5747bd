//! Parts of sentences.

/// `a, b and c`, with whichever word there is before the last; nothing where there are no names.
pub fn enumerate(names: &[String], word: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::enumerate;

    #[test]
    fn the_last_name_follows_the_word() {
        let names = ["a", "b", "c"].map(str::to_owned);
        let said: Vec<_> = (0..=3).map(|count| enumerate(&names[..count], "and")).collect();
        assert_eq!(said, ["", "a", "a and b", "a, b and c"]);
    }
}

//! "Did you mean": the closest of a few names.

/// The candidate that is closest to a name, if any is close enough to be meant.
pub fn closest<'n>(name: &str, candidates: impl Iterator<Item = &'n [u8]>) -> Option<&'n str> {
    let length = name.chars().count();
    let limit = (length / 3).clamp(1, 3);
    candidates
        .filter_map(|candidate| std::str::from_utf8(candidate).ok())
        .filter(|candidate| !candidate.starts_with("__"))
        // To compare takes time with the product of the lengths.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .map(|candidate| {
            (strsim::osa_distance(name, candidate), starts_otherwise(name, candidate), candidate)
        })
        .filter(|&(distance, _, candidate)| distance <= limit && distance < candidate.chars().count())
        .min()
        .map(|(.., candidate)| candidate)
}

/// Whether two words begin with different letters, which slips of the fingers seldom change.
fn starts_otherwise(one: &str, other: &str) -> bool {
    one.chars().next() != other.chars().next()
}

/// All candidates that Nix takes for what may be meant, as it lists them: "one of a, b or c".
pub(crate) fn all_close<'n>(name: &str, candidates: impl Iterator<Item = &'n [u8]>) -> Option<String> {
    /// How many there are at most.
    const MOST: usize = 5;
    /// In how many letters they may differ.
    const FARTHEST: usize = 2;
    let candidates = candidates.filter_map(|candidate| std::str::from_utf8(candidate).ok());
    let mut close: Vec<_> = candidates
        .filter(|candidate| candidate.len().abs_diff(name.len()) <= FARTHEST)
        .map(|candidate| (strsim::levenshtein(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= FARTHEST)
        .collect();
    close.sort_unstable();
    let names: Vec<_> = close.into_iter().take(MOST).map(|(_, candidate)| candidate).collect();
    match names.split_last()? {
        (only, []) => Some((*only).to_owned()),
        (last, others) => Some(format!("one of {} or {last}", others.join(", "))),
    }
}

/// The candidate that is closest to a name, or means the same, or is the only one that one of the two is short for.
pub(crate) fn meant<'n>(
    name: &str,
    candidates: impl Iterator<Item = &'n [u8]> + Clone,
    synonyms: &[(&str, &str)],
) -> Option<&'n str> {
    let words = candidates.clone().filter_map(|candidate| std::str::from_utf8(candidate).ok());
    let mut short = words.clone().filter(|word| is_short_for(name, word) || is_short_for(word, name));
    let only = short.next().filter(|_| short.next().is_none());
    closest(name, candidates).or_else(|| words.clone().find(|word| means_same(name, word, synonyms))).or(only)
}

/// Whether a word is another one without some of its letters: `idx` and `addr`.
fn is_short_for(short: &str, long: &str) -> bool {
    /// Shorter words have their letters in others by chance.
    const SHORTEST: usize = 3;
    let mut letters = long.chars();
    short.len() >= SHORTEST
        && short.len() < long.len()
        && !starts_otherwise(short, long)
        && short.chars().all(|letter| letters.any(|next| next == letter))
}

/// Whether two words stand for each other, or for a third one.
fn means_same(one: &str, other: &str, synonyms: &[(&str, &str)]) -> bool {
    let usual = |word: &str| -> Vec<&str> {
        synonyms.iter().filter(|(known, _)| *known == word).map(|(_, usual)| *usual).collect()
    };
    let (of_one, of_other) = (usual(one), usual(other));
    of_one.contains(&other) || of_other.contains(&one) || of_one.iter().any(|usual| of_other.contains(usual))
}

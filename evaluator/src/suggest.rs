//! "Did you mean": the closest of a few names.

/// The candidate that is closest to a name, if any is close enough to be meant.
pub(crate) fn closest<'n>(name: &str, candidates: impl Iterator<Item = &'n [u8]>) -> Option<&'n str> {
    let length = name.chars().count();
    let limit = (length / 3).clamp(1, 3);
    candidates
        .filter_map(|candidate| std::str::from_utf8(candidate).ok())
        .filter(|candidate| !candidate.starts_with("__"))
        // To compare takes time with the product of the lengths.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .map(|candidate| (strsim::osa_distance(name, candidate), candidate))
        .filter(|&(distance, candidate)| distance <= limit && distance < candidate.chars().count())
        .min()
        .map(|(_, candidate)| candidate)
}

/// The candidate that is closest to a name, or means the same.
pub(crate) fn meant<'n>(
    name: &str,
    candidates: impl Iterator<Item = &'n [u8]> + Clone,
    synonyms: &[(&str, &str)],
) -> Option<&'n str> {
    let mut words = candidates.clone().filter_map(|candidate| std::str::from_utf8(candidate).ok());
    closest(name, candidates).or_else(|| words.find(|word| means_same(name, word, synonyms)))
}

/// Whether two words stand for each other, or for a third one.
fn means_same(one: &str, other: &str, synonyms: &[(&str, &str)]) -> bool {
    let usual = |word: &str| -> Vec<&str> {
        synonyms.iter().filter(|(known, _)| *known == word).map(|(_, usual)| *usual).collect()
    };
    let (of_one, of_other) = (usual(one), usual(other));
    of_one.contains(&other) || of_other.contains(&one) || of_one.iter().any(|usual| of_other.contains(usual))
}

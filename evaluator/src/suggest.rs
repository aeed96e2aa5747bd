//! "Did you mean": the closest of a few names.

/// The candidate that is closest to a name, if any is close enough to be meant.
pub(crate) fn closest<'n>(name: &str, candidates: impl Iterator<Item = &'n [u8]>) -> Option<&'n str> {
    let limit = (name.chars().count() / 3).clamp(1, 3);
    candidates
        .filter_map(|candidate| std::str::from_utf8(candidate).ok())
        .filter(|candidate| !candidate.starts_with("__"))
        .map(|candidate| (strsim::osa_distance(name, candidate), candidate))
        .filter(|&(distance, candidate)| distance <= limit && distance < candidate.chars().count())
        .min()
        .map(|(_, candidate)| candidate)
}

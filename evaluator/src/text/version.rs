//! Versions of packages: `compareVersions`, `splitVersion` and `parseDrvName`.
//!
//! The rules are those of the Nix manual's section on `nix-env --upgrade`: a version is a run of components, each
//! all digits or free of digits, separated by `.` and `-`; numbers compare as numbers; the empty component is
//! smaller than a number, and `pre` smaller than anything else.

use std::cmp::Ordering;

/// The components of a version, in order; never empty ones.
pub fn split_version(version: &[u8]) -> impl Iterator<Item = &[u8]> {
    Components { rest: version }
}

/// How two versions compare.
pub fn compare_versions(left: &[u8], right: &[u8]) -> Ordering {
    let mut left = Components { rest: left };
    let mut right = Components { rest: right };
    loop {
        match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (l, r) => {
                let (l, r) = (l.unwrap_or_default(), r.unwrap_or_default());
                if is_less(l, r) {
                    return Ordering::Less;
                }
                if is_less(r, l) {
                    return Ordering::Greater;
                }
            }
        }
    }
}

/// The name and the version in a package's full name: the version starts after the first dash that no letter
/// follows.
pub fn parse_drv_name(name: &[u8]) -> (&[u8], &[u8]) {
    let dash = name.windows(2).position(|pair| pair[0] == b'-' && !pair[1].is_ascii_alphabetic());
    match dash {
        Some(dash) => (&name[..dash], &name[dash + 1..]),
        None => (name, &[]),
    }
}

struct Components<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Components<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let start = self.rest.iter().position(|byte| !matches!(byte, b'.' | b'-'))?;
        let rest = &self.rest[start..];
        let digits = rest[0].is_ascii_digit();
        let end = rest
            .iter()
            .position(|byte| byte.is_ascii_digit() != digits || matches!(byte, b'.' | b'-'))
            .unwrap_or(rest.len());
        self.rest = &rest[end..];
        Some(&rest[..end])
    }
}

/// A component as a number. Nix reads it into a C `int`, so a larger one is no number but text.
fn number(component: &[u8]) -> Option<i32> {
    if !component.first()?.is_ascii_digit() {
        return None;
    }
    std::str::from_utf8(component).ok()?.parse().ok()
}

fn is_less(left: &[u8], right: &[u8]) -> bool {
    match (number(left), number(right)) {
        (Some(left), Some(right)) => left < right,
        (_, right_number) => {
            if left.is_empty() && right_number.is_some() || left == b"pre" && right != b"pre" {
                true
            } else if right == b"pre" {
                false
            } else if right_number.is_some() {
                // `2.3a` is older than `2.3.1`.
                true
            } else if number(left).is_some() {
                false
            } else {
                left < right
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn versions_compare_as_in_the_manual() {
        for (left, right, expected) in [
            ("1.0", "2.3", Ordering::Less),
            ("2.1", "2.3", Ordering::Less),
            ("2.3", "2.3", Ordering::Equal),
            ("2.5", "2.3", Ordering::Greater),
            ("2.3.1", "2.3", Ordering::Greater),
            ("2.3.1", "2.3a", Ordering::Greater),
            ("2.3pre1", "2.3", Ordering::Less),
            ("2.3pre3", "2.3pre12", Ordering::Less),
            ("2.3a", "2.3c", Ordering::Less),
            ("2.3pre1", "2.3q", Ordering::Less),
            ("", "", Ordering::Equal),
            ("1..", "1", Ordering::Equal),
            ("99999999999", "3", Ordering::Less),
            ("2147483647", "3", Ordering::Greater),
        ] {
            assert_eq!(compare_versions(left.as_bytes(), right.as_bytes()), expected, "{left} {right}");
        }
    }

    #[test]
    fn components() {
        let split: Vec<&[u8]> = split_version(b"1.2pre-3a..4-").collect();
        assert_eq!(split, [&b"1"[..], b"2", b"pre", b"3", b"a", b"4"]);
    }

    #[test]
    fn names_of_packages() {
        for (name, expected) in [
            ("nix-0.12pre12876", ("nix", "0.12pre12876")),
            ("a-b-c-1234pre5+git", ("a-b-c", "1234pre5+git")),
            ("hello", ("hello", "")),
            ("hello-", ("hello-", "")),
            ("a--1", ("a", "-1")),
            ("", ("", "")),
        ] {
            assert_eq!(parse_drv_name(name.as_bytes()), (expected.0.as_bytes(), expected.1.as_bytes()));
        }
    }

    proptest! {
        #[test]
        fn comparing_is_antisymmetric(left in "[0-9a-c.-]{0,8}|[0-9]{0,3}pre[0-9]", right in "[0-9a-c.-]{0,8}") {
            let (left, right) = (left.as_bytes(), right.as_bytes());
            prop_assert_eq!(compare_versions(left, right), compare_versions(right, left).reverse());
        }
    }
}

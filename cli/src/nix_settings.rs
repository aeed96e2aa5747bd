//! Nix's settings, which are options of its command line, lines of `nix.conf`, and pairs behind `--option`.
//!
//! `launchnix eval` takes all of them and heeds those that an evaluation depends on: what concerns building or the
//! daemon means nothing here.

use launchnix_evaluator::Lint;

/// Settings that are on or off: `--pure-eval` and `--no-pure-eval`. Those of Nix 2.34.
const SWITCHES: &str = "abort-on-warn accept-flake-config allow-dirty allow-dirty-locks \
    allow-import-from-derivation allow-new-privileges allow-symlinked-store \
    allow-unsafe-native-code-during-evaluation always-allow-substitutes auto-allocate-uids auto-optimise-store \
    builders-use-substitutes compress-build-log debugger-on-trace debugger-on-warn eval-cache fallback \
    filter-syscalls fsync-metadata fsync-store-paths http2 ignore-try impersonate-linux-26 keep-build-log \
    keep-derivations keep-env-derivations keep-failed keep-going keep-outputs \
    nix-shell-always-looks-for-shell-nix nix-shell-shebang-arguments-relative-to-script offline \
    preallocate-contents print-missing pure-eval require-drop-supplementary-groups require-sigs restrict-eval \
    run-diff-hook sandbox-fallback show-trace substitute sync-before-registering trace-function-calls \
    trace-import-from-derivation trace-verbose trust-tarballs-from-git-forges use-case-hack use-cgroups \
    use-registries use-sqlite-wal use-xdg-base-directories warn-dirty warn-short-path-literals";

/// Settings with a value: `--cores 4`. Those of Nix 2.34, and what only newer ones have for evaluation.
const VALUES: &str = "access-tokens allowed-impure-host-deps allowed-uris allowed-users bash-prompt \
    bash-prompt-prefix bash-prompt-suffix build-cores build-dir build-hook build-poll-interval build-users-group builders \
    commit-lock-file-summary connect-timeout cores diff-hook download-attempts download-buffer-size \
    download-speed eval-attrset-update-layer-rhs-threshold eval-cores eval-profile-file eval-profiler \
    eval-profiler-frequency eval-store eval-system experimental-features external-builders extra-platforms \
    flake-registry gc-reserved-space hashed-mirrors http-connections id-count ignored-acls impure-env \
    json-log-path lint-absolute-path-literals lint-short-path-literals lint-url-literals log-lines \
    max-build-log-size max-call-depth max-free max-jobs max-silent-time max-substitution-jobs min-free \
    min-free-check-interval nar-buffer-size narinfo-cache-meta-ttl narinfo-cache-negative-ttl \
    narinfo-cache-positive-ttl netrc-file nix-path plugin-files post-build-hook pre-build-hook sandbox \
    sandbox-build-dir sandbox-dev-shm-size sandbox-paths secret-key-files ssl-cert-file \
    stalled-download-timeout start-id store substituters system system-features tarball-ttl timeout \
    trusted-public-keys trusted-substituters trusted-users upgrade-nix-store-path-url user-agent-suffix \
    warn-large-path-threshold";

/// Those of the values that are whole numbers.
const NUMBERS: &str = "build-cores build-poll-interval connect-timeout cores download-attempts http-connections \
    log-lines max-call-depth max-silent-time tarball-ttl timeout";

/// How a setting is given on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form<'o> {
    /// The option alone means this value.
    Switch(&'o str, &'static str),
    /// The value follows.
    Value(&'o str),
}

/// The setting that a long option stands for.
pub(crate) fn of_option(option: &str) -> Option<Form<'_>> {
    let name = option.strip_prefix("--")?;
    let is_in = |list: &str, name: &str| list.split_ascii_whitespace().any(|known| known == name);
    if is_in(SWITCHES, name) {
        return Some(Form::Switch(name, "true"));
    }
    if let Some(switch) = name.strip_prefix("no-").filter(|switch| is_in(SWITCHES, switch)) {
        return Some(Form::Switch(switch, "false"));
    }
    is_in(VALUES, name.strip_prefix("extra-").unwrap_or(name)).then_some(Form::Value(name))
}

/// Whether there is a setting of this name.
pub(crate) fn is_known(name: &str) -> bool {
    let name = name.strip_prefix("extra-").unwrap_or(name);
    [SWITCHES, VALUES].iter().any(|list| list.split_ascii_whitespace().any(|known| known == name))
}

/// Whether a value is one of its setting; the error is Nix's.
pub(crate) fn check(name: &str, value: &str) -> Result<(), String> {
    let is_in = |list: &str| list.split_ascii_whitespace().any(|known| known == name);
    let is_number = || value.parse::<u64>().is_ok();
    if is_in(SWITCHES) && !matches!(value, "true" | "yes" | "1" | "false" | "no" | "0") {
        return Err(format!("Boolean setting '{name}' has invalid value '{value}'"));
    }
    if is_in(NUMBERS) && !is_number() {
        return Err(format!("setting '{name}' has invalid value '{value}'"));
    }
    if name == "max-jobs" && value != "auto" && !is_number() {
        return Err("configuration setting 'max-jobs' should be 'auto' or an integer".to_owned());
    }
    if name.starts_with("lint-") && is_known(name) {
        lint(name, Some(value))?;
    }
    Ok(())
}

/// A number as the options for the limits of builds take it: `5K` is 5120. The error is Nix's.
pub(crate) fn number_with_unit(text: &str) -> Result<u64, String> {
    let (digits, unit) = match text.char_indices().last() {
        Some((at, unit)) if unit.is_ascii_alphabetic() => (&text[..at], Some(unit.to_ascii_uppercase())),
        _ => (text, None),
    };
    let shift = match unit {
        None => 0,
        Some('K') => 10,
        Some('M') => 20,
        Some('G') => 30,
        Some('T') => 40,
        Some(unit) => return Err(format!("invalid unit specifier '{unit}'")),
    };
    let number: u64 = digits.parse().map_err(|_| format!("'{digits}' is not an integer"))?;
    Ok(number.wrapping_shl(shift))
}

/// Experimental features that Nix 2.34 knows.
const FEATURES: &str = "auto-allocate-uids blake3-hashes ca-derivations cgroups configurable-impure-env \
    daemon-trust-override dynamic-derivations external-builders fetch-closure fetch-tree flakes git-hashing \
    impure-derivations local-overlay-store mounted-ssh-store nix-command no-url-literals parse-toml-timestamps \
    pipe-operators read-only-local-store recursive-nix verified-fetches";

/// Those of the experimental features in a list that Nix has never heard of.
pub(crate) fn unknown_features(list: &str) -> impl Iterator<Item = &str> {
    let is_known = |feature: &str| FEATURES.split_ascii_whitespace().any(|known| known == feature);
    list.split_ascii_whitespace().filter(move |feature| !is_known(feature))
}

/// What a setting for literals says; the error is worded as Nix words it.
pub(crate) fn lint(name: &str, value: Option<&str>) -> Result<Lint, String> {
    let Some(value) = value else { return Ok(Lint::Ignore) };
    Lint::parse(value).ok_or_else(|| {
        format!("option '{name}' has invalid value '{value}' (expected 'ignore', 'warn', or 'fatal')")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_stand_for_settings() {
        assert_eq!(of_option("--pure-eval"), Some(Form::Switch("pure-eval", "true")));
        assert_eq!(of_option("--no-pure-eval"), Some(Form::Switch("pure-eval", "false")));
        assert_eq!(of_option("--cores"), Some(Form::Value("cores")));
        let extra = Some(Form::Value("extra-experimental-features"));
        assert_eq!(of_option("--extra-experimental-features"), extra);
        assert_eq!(of_option("--no-cores"), None);
        assert_eq!(of_option("--pure"), None);
        assert_eq!(of_option("pure-eval"), None);
    }

    #[test]
    fn levels_are_those_of_nix() {
        assert_eq!(lint("lint-url-literals", None), Ok(Lint::Ignore));
        assert_eq!(lint("lint-url-literals", Some("fatal")), Ok(Lint::Fatal));
        assert_eq!(
            lint("lint-url-literals", Some("bad")),
            Err("option 'lint-url-literals' has invalid value 'bad' (expected 'ignore', 'warn', or 'fatal')"
                .to_owned())
        );
    }
}

//! Nix's settings, which are options of its command line, lines of `nix.conf`, and pairs behind `--option`.
//!
//! `launchnix eval` takes all of them and heeds those that an evaluation depends on: what concerns building or the
//! daemon means nothing here.

use launchnix_evaluator::Lint;

use crate::eval_store;

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
const VALUES: &str = "bash-prompt bash-prompt-prefix bash-prompt-suffix build-dir build-hook build-users-group builders \
    commit-lock-file-summary diff-hook eval-cores eval-profile-file eval-profiler eval-store eval-system \
    external-builders flake-registry json-log-path lint-absolute-path-literals lint-short-path-literals \
    lint-url-literals max-jobs netrc-file plugin-files post-build-hook pre-build-hook sandbox-build-dir \
    sandbox-dev-shm-size ssl-cert-file store system upgrade-nix-store-path-url user-agent-suffix";

/// Settings that are lists, which `--extra-…` adds to.
const LISTS: &str = "access-tokens allowed-impure-host-deps allowed-uris allowed-users experimental-features \
    extra-platforms hashed-mirrors ignored-acls impure-env nix-path sandbox-paths secret-key-files substituters \
    system-features trusted-public-keys trusted-substituters trusted-users";

/// Settings that are whole numbers.
const NUMBERS: &[(Width, &str)] = &[
    (
        Width::Half,
        "build-poll-interval cores download-attempts download-speed eval-attrset-update-layer-rhs-threshold \
         eval-profiler-frequency id-count max-call-depth max-substitution-jobs narinfo-cache-meta-ttl \
         narinfo-cache-negative-ttl narinfo-cache-positive-ttl start-id tarball-ttl",
    ),
    (
        Width::Whole,
        "connect-timeout download-buffer-size http-connections log-lines max-build-log-size max-free min-free \
         min-free-check-interval nar-buffer-size stalled-download-timeout warn-large-path-threshold",
    ),
    (Width::Signed, "gc-reserved-space max-silent-time timeout"),
];

/// Other names of settings.
const ALIASES: &[(&str, &str)] = &[
    ("binary-cache-public-keys", "trusted-public-keys"),
    ("binary-caches", "substituters"),
    ("binary-caches-parallel-connections", "http-connections"),
    ("build-chroot-dirs", "sandbox-paths"),
    ("build-compress-log", "compress-build-log"),
    ("build-cores", "cores"),
    ("build-fallback", "fallback"),
    ("build-impersonate-linux-26", "impersonate-linux-26"),
    ("build-keep-log", "keep-build-log"),
    ("build-max-jobs", "max-jobs"),
    ("build-max-log-size", "max-build-log-size"),
    ("build-max-silent-time", "max-silent-time"),
    ("build-sandbox-paths", "sandbox-paths"),
    ("build-timeout", "timeout"),
    ("build-use-chroot", "sandbox"),
    ("build-use-sandbox", "sandbox"),
    ("build-use-substitutes", "substitute"),
    ("commit-lockfile-summary", "commit-lock-file-summary"),
    ("env-keep-derivations", "keep-env-derivations"),
    ("gc-keep-derivations", "keep-derivations"),
    ("gc-keep-outputs", "keep-outputs"),
    ("substitution-max-jobs", "max-substitution-jobs"),
    ("trusted-binary-caches", "trusted-substituters"),
];

/// Which numbers a setting can be.
#[derive(Clone, Copy)]
enum Width {
    /// 32 bits
    Half,
    /// 64 bits
    Whole,
    /// 64 bits with a sign
    Signed,
}

/// How a setting is given on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form<'o> {
    /// The option alone means this value.
    Switch(&'o str, &'static str),
    /// The value follows.
    Value(&'o str),
}

fn is_in(list: &str, name: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == name)
}

fn width(name: &str) -> Option<Width> {
    NUMBERS.iter().find(|(_, list)| is_in(list, name)).map(|&(width, _)| width)
}

/// The name that Nix uses for a setting today.
pub(crate) fn current_name(name: &str) -> &str {
    ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, current)| current)
}

/// The setting that a long option stands for.
pub(crate) fn of_option(option: &str) -> Option<Form<'_>> {
    match option {
        "--sandbox" => return Some(Form::Switch("sandbox", "true")),
        "--no-sandbox" => return Some(Form::Switch("sandbox", "false")),
        "--relaxed-sandbox" => return Some(Form::Switch("sandbox", "relaxed")),
        _ => {}
    }
    let name = current_name(option.strip_prefix("--")?);
    if is_in(SWITCHES, name) {
        return Some(Form::Switch(name, "true"));
    }
    if let Some(switch) = name.strip_prefix("no-").map(current_name).filter(|name| is_in(SWITCHES, name)) {
        return Some(Form::Switch(switch, "false"));
    }
    (name != "sandbox" && is_known(name)).then_some(Form::Value(name))
}

/// Whether there is a setting of this name.
pub(crate) fn is_known(name: &str) -> bool {
    let current = current_name(name);
    current == "sandbox"
        || [SWITCHES, VALUES, LISTS].iter().any(|list| is_in(list, current))
        || width(current).is_some()
        || name.strip_prefix("extra-").is_some_and(|name| is_in(LISTS, current_name(name)))
}

/// Whether a value is one of its setting; the error is Nix's.
pub(crate) fn check(name: &str, value: &str) -> Result<(), String> {
    let name = current_name(name);
    let is_one_of = |values: &[&str]| values.contains(&value);
    if is_in(SWITCHES, name) && !is_one_of(&["true", "yes", "1", "false", "no", "0"]) {
        return Err(format!("Boolean setting '{name}' has invalid value '{value}'"));
    }
    if width(name).is_some_and(|width| !is_number(value, width)) {
        return Err(format!("setting '{name}' has invalid value '{value}'"));
    }
    match name {
        "max-jobs" if value != "auto" && value.parse::<u32>().is_err() => {
            Err("configuration setting 'max-jobs' should be 'auto' or an integer".to_owned())
        }
        "sandbox" if !is_one_of(&["true", "false", "relaxed"]) => {
            Err(format!("option 'sandbox' has invalid value '{value}'"))
        }
        "eval-profiler" if !is_one_of(&["disabled", "flamegraph"]) => {
            Err(format!("option 'eval-profiler' has invalid value '{value}'"))
        }
        "store" => eval_store::check(value),
        "substituters" | "extra-substituters" => {
            value.split_ascii_whitespace().try_for_each(eval_store::check)
        }
        "eval-profile-file" | "netrc-file" | "sandbox-build-dir" if value.is_empty() => {
            Err(format!("setting '{name}' is a path and paths cannot be empty"))
        }
        _ if name.starts_with("lint-") && is_known(name) => lint(name, Some(value)).map(drop),
        _ => Ok(()),
    }
}

/// Whether a text is a number, perhaps with a unit such as `K`.
fn is_number(text: &str, width: Width) -> bool {
    let unit = |last: char| matches!(last.to_ascii_uppercase(), 'K' | 'M' | 'G' | 'T');
    let digits = text.strip_suffix(unit).unwrap_or(text);
    match width {
        Width::Half => digits.parse::<u32>().is_ok(),
        Width::Whole => digits.parse::<u64>().is_ok(),
        Width::Signed => digits.parse::<i64>().is_ok(),
    }
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
        assert_eq!(of_option("--build-fallback"), Some(Form::Switch("fallback", "true")));
        assert_eq!(of_option("--build-cores"), Some(Form::Value("cores")));
        assert_eq!(of_option("--extra-cores"), None);
        assert_eq!(of_option("--extra-platforms"), Some(Form::Value("extra-platforms")));
        assert_eq!(of_option("--no-sandbox"), Some(Form::Switch("sandbox", "false")));
    }

    #[test]
    fn numbers_fit_their_settings() {
        let fits = |name, value| check(name, value).is_ok();
        assert!(fits("max-call-depth", "1K") && fits("cores", "+1") && fits("timeout", "-1"));
        assert!(fits("log-lines", "4294967296") && !fits("build-cores", "4294967296"));
        assert!(!fits("log-lines", "-1") && !fits("cores", "K") && !fits("cores", "1Q"));
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

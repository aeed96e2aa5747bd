//! Attributes that are no options: what was meant, or where they belong.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, Span};

use super::Decoder;
use super::fleet::{MachineEntry, Top};
use super::synonyms::{NEEDLESS, PHRASES, SYNONYMS, by_value};
use crate::Node;
use crate::option::{Key, OptionInfo, Options};
use crate::options::{
    Checks, CloudInit, Cpus, Disk, Interface, MachineOptions, Network, PciDevice, Pool, Secret, SharedFolder,
    StaticIp, UsbDevice,
};

/// Where options live, as messages say it, in the order in which they are tried.
const PLACES: &[(&str, &[OptionInfo])] = &[
    ("`deployment`", MachineOptions::OPTIONS),
    ("`initialDisks.<name>`", Disk::OPTIONS),
    ("an element of `interfaces`", Interface::OPTIONS),
    ("an element of `staticIPs`", StaticIp::OPTIONS),
    ("an element of `pciDevices`", PciDevice::OPTIONS),
    ("`networks.<name>`", Network::OPTIONS),
    ("`pools.<name>`", Pool::OPTIONS),
    ("`cpus`", Cpus::OPTIONS),
    ("`cloudInit`", CloudInit::OPTIONS),
    ("`sharedFolders.<name>`", SharedFolder::OPTIONS),
    ("an element of `usbDevices`", UsbDevice::OPTIONS),
    ("`secrets.<name>`", Secret::OPTIONS),
    ("`healthChecks`", Checks::OPTIONS),
    ("the machine, beside `deployment`", MachineEntry::OPTIONS),
    ("the fleet, at the top of the file", Top::OPTIONS),
];

/// What begins the paths of NixOS options.
const NIXOS: &[&str] = &[
    "boot",
    "console",
    "environment",
    "fileSystems",
    "fonts",
    "hardware",
    "i18n",
    "imports",
    "networking",
    "nix",
    "programs",
    "security",
    "services",
    "swapDevices",
    "system",
    "systemd",
    "time",
    "users",
];

/// An attribute that is no option of the set that it is in.
pub(super) struct Unknown<'u, N> {
    pub(super) key: &'u Key,
    pub(super) value: &'u N,
    /// The options of the set, its path, and which of them are set.
    pub(super) options: &'static [OptionInfo],
    pub(super) path: &'u str,
    pub(super) set_options: &'u [&'static str],
}

/// Reports an unknown attribute. Returns the option that was probably meant, where that is an option of this set
/// which is not set otherwise.
pub(super) fn report<N: Node>(unknown: &Unknown<'_, N>, decoder: &mut Decoder<'_>) -> Option<&'static str> {
    let Unknown { key, value, options, path, set_options } = *unknown;
    let name = key.name.as_str();
    let within = if path.is_empty() { String::new() } else { format!(" in `{path}`") };
    // A function that makes several sets has the mistake once, however those are called.
    let topic = format!("there is no option `{name}`");
    let diagnostic = Diagnostic::new(Code::UnknownOption, key.span, format!("{topic}{within}"));
    let here = || options.iter().map(|option| option.name);
    if let Some((option, words)) = phrase(name, options) {
        let is_set = set_options.contains(&option);
        decoder.push_about(topic, in_other_words(diagnostic, option, words, is_set));
        // Of an option that holds several there may be more words.
        return (!is_set && !words.ends_with("…;")).then_some(option);
    }
    let needless = NEEDLESS.iter().find(|(of, word, ..)| *word == name && here().any(|known| known == *of));
    if let Some((_, _, label, help)) = needless {
        decoder.push_about(topic, diagnostic.labelled(*label).with_help(*help));
        return None;
    }
    let same = here().find(|option| same_but_form(option, name));
    let elsewhere = PLACES.iter().find(|(_, known)| known.iter().any(|option| option.name == name));
    let of_nixos = NIXOS.contains(&name);
    let kind_fits = |option: &OptionInfo| value.shape().is_ok_and(|found| (option.kind)().takes(&found));
    let is_for_here = |meant: &&str| {
        let there = elsewhere.and_then(|(_, known)| known.iter().find(|option| option.name == name));
        let option = options.iter().find(|option| option.name == *meant);
        !(there.is_some_and(kind_fits) && option.is_some_and(|option| !kind_fits(option)))
    };
    let local = same.or_else(|| meant_here(unknown, elsewhere.is_some()).filter(is_for_here));
    let other = || SYNONYMS.iter().filter(|(word, _)| *word == name).find_map(|(_, option)| place_of(option));
    let inside = || {
        options
            .iter()
            .find_map(|outer| Some((outer, outer.nested().iter().find(|inner| inner.name == name)?)))
    };
    let is_known =
        elsewhere.is_some() || of_nixos || inside().is_some() || (local.is_none() && other().is_some());
    let local = local.or_else(|| if is_known { None } else { nearest(name, here()) });
    if let Some(meant) = local {
        let mut diagnostic = diagnostic.labelled(format!("did you mean `{meant}`?"));
        let option = options.iter().find(|option| option.name == meant);
        if let Some(option) = option {
            diagnostic = diagnostic.with_help(format!("`{meant}`: {}", option.gist()));
        }
        let is_set = set_options.contains(&meant);
        if !is_set {
            // One thing where several can be is often written in another form.
            let other_number = name.ends_with(['s', 'S']) != meant.ends_with(['s', 'S']);
            let fits = || match (option, value.shape()) {
                (Some(option), Ok(found)) if other_number => (option.kind)().takes(&found),
                _ => true,
            };
            let sure = same.is_some() && fits();
            let applicability = if sure { Applicability::Safe } else { Applicability::Unsafe };
            diagnostic =
                diagnostic.with_fix(Fix { span: key.span, replacement: meant.to_owned(), applicability });
        }
        decoder.push_about(topic, diagnostic);
        return (!is_set).then_some(meant);
    }
    let similar = || {
        let all = PLACES.iter().flat_map(|(_, known)| known.iter().map(|option| option.name));
        place_of(nearest(name, all)?)
    };
    let diagnostic = if let Some((place, known)) = elsewhere {
        let diagnostic = diagnostic.labelled(format!("belongs to {place}"));
        match known.iter().find(|option| option.name == name) {
            Some(option) => diagnostic.with_help(format!("`{name}`: {}", option.gist())),
            None => diagnostic,
        }
    } else if of_nixos {
        diagnostic
            .labelled("belongs to `machine`")
            .with_help(format!("`{name}` is an option of NixOS: it belongs to the guest's module, `machine`"))
    } else if let Some(option) = options.iter().find(|option| name != "none" && (option.kind)().offers(name))
    {
        diagnostic
            .labelled(format!("a value of `{}`, not an option", option.name))
            .with_help(format!("write `{} = \"{name}\";`", option.name))
    } else if let Some((outer, inner)) = inside() {
        diagnostic
            .labelled(format!("belongs to `{}`", outer.name))
            .with_help(format!("`{name}`: {}", inner.gist()))
    } else if let Some((option, place)) = other().or_else(similar) {
        diagnostic
            .labelled("unknown option")
            .with_help(format!("there is an option `{option}`, which belongs to {place}"))
    } else {
        /// More names than this nobody reads.
        const ENOUGH: usize = 16;
        let names: Vec<_> = here().map(|name| format!("`{name}`")).collect();
        diagnostic.labelled("unknown option").with_help(if names.len() > ENOUGH {
            "remove it; docs/options.md lists all options".to_owned()
        } else {
            format!("the options here are {}", names.join(", "))
        })
    };
    decoder.push_about(topic, diagnostic);
    None
}

/// What a word says with an option of this set and a value.
fn phrase(name: &str, options: &'static [OptionInfo]) -> Option<(&'static str, &'static str)> {
    let (_, option, words) = PHRASES.iter().find(|(word, ..)| same_but_form(word, name))?;
    options.iter().any(|known| known.name == *option).then_some((*option, *words))
}

fn in_other_words(diagnostic: Diagnostic, option: &str, words: &str, is_set: bool) -> Diagnostic {
    let fix = words.strip_suffix(" = …;").filter(|_| !is_set).zip(diagnostic.primary);
    let diagnostic =
        diagnostic.labelled(format!("did you mean `{option}`?")).with_help(format!("write `{words}`"));
    match fix {
        Some((replacement, span)) => diagnostic.with_fix(Fix {
            span,
            replacement: replacement.to_owned(),
            applicability: Applicability::Unsafe,
        }),
        None => diagnostic,
    }
}

/// The option of this set that another program calls like this. An option of another set goes before what only resembles
/// a word for one of these.
fn meant_here<N: Node>(unknown: &Unknown<'_, N>, is_elsewhere: bool) -> Option<&'static str> {
    let name = unknown.key.name.as_str();
    let here = |option: &str| unknown.options.iter().map(|known| known.name).find(|known| *known == option);
    let means = |is_word: &dyn Fn(&str) -> bool| {
        SYNONYMS.iter().filter(|(word, _)| is_word(word)).find_map(|(_, option)| here(option))
    };
    let by_value = || here(by_value(name, &unknown.value.string()?)?);
    // The set inside of itself, of which the value can be one option: `cpus.cpus = 2`.
    let inside = || {
        let found = unknown.value.shape().ok().filter(|_| name == unknown.path)?;
        unknown.options.iter().find(|option| (option.kind)().takes(&found)).map(|option| option.name)
    };
    let exact = inside().or_else(by_value).or_else(|| means(&|word| word == name));
    exact.or_else(|| if is_elsewhere { None } else { means(&|word| same_but_form(word, name)) })
}

/// An option and where it lives, by its name.
fn place_of(option: &str) -> Option<(&'static str, &'static str)> {
    PLACES.iter().find_map(|(place, known)| {
        let known = known.iter().find(|known| known.name == option)?;
        Some((known.name, *place))
    })
}

/// An option that goes by a name which it had before.
pub(super) fn renamed(old: &str, new: &str, key: Span) -> Diagnostic {
    Diagnostic::new(Code::DeprecatedOption, key, format!("`{old}` is called `{new}` now"))
        .labelled("the old name")
        .with_help(format!("write `{new}`"))
        .with_fix(Fix { span: key, replacement: new.to_owned(), applicability: Applicability::Safe })
}

/// An option that is set under its new name and under one that it had before.
pub(super) fn set_twice(old: &str, key: Span, new: &str, new_key: Span) -> Diagnostic {
    Diagnostic::new(Code::Conflict, key, format!("`{old}` and `{new}` are one option"))
        .labelled("the name that it had before")
        .with_label(new_key, "the name that it has")
        .with_help(format!("remove `{old}`"))
}

/// An option that should not be set any more.
pub(super) fn deprecated(name: &str, reason: &str, key: Span) -> Diagnostic {
    Diagnostic::new(Code::DeprecatedOption, key, format!("`{name}` is deprecated"))
        .labelled("deprecated")
        .with_help(reason.to_owned())
}

/// Whether two words differ only in case, in `_` and `-`, or in being singular or plural.
pub(crate) fn same_but_form(one: &str, other: &str) -> bool {
    let plain = |word: &str| {
        let word: String = word.chars().filter(|letter| !matches!(letter, '_' | '-')).collect();
        let word = word.to_lowercase();
        word.strip_suffix('s').map(str::to_owned).unwrap_or(word)
    };
    let (one, other) = (plain(one), plain(other));
    !one.is_empty() && one == other
}

/// The candidate that a misspelt word most likely means.
pub(crate) fn nearest<T: AsRef<str>>(word: &str, candidates: impl IntoIterator<Item = T>) -> Option<T> {
    let lower = word.to_lowercase();
    // Edit distance takes quadratic time, and no option has a name of such length.
    if lower.is_empty() || lower.len() > 64 {
        return None;
    }
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.as_ref().to_lowercase()), candidate))
        .filter(|(distance, candidate)| {
            let length = lower.chars().count().max(candidate.as_ref().chars().count());
            *distance <= (length / 3).max(1) && *distance < length
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

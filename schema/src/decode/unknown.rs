//! Attributes that are no options: what was meant, or where they belong.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, Span};

use super::Decoder;
use super::fleet::{MachineEntry, Top};
use super::other_ways::{OTHER_WAYS, OtherWay};
use super::synonyms::{PHRASES, SYNONYMS, by_value};
use super::units;
use crate::option::{Key, Kind, OptionInfo, Options};
use crate::options::{
    Checks, CloudInit, CommandCheck, Cpus, Disk, HttpCheck, Interface, MachineOptions, Network, PciDevice,
    Pool, Secret, SharedFolder, StaticIp, UsbDevice,
};
use crate::{Node, Shape};

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
    ("an element of `healthChecks.http`", HttpCheck::OPTIONS),
    ("an element of `healthChecks.cmd`", CommandCheck::OPTIONS),
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

impl<'u, N> Unknown<'u, N> {
    /// An attribute of a set of which it does not count what else is set.
    pub(super) fn of(key: &'u Key, value: &'u N, options: &'static [OptionInfo], path: &'u str) -> Self {
        Self { key, value, options, path, set_options: &[] }
    }
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
    if let Some((diagnostic, meant)) = in_another_way(unknown, &diagnostic) {
        decoder.push_about(topic, diagnostic);
        return meant;
    }
    let same = same_option(name, options);
    // What a set or list in this one has goes before what other sets have.
    let is_of_this = |known: &[OptionInfo]| {
        let of = |options: &[OptionInfo]| {
            options.iter().map(|option| option.name).eq(known.iter().map(|one| one.name))
        };
        options.iter().any(|option| of(option.nested()))
    };
    let elsewhere = || PLACES.iter().filter(|(_, known)| known.iter().any(|option| option.name == name));
    let elsewhere = elsewhere().find(|(_, known)| is_of_this(known)).or_else(|| elsewhere().next());
    let of_nixos = NIXOS.contains(&name);
    let kind_fits = |option: &OptionInfo| kind_fits(option, value);
    let is_for_here = |meant: &&str| {
        let there = elsewhere.and_then(|(_, known)| known.iter().find(|option| option.name == name));
        let option = options.iter().find(|option| option.name == *meant);
        !(there.is_some_and(kind_fits) && option.is_some_and(|option| !kind_fits(option)))
    };
    let local = same.or_else(|| meant_here(unknown, elsewhere.is_some()).filter(is_for_here));
    let other = || elsewhere_by_another_word(name);
    let inside = || {
        options
            .iter()
            .find_map(|outer| Some((outer, outer.nested().iter().find(|inner| inner.name == name)?)))
    };
    let is_known =
        elsewhere.is_some() || of_nixos || inside().is_some() || (local.is_none() && other().is_some());
    let local = local.or_else(|| if is_known { None } else { nearest(name, here()) });
    if let Some(meant) = local {
        let option = options.iter().find(|option| option.name == meant);
        let is_set = set_options.contains(&meant);
        if let Some(sized) = option.and_then(|option| units::of_word(option, value)) {
            decoder.push_about(topic, sized.explain(diagnostic, value, is_set));
            return (!is_set).then_some(meant);
        }
        let mut diagnostic = diagnostic.labelled(format!("did you mean `{meant}`?"));
        if let Some(option) = option {
            diagnostic = diagnostic.with_help(format!("`{meant}`: {}", option.gist()));
        }
        if !is_set {
            let sure = option.filter(|_| same.is_some()).is_some_and(|option| is_sure(unknown, option));
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
    let other = other();
    if let Some(option) = elsewhere.map(|_| name).or(other.map(|(option, _)| option)) {
        decoder.misplaced.push(option.to_owned());
    }
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
    } else if let Some((option, place)) = other.or_else(similar) {
        diagnostic
            .labelled("unknown option")
            .with_help(format!("there is an option `{option}`, which belongs to {place}"))
    } else {
        /// More names than this nobody reads.
        const ENOUGH: usize = 16;
        let names: Vec<_> = here().map(|name| format!("`{name}`")).collect();
        diagnostic.labelled("unknown option").with_help(if names.len() > ENOUGH {
            "remove it; `launchnix explain options` lists all options".to_owned()
        } else {
            format!("the options here are {}", names.join(", "))
        })
    };
    decoder.push_about(topic, diagnostic);
    None
}

/// The option of this set of which a name is another spelling.
fn same_option(name: &str, options: &'static [OptionInfo]) -> Option<&'static str> {
    let here = || options.iter().map(|option| option.name);
    let plain = |word: &str| word.replace(['_', '-'], "").to_lowercase();
    here().find(|option| plain(option) == plain(name)).or_else(|| here().find(|it| same_but_form(it, name)))
}

fn kind_fits<N: Node>(option: &OptionInfo, value: &N) -> bool {
    value.shape().is_ok_and(|found| (option.kind)().takes(&found))
}

/// Whether an attribute that is another spelling of an option of its set is that option, and nothing else.
fn is_sure<N: Node>(unknown: &Unknown<'_, N>, option: &OptionInfo) -> bool {
    let (name, value) = (unknown.key.name.as_str(), unknown.value);
    // One thing where several can be is often written in another form.
    let other_number = name.ends_with(['s', 'S']) != option.name.ends_with(['s', 'S']);
    let fits = !other_number || value.shape().is_err() || kind_fits(option, value);
    // What belongs elsewhere as it is may be meant to be there.
    let of_name = |known: &&[OptionInfo]| known.iter().any(|option| option.name == name);
    let elsewhere = PLACES.iter().map(|(_, known)| *known).find(of_name);
    let is_of = |known: &[OptionInfo]| known.iter().any(|one| one.name == name && kind_fits(one, value));
    fits && !elsewhere.is_some_and(is_of)
}

/// The option of this set that a misspelt attribute is for certain, so that its value is that option's.
pub(super) fn certain<N: Node>(unknown: &Unknown<'_, N>) -> Option<&'static str> {
    let Unknown { key, value, options, .. } = *unknown;
    let name = key.name.as_str();
    let found = value.shape().ok()?;
    let info = |meant: &str| options.iter().find(|option| option.name == meant);
    let is_one = |option: &&'static OptionInfo| units::of_word(option, value).is_none();
    if in_another_way(unknown, &Diagnostic::new(Code::UnknownOption, key.span, "")).is_some() {
        return None;
    }
    if let Some(same) = same_option(name, options) {
        let option = info(same).filter(is_one)?;
        return is_sure(unknown, option).then_some(same);
    }
    let is_known = NIXOS.contains(&name)
        || PLACES.iter().any(|(_, known)| known.iter().any(|option| option.name == name))
        || options.iter().any(|outer| outer.nested().iter().any(|inner| inner.name == name))
        || elsewhere_by_another_word(name).is_some()
        || meant_here(unknown, false).is_some();
    if is_known {
        return None;
    }
    let meant = nearest(name, options.iter().map(|option| option.name))?;
    let slips = strsim::damerau_levenshtein(&name.to_lowercase(), &meant.to_lowercase());
    let option = info(meant).filter(is_one)?;
    // Of a word of three letters they are all there.
    let letters = |word: &str| {
        let mut letters: Vec<_> = word.to_lowercase().chars().collect();
        letters.sort_unstable();
        letters
    };
    let is_whole = || slips == 1 && (name.starts_with(meant) || letters(name) == letters(meant));
    let is_near = slips * 4 <= meant.len() || is_whole();
    (is_near && is_as_deep(&(option.kind)(), &found)).then_some(meant)
}

/// Whether a value is about what a type needs: one value, a list or a set.
fn is_as_deep<N: Node>(kind: &Kind, found: &Shape<N>) -> bool {
    match kind {
        Kind::List(_) | Kind::Set(_) | Kind::Named(..) | Kind::Module | Kind::Nixpkgs => kind.takes(found),
        _ => kind.takes(found) || !matches!(found, Shape::List(_) | Shape::Attrs(_) | Shape::Function),
    }
}

/// What an attribute says that is no option by another name: with a value, with several options, elsewhere. Returns the
/// option of this set that is not missing for that.
fn in_another_way<N: Node>(
    unknown: &Unknown<'_, N>,
    diagnostic: &Diagnostic,
) -> Option<(Diagnostic, Option<&'static str>)> {
    let Unknown { key, value, options, set_options, .. } = *unknown;
    let name = key.name.as_str();
    let is_set = |option: &str| set_options.contains(&option);
    let unless_set = |option: &'static str| Some(option).filter(|option| !is_set(option));
    let diagnostic = diagnostic.clone();
    if let Some((option, words)) = phrase(name, options) {
        // Of an option that holds several there may be more words.
        let meant = unless_set(option).filter(|_| !words.ends_with("…;"));
        return Some((in_other_words(diagnostic, option, words, is_set(option)), meant));
    }
    if let Some(way) = other_way(unknown) {
        return Some((diagnostic.labelled(way.label).with_help(way.help), way.option.and_then(unless_set)));
    }
    if let Some(parts) = parts_of_url(unknown) {
        let diagnostic = diagnostic.labelled("the parts of a URL have options of their own");
        return Some((diagnostic.with_help(format!("write `{parts}`")), unless_set("port")));
    }
    let sized = units::in_name(name, value, options).or_else(|| units::of_disk(name, value, options))?;
    Some((sized.explain(diagnostic, value, is_set(sized.option)), unless_set(sized.option)))
}

/// What a word says with an option of this set and a value.
fn phrase(name: &str, options: &'static [OptionInfo]) -> Option<(&'static str, &'static str)> {
    let is_here = |option: &str| options.iter().any(|known| known.name == option);
    let phrase = PHRASES.iter().find(|(word, option, _)| same_but_form(word, name) && is_here(option));
    phrase.map(|(_, option, words)| (*option, *words))
}

/// How this set says what an attribute says, unless its value tells that an option of the set is meant.
fn other_way<N: Node>(unknown: &Unknown<'_, N>) -> Option<&'static OtherWay> {
    let options = unknown.options;
    // Another spelling of an option is that option.
    if options.iter().any(|option| same_but_form(option.name, &unknown.key.name)) {
        return None;
    }
    let way = OTHER_WAYS.iter().find(|way| {
        way.words.iter().any(|word| same_but_form(word, &unknown.key.name))
            && options.iter().any(|option| option.name == way.of)
    })?;
    let value = unknown.value.string();
    let is_value = value.is_some_and(|value| options.iter().any(|option| (option.kind)().offers(&value)));
    (!is_value).then_some(way)
}

/// The options of a health check that say what a URL says.
fn parts_of_url<N: Node>(unknown: &Unknown<'_, N>) -> Option<String> {
    let name = unknown.key.name.as_str();
    if !matches!(name, "url" | "uri") || unknown.options.iter().all(|option| option.name != "insecureSSL") {
        return None;
    }
    super::from_string::parts_of_url(&unknown.value.string()?)
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
    // `type = "kvm"`.
    let by_choice = || {
        let value = unknown.value.string().filter(|value| *value != "none")?;
        let mut offering = unknown.options.iter().filter(|option| (option.kind)().offers(&value));
        let first = offering.next()?;
        offering.next().is_none().then_some(first.name)
    };
    // NixOS has a set of this name.
    let boots = || here("bootOrder").filter(|_| name == "boot" && is_no_set(unknown.value));
    // Proxmox numbers them: `net0`, `scsi1`.
    let stem = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let numbered = || if stem.is_empty() || stem == name { None } else { means(&|word| word == stem) };
    // The set inside of itself, of which the value can be one option: `cpus.cpus = 2`.
    let inside = || {
        let found = unknown.value.shape().ok().filter(|_| name == unknown.path)?;
        unknown.options.iter().find(|option| (option.kind)().takes(&found)).map(|option| option.name)
    };
    let exact =
        inside().or_else(by_value).or_else(|| means(&|word| word == name)).or_else(by_choice).or_else(boots);
    let alike = || means(&|word| same_but_form(word, name));
    exact.or_else(|| if is_elsewhere { None } else { alike().or_else(numbered) })
}

fn is_no_set<N: Node>(value: &N) -> bool {
    value.shape().is_ok_and(|found| !matches!(found, Shape::Attrs(_)))
}

/// An option of another set that a word means, and where it lives. A word that means another thing in each set, such as
/// `type`, tells nothing.
fn elsewhere_by_another_word(name: &str) -> Option<(&'static str, &'static str)> {
    let meant = |is_word: &dyn Fn(&str) -> bool| {
        let mut options = SYNONYMS.iter().filter(|(word, _)| is_word(word)).map(|(_, option)| *option);
        let first = options.next()?;
        options.all(|option| option == first).then_some(first)
    };
    let exact = SYNONYMS.iter().any(|(word, _)| *word == name);
    place_of(if exact { meant(&|word| word == name)? } else { meant(&|word| same_but_form(word, name))? })
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
    // Words are compared as they are, since many are for each mistake.
    fn plain(word: &str) -> impl Iterator<Item = char> {
        word.chars().filter(|letter| !matches!(letter, '_' | '-')).flat_map(char::to_lowercase)
    }
    let (mut one, mut other) = (plain(one), plain(other));
    let mut last = None;
    loop {
        match (one.next(), other.next()) {
            (Some(letter), Some(same)) if letter == same => last = Some(letter),
            (None, None) => return last.is_some(),
            (Some('s'), None) => return one.next().is_none() && last.is_some_and(|last| last != 's'),
            (None, Some('s')) => return other.next().is_none() && last.is_some_and(|last| last != 's'),
            _ => return false,
        }
    }
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
        // Slips of the fingers seldom change the first letter.
        .min_by_key(|(distance, candidate)| {
            let first = candidate.as_ref().chars().next().map(|first| first.to_ascii_lowercase());
            (*distance, first != lower.chars().next())
        })
        .map(|(_, candidate)| candidate)
}

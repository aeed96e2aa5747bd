//! What is said of the evaluator's findings in a deployment: what belongs together, what follows from something else, and
//! what a person who writes deployments most likely meant.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use launchnix_diagnostics::{
    About, Applicability, Code, Diagnostic, Fault, FileFault, Fix, Label, Role, SourceId, SourceMap, Span,
    ValueType,
};
use launchnix_evaluator::TO_STRING;
use launchnix_evaluator::syntax::{SyntaxKind, Tree, parse_plainly};

use crate::check::Request;
use crate::deployment_function::LACKS;
use crate::misspelt::is_name;
use crate::paths::{Base, relative};

/// A variable that is not bound is one mistake, wherever a file uses it.
pub(crate) fn once_for_each_variable(mistakes: Vec<Diagnostic>) -> Vec<Diagnostic> {
    /// More places than this say nothing new.
    const ENOUGH: usize = 4;
    let mut kept: Vec<Diagnostic> = Vec::new();
    let mut places: BTreeMap<(SourceId, String), (usize, usize)> = BTreeMap::new();
    for mistake in mistakes {
        let Some(primary) = mistake.primary.filter(|_| mistake.code == Code::UndefinedVariable) else {
            kept.push(mistake);
            continue;
        };
        match places.entry((primary.source, mistake.message.clone())) {
            Entry::Vacant(first) => {
                first.insert((kept.len(), 0));
                kept.push(mistake);
            }
            Entry::Occupied(mut known) => {
                let (index, more) = known.get_mut();
                *more += 1;
                if *more <= ENOUGH {
                    kept[*index].labels.push(Label::new(primary, "nor here"));
                }
            }
        }
    }
    for (index, more) in places.into_values() {
        if more > ENOUGH {
            kept[index].notes.push(format!("and in {} more places of this file", more - ENOUGH));
        }
    }
    kept
}

/// The mistakes in the syntax, from which others follow.
pub(crate) struct SyntaxMistakes {
    /// The places that they name, in order.
    places: Vec<Span>,
    /// Files that could not be read to their end.
    half_read: BTreeSet<SourceId>,
}

impl SyntaxMistakes {
    pub(crate) fn new(mistakes: &[Diagnostic]) -> Self {
        let labels = |mistake: &Diagnostic| mistake.labels.iter().map(|label| label.span).collect::<Vec<_>>();
        let mut places: Vec<Span> =
            mistakes.iter().flat_map(|mistake| mistake.primary.into_iter().chain(labels(mistake))).collect();
        places.sort_by_key(|place| (place.source, place.start));
        let syntax = mistakes.iter().filter(|mistake| mistake.code == Code::Syntax);
        let half_read = syntax.filter_map(|mistake| mistake.primary).map(|span| span.source).collect();
        Self { places, half_read }
    }

    /// Whether a diagnostic says nothing of its own: what cannot be known for a mistake in the syntax has no words (see
    /// [`ValueNode`](crate::value::ValueNode)), and a value with such a mistake in it is not what the user meant it to
    /// be.
    pub(crate) fn explain(&self, diagnostic: &Diagnostic) -> bool {
        let Some(primary) = diagnostic.primary else { return false };
        let first = self
            .places
            .partition_point(|place| (place.source, place.start) < (primary.source, primary.start));
        let mut inside = self.places[first..]
            .iter()
            .take_while(|place| place.source == primary.source && place.start < primary.end);
        let is_broken = inside.any(|place| place.end <= primary.end);
        // Nor is it known what is at the top of a file that could not be read to its end.
        let is_half_read = diagnostic.code == Code::NotADeployment
            && diagnostic.primary_label != LACKS
            && self.half_read.contains(&primary.source);
        diagnostic.message.is_empty() || is_broken || is_half_read
    }
}

/// What follows a number or a string without an operator is an argument to Nix: `4 GiB`, `0x10`, `"a "word""`.
pub(crate) fn explain_adjacent(diagnostic: &mut Diagnostic, map: &SourceMap) {
    let Some(span) = diagnostic.primary.filter(|_| diagnostic.code == Code::UndefinedVariable) else {
        return;
    };
    let text = map.get(span.source).text();
    let before = &text[..span.start as usize];
    let name = map.slice(span);
    let number = before.trim_end();
    // `"he said "hi""`: what is between two strings is most likely a part of them.
    if before.ends_with('"') && text[span.end as usize..].starts_with('"') {
        "between two strings".clone_into(&mut diagnostic.primary_label);
        diagnostic.help = Some("a quote in a string is written `\\\"`".to_owned());
        diagnostic.fix = None;
        return;
    }
    let digits = number.len() - number.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    if digits == 0 || number[..number.len() - digits].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
        return;
    }
    let (number, value) = (&number[number.len() - digits..], number[number.len() - digits..].parse::<u64>());
    let grouped = name.starts_with('_') && name.bytes().all(|byte| byte == b'_' || byte.is_ascii_digit());
    if grouped && before.ends_with(number) {
        let whole: String = number.chars().chain(name.chars()).filter(char::is_ascii_digit).collect();
        written_in_full(diagnostic, span, digits, whole, "numbers are written without `_`");
        return;
    }
    if let Some(power) = name.strip_prefix(['e', 'E']).and_then(|power| power.parse::<u32>().ok())
        && before.ends_with(number)
    {
        let whole = value.ok().and_then(|value| value.checked_mul(10_u64.checked_pow(power)?));
        let Some(whole) = whole.map(|whole| whole.to_string()) else { return };
        written_in_full(diagnostic, span, digits, whole, "whole numbers are written in full");
        return;
    }
    if let Some(whole) = with_digits(number, name).filter(|_| before.ends_with(number)) {
        return written_in_full(diagnostic, span, digits, whole, "letters that look like digits");
    }
    let unit = name.to_ascii_lowercase();
    let factor = match unit.trim_end_matches('b').trim_end_matches('i') {
        "m" => 1,
        "g" => 1024,
        "t" => 1024 * 1024,
        _ if name.starts_with('x') && number == "0" && before.ends_with('0') => {
            if let Ok(value) = i64::from_str_radix(&name[1..], 16) {
                diagnostic.help = Some(format!("numbers are decimal: write `{value}`"));
                diagnostic.fix = None;
            }
            return;
        }
        _ => return,
    };
    "a number has no unit".clone_into(&mut diagnostic.primary_label);
    diagnostic.fix = None;
    diagnostic.help = Some(match value.ok().and_then(|value| value.checked_mul(factor)) {
        Some(mebibytes) => format!("sizes are numbers of MiB: write `{mebibytes}`"),
        None => "sizes are numbers of MiB".to_owned(),
    });
}

/// A number with letters in it that look like digits: `20O0`, `1l2`.
fn with_digits(number: &str, rest: &str) -> Option<String> {
    let digit = |letter: char| match letter {
        'O' | 'o' => Some('0'),
        'l' | 'I' => Some('1'),
        digit => digit.is_ascii_digit().then_some(digit),
    };
    let written: String = rest.chars().map(digit).collect::<Option<_>>()?;
    // Alone it is how some languages write a long number.
    (rest != "l").then(|| format!("{number}{written}"))
}

/// Whether what is called is a number whose digits stand in groups, and says so: `20 480`.
pub(crate) fn groups_of_digits(diagnostic: &mut Diagnostic, whole: Span, map: &SourceMap) -> bool {
    let mut groups = map.slice(whole).split(' ');
    let is_number = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let starts = groups.next().is_some_and(|first| first.len() <= 3 && is_number(first));
    if !starts || !groups.all(|group| group.len() == 3 && is_number(group)) {
        return false;
    }
    let replacement = map.slice(whole).replace(' ', "");
    diagnostic.primary = Some(whole);
    "the digits of a number stand together".clone_into(&mut diagnostic.primary_label);
    diagnostic.help = Some(format!("write `{replacement}`"));
    diagnostic.fix = Some(Fix { span: whole, replacement, applicability: Applicability::Unsafe });
    true
}

/// Says what to write for so many digits and what follows them.
fn written_in_full(diagnostic: &mut Diagnostic, span: Span, digits: usize, whole: String, label: &str) {
    let start = span.start - u32::try_from(digits).unwrap_or(0);
    label.clone_into(&mut diagnostic.primary_label);
    diagnostic.help = Some(format!("write `{whole}`"));
    diagnostic.fix = Some(Fix {
        span: Span::new(span.source, start, span.end),
        replacement: whole,
        applicability: Applicability::Unsafe,
    });
}

/// Adds why elements of lists were left out: for each place once, however many elements fail there.
pub(crate) fn add_left_out(left_out: Vec<Diagnostic>, diagnostics: &mut Vec<Diagnostic>) {
    let mut more: BTreeMap<usize, usize> = BTreeMap::new();
    for one in left_out {
        let known =
            diagnostics.iter().position(|known| known.code == one.code && known.primary == one.primary);
        match known {
            // A set is made anew for each who asks for it.
            Some(index) if diagnostics[index].message == one.message => {}
            Some(index) => *more.entry(index).or_default() += 1,
            None => diagnostics.push(one),
        }
    }
    for (index, more) in more {
        let elements = if more == 1 { "element fails" } else { "elements fail" };
        diagnostics[index].notes.push(format!("{more} more {elements} like this one"));
    }
}

/// A number in the middle of a string can be made a string in place.
pub(crate) fn mend_interpolation(diagnostic: &mut Diagnostic, map: &SourceMap) {
    let Some(span) = diagnostic.primary.filter(|_| diagnostic.help.as_deref() == Some(TO_STRING)) else {
        return;
    };
    let text = map.get(span.source).text();
    let (before, after) = (&text[..span.start as usize], &text[span.end as usize..]);
    if before.ends_with("${") && after.starts_with('}') {
        let value = map.slice(span);
        let is_name = value.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '\'' | '.'));
        let replacement = if is_name { format!("toString {value}") } else { format!("toString ({value})") };
        diagnostic.fix = Some(Fix { span, replacement, applicability: Applicability::Unsafe });
    }
}

/// What `--argstr` gives is a string, whatever it looks like.
pub(crate) fn explain_argument(diagnostic: &mut Diagnostic, map: &SourceMap) {
    let Some(primary) = diagnostic.primary else { return };
    let file = map.get(primary.source);
    let is_of_option = matches!(
        diagnostic.about,
        Some(About::Value { found: ValueType::String, .. }) if diagnostic.code == Code::WrongType
    );
    let wants_other =
        is_of_option || matches!(diagnostic.fault, Some(Fault::WrongType { found: ValueType::String, .. }));
    if let Some(name) = file.name().strip_prefix("--argstr ")
        && wants_other
    {
        let value = file.text().trim_matches('"');
        diagnostic.help = Some(format!("`--argstr` gives a string: write `--arg {name} {value}`"));
    }
}

/// Fixes are written in Nix: they fit neither into data that a program reads, nor into the command line.
pub(crate) fn keep_fix_of_programs(diagnostic: &mut Diagnostic, map: &SourceMap, request: &Request) {
    let is_program = |span: Span| {
        let file = map.get(span.source);
        !file.is_data() && (file.name() == request.display || Path::new(file.name()).is_absolute())
    };
    let edits = diagnostic.further_edits.iter().map(|edit| edit.span);
    if !diagnostic.fix.iter().map(|fix| fix.span).chain(edits).all(is_program) {
        diagnostic.fix = None;
        diagnostic.further_edits.clear();
    }
}

/// An option that is renamed by a fix is renamed where its name is written: as a key, or in quotes elsewhere. An expression
/// that makes the name makes others as well.
pub(crate) fn keep_fix_of_names(diagnostic: &mut Diagnostic, map: &SourceMap) {
    if !matches!(diagnostic.code, Code::UnknownOption | Code::DeprecatedOption) {
        return;
    }
    let Some(fix) = &mut diagnostic.fix else { return };
    if Some(fix.span) != diagnostic.primary || !is_name(&fix.replacement) {
        return;
    }
    let after = map.get(fix.span.source).text()[fix.span.end as usize..].trim_start();
    let is_key = after.starts_with('.') || after.starts_with('=') && !after.starts_with("==");
    let written = map.slice(fix.span);
    let quoted = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match quoted {
        Some(_) if is_key => {}
        Some(name) if is_name(name) => {
            fix.replacement = format!("\"{}\"", fix.replacement);
            fix.applicability = Applicability::Unsafe;
        }
        None if is_key && is_name(written) => {}
        _ => diagnostic.fix = None,
    }
}

/// A deployment file that is not there has no place; say what to do about it.
pub(crate) fn explain_missing_file(diagnostic: &mut Diagnostic, request: &Request) {
    // The evaluator has one kind of error for files; one that is there but cannot be used need not be created.
    let help = match &diagnostic.fault {
        Some(Fault::File(FileFault::Directory)) => {
            "this is a directory, not a file".clone_into(&mut diagnostic.message);
            Some("name a file in it")
        }
        Some(Fault::File(FileFault::NotText)) => Some("save it as UTF-8 text"),
        // Who fetches has nothing but words for what is wrong.
        Some(Fault::File(FileFault::Unreadable)) if diagnostic.message.ends_with(" does not exist.") => None,
        Some(Fault::File(FileFault::Unreadable)) if diagnostic.message.contains("`--offline`") => {
            Some("leave out `--offline` once: it is kept for the next time")
        }
        Some(Fault::File(FileFault::Unreadable)) => {
            Some("see whether it is a file, and whether you may read it")
        }
        _ => None,
    };
    if let Some(help) = help {
        diagnostic.code = Code::UnreadableFile;
        diagnostic.help.get_or_insert_with(|| help.to_owned());
    }
    if diagnostic.code == Code::MissingFile && diagnostic.help.is_none() {
        diagnostic.help = Some(if diagnostic.primary.is_none() {
            format!("create `{}`, or name another deployment file", request.display)
        } else {
            "create the file, or name one that exists".to_owned()
        });
    }
}

/// Names a file in a message as the user would: relative to the current directory, unless it is written as an absolute path
/// or lies elsewhere.
pub(crate) fn name_file(diagnostic: &mut Diagnostic, map: &SourceMap, request: &Request, base: &Base) {
    if !matches!(diagnostic.code, Code::MissingFile | Code::UnreadableFile) {
        return;
    }
    let Some(primary) = diagnostic.primary else { return };
    let Some((before, rest)) = diagnostic.message.split_once('\'') else { return };
    let Some((path, after)) = rest.split_once('\'') else { return };
    let whole = diagnostic.place_of(Role::WholePath);
    let written = whole.unwrap_or(primary);
    if !path.starts_with('/') || map.slice(written).starts_with(['/', '<', '"']) {
        return;
    }
    let below = relative(&base.directory, Path::new(path));
    let ups = below.components().take_while(|part| matches!(part, std::path::Component::ParentDir)).count();
    if ups > 2 {
        return;
    }
    let directory = Path::new(&request.display).parent().unwrap_or(Path::new(""));
    diagnostic.message = format!("{before}'{}'{after}", directory.join(below).display());
    if diagnostic.primary_label.is_empty() && diagnostic.code == Code::MissingFile {
        "no such file".clone_into(&mut diagnostic.primary_label);
    }
}

/// A cycle of values is one mistake, whichever of them is asked for first.
pub(crate) fn once_for_each_cycle(diagnostics: &mut Vec<Diagnostic>) {
    let mut cycles: Vec<Diagnostic> = Vec::new();
    diagnostics.retain(|one| {
        if one.code != Code::InfiniteRecursion {
            return true;
        }
        let names =
            |diagnostic: &Diagnostic, span: Span| diagnostic.labels.iter().any(|label| label.span == span);
        let is_known = cycles.iter().any(|known| {
            let shared = one.labels.iter().filter(|label| names(known, label.span)).count();
            shared > 1
                || one.primary.is_some_and(|span| names(known, span))
                || known.primary.is_some_and(|span| names(one, span))
        });
        cycles.push(one.clone());
        !is_known
    });
}

/// Leaves out what would not be said if another mistake were mended: of an option without effect whose value has
/// mistakes, and of an expression that fails with a value which is of another type than its option.
pub(crate) fn without_moot(diagnostics: &mut Vec<Diagnostic>, map: &SourceMap) {
    // A number that is to be a string for one use of it is one for the others.
    let to_be_strings: BTreeSet<_> = diagnostics
        .iter()
        .filter(|one| matches!(one.fault, Some(Fault::WrongType { needed: ValueType::String, .. })))
        .filter_map(|one| one.primary)
        .collect();
    diagnostics.retain(|one| {
        let is_mended =
            |label: &Label| label.role == Some(Role::Value) && to_be_strings.contains(&label.span);
        one.code != Code::Evaluation || !one.labels.iter().any(is_mended)
    });
    let of_wrong_type: Vec<_> =
        diagnostics.iter().filter(|one| one.code == Code::WrongType).filter_map(|one| one.primary).collect();
    diagnostics.retain(|one| {
        let mut places = one.labels.iter().map(|label| label.span).chain(one.primary);
        match one.code {
            Code::Evaluation => !places.any(|place| of_wrong_type.contains(&place)),
            // What is no list of names need not name anything.
            Code::DanglingReference => one.primary.is_none_or(|place| !of_wrong_type.contains(&place)),
            _ => true,
        }
    });
    // A name that cannot be looked up is to change: it need not exist elsewhere, nor be an option.
    let unknown_names: BTreeSet<_> = diagnostics
        .iter()
        .filter(|one| matches!(one.code, Code::MissingAttribute | Code::Evaluation | Code::Thrown))
        .filter_map(|one| one.primary)
        .collect();
    diagnostics.retain(|one| {
        !matches!(one.code, Code::DanglingReference | Code::UnknownOption)
            || one.primary.is_none_or(|place| !unknown_names.contains(&place))
    });
    // What nobody can divide by is no value for its option either.
    let of_values: Vec<_> =
        diagnostics.iter().filter(|one| one.code == Code::OutOfRange).filter_map(|one| one.primary).collect();
    diagnostics.retain(|one| {
        one.fault != Some(Fault::DivisionByZero)
            || one.primary.is_none_or(|place| !of_values.contains(&place))
    });
    without_parts(diagnostics, map);
    let wrong: Vec<_> =
        diagnostics.iter().filter(|one| one.is_error()).filter_map(|one| one.primary).collect();
    diagnostics.retain(|one| {
        let Some(key) = one.primary.filter(|_| one.code == Code::NoEffect && !one.is_error()) else {
            return true;
        };
        let after: Vec<_> =
            wrong.iter().filter(|span| span.source == key.source && span.start > key.start).collect();
        if after.is_empty() {
            return true;
        }
        let end = end_of_binding(map.get(key.source).text(), key.start);
        !after.iter().any(|span| end.is_some_and(|end| span.start < end))
    });
}

/// A string or number of which an evaluation can make nothing is no part of a right value either.
fn without_parts(diagnostics: &mut Vec<Diagnostic>, map: &SourceMap) {
    let is_scalar = |place: &Span| {
        map.slice(*place).starts_with(|first: char| first.is_ascii_digit() || matches!(first, '"' | '-'))
    };
    let unfit: BTreeSet<_> = diagnostics
        .iter()
        .filter(|one| one.code == Code::Evaluation)
        .filter_map(|one| one.primary)
        .filter(is_scalar)
        .collect();
    if unfit.is_empty() {
        return;
    }
    diagnostics.retain(|one| {
        let of_value = matches!(one.code, Code::Malformed | Code::InvalidName | Code::OutOfRange);
        let Some(place) = one.primary.filter(|_| of_value) else { return true };
        let end = Span::new(place.source, place.start, u32::MAX);
        !unfit.range(..=end).next_back().is_some_and(|whole| whole.contains(place))
    });
}

/// `sizes.${size} or (throw "no size ${size}")`: what is not in the set is to change where it was written elsewhere.
pub(crate) fn blame_unknown_name(diagnostic: &mut Diagnostic, map: &SourceMap) {
    let Some(thrown) = diagnostic.primary.filter(|_| diagnostic.code == Code::Thrown) else { return };
    let text = map.get(thrown.source).text();
    let before = text[..thrown.start as usize].trim_end_matches(['(', ' ', '\n', '\t']);
    let is_default = before.strip_suffix("or").is_some_and(|selection| {
        selection.len() > selection.trim_end().len() && selection.trim_end().ends_with('}')
    });
    // The names that there are may be told as well.
    let is_value = |label: &Label| {
        let after = map.get(label.span.source).text()[label.span.end as usize..].trim_start();
        !after.starts_with('=') || after.starts_with("==")
    };
    let comes = |label: &&mut Label| label.role == Some(Role::Source) && is_value(label);
    let mut parts = diagnostic.labels.iter_mut().filter(comes);
    if let (true, Some(name), None) = (is_default, parts.next(), parts.next()) {
        diagnostic.primary = Some(name.span);
        *name = Label::new(thrown, "which is looked for here");
        "this is not there".clone_into(&mut diagnostic.primary_label);
        // The others are those that are there.
        diagnostic.labels.retain(|label| label.role != Some(Role::Source));
    }
}

/// Leaves out what is said of single arguments of a module where all of them have to be written otherwise.
pub(crate) fn without_lints_of_arguments(diagnostics: &mut Vec<Diagnostic>) {
    let modules: Vec<_> = diagnostics
        .iter()
        .filter(|one| one.code == Code::GuestModule)
        .filter_map(|one| one.primary)
        .collect();
    diagnostics.retain(|one| {
        one.code != Code::UnusedFormal
            || one.primary.is_none_or(|place| !modules.iter().any(|module| module.contains(place)))
    });
}

/// Where the binding ends of which a name starts at a place.
fn end_of_binding(text: &str, start: u32) -> Option<u32> {
    let parsed = parse_plainly(text);
    let around = |node: &Tree<'_>| node.start() <= start && start < node.end();
    let mut outer = parsed.root();
    while let Some(inner) = outer.nodes().find(around) {
        if inner.kind() == SyntaxKind::NODE_ATTRPATH {
            return Some(outer.end());
        }
        outer = inner;
    }
    None
}

/// By place, each once.
pub(crate) fn tidy(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by(|one, other| {
        let key = |diagnostic: &Diagnostic| (diagnostic.primary, diagnostic.code);
        key(one).cmp(&key(other)).then_with(|| one.message.cmp(&other.message))
    });
    // What cannot be found need not be pinned.
    let wrong: Vec<_> =
        diagnostics.iter().filter(|one| one.is_error()).filter_map(|one| one.primary).collect();
    diagnostics.retain(|one| {
        one.code != Code::UnpinnedNixpkgs || one.primary.is_none_or(|place| !wrong.contains(&place))
    });
    diagnostics.dedup_by(|one, other| {
        one.primary == other.primary && one.code == other.code && one.message == other.message
    });
    diagnostics
}

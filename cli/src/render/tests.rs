//! Whole renderings, reviewed as snapshots, and what must hold for any input.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, SourceId, SourceMap, Span};
use unicode_width::UnicodeWidthStr;

use super::{Charset, Format, Look, render, summary};

const WIDE: Look = Look { charset: Charset::Unicode, color: false, width: 80 };
const NARROW: Look = Look { charset: Charset::Unicode, color: false, width: 40 };
const ASCII: Look = Look { charset: Charset::Ascii, color: false, width: 80 };
const COLOR: Look = Look { charset: Charset::Unicode, color: true, width: 80 };

/// Every look that is kept as a snapshot.
const LOOKS: [(&str, Look); 6] = [
    ("unicode_40", NARROW),
    ("unicode_80", WIDE),
    ("unicode_120", Look { charset: Charset::Unicode, color: false, width: 120 }),
    ("ascii_40", Look { charset: Charset::Ascii, color: false, width: 40 }),
    ("ascii_120", Look { charset: Charset::Ascii, color: false, width: 120 }),
    ("color_80", COLOR),
];

const MACHINE: &str =
    "{\n  deployment = {\n    name = \"web\";\n    cpus = \"eight\";\n    ram = 2048;\n  };\n}\n";

/// The first occurrence of `needle` in a file.
fn at(sources: &SourceMap, file: SourceId, needle: &str) -> Span {
    let start = sources.get(file).text().find(needle).expect("the test's source has the needle");
    Span::new(file, u32::try_from(start).unwrap(), u32::try_from(start + needle.len()).unwrap())
}

fn one(name: &str, text: &str) -> (SourceMap, SourceId) {
    let mut sources = SourceMap::new();
    let id = sources.add(name, text);
    (sources, id)
}

fn wrong_type(sources: &SourceMap, file: SourceId) -> Diagnostic {
    Diagnostic::new(
        Code::WrongType,
        at(sources, file, "\"eight\""),
        "`cpus` is an integer, but this is a string",
    )
    .labelled("a string")
    .with_help("write the number without quotes: `cpus = 8;`")
    .with_note("a machine needs at least one virtual CPU, and may have as many as its hypervisor allows")
    .with_fix(Fix {
        span: at(sources, file, "\"eight\""),
        replacement: "8".into(),
        applicability: Applicability::Unsafe,
    })
}

fn snapshot(name: &str, rendered: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/render");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, rendered));
}

/// Without the escape sequences that colours are.
fn plain(rendered: &str) -> String {
    let mut parts = rendered.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |plain, part| {
        let (codes, rest) = part.split_once('m').expect("an escape sequence that colours");
        assert!(codes.chars().all(|code| code.is_ascii_digit() || code == ';'), "{codes:?}");
        plain + rest
    })
}

/// Renders in one look, and checks what holds for every rendering.
fn full(diagnostic: &Diagnostic, sources: &SourceMap, look: &Look) -> String {
    let rendered = render(diagnostic, sources, Format::Full, look);
    let plain = if look.color { plain(&rendered) } else { rendered.clone() };
    assert_harmless(&plain);
    for line in plain.lines() {
        assert!(line.width() <= look.width, "{} columns: {line}", line.width());
        assert!(look.charset == Charset::Unicode || line.is_ascii(), "not ASCII: {line}");
    }
    rendered
}

/// A terminal may get it: what it would obey is escaped.
fn assert_harmless(rendered: &str) {
    assert_eq!(super::text::json(rendered.to_owned()), rendered, "nothing is left to escape");
}

/// In every shape: none may panic, and those with a line each have it to themselves.
fn every_format(diagnostic: &Diagnostic, sources: &SourceMap, look: &Look) {
    full(diagnostic, sources, look);
    for format in [Format::Short, Format::Github, Format::Json] {
        let rendered = plain(&render(diagnostic, sources, format, look));
        assert_eq!(rendered.matches('\n').count(), 1, "{rendered:?}");
        assert_harmless(&rendered);
    }
    let sarif = render(diagnostic, sources, Format::Sarif, look);
    assert_harmless(&sarif);
    let sarif: serde_json::Value = serde_json::from_str(&sarif).expect("JSON");
    assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(1));
}

#[test]
fn one_mistake_in_every_look() {
    let (sources, file) = one("deployment.nix", MACHINE);
    let diagnostic = wrong_type(&sources, file);
    snapshot("one_mistake_unicode", &full(&diagnostic, &sources, &WIDE));
    snapshot("one_mistake_ascii", &full(&diagnostic, &sources, &ASCII));
    snapshot("one_mistake_narrow", &full(&diagnostic, &sources, &NARROW));
    snapshot("one_mistake_color", &full(&diagnostic, &sources, &COLOR).replace('\u{1b}', "␛"));
    snapshot("one_mistake_short", &render(&diagnostic, &sources, Format::Short, &WIDE));
    snapshot("one_mistake_json", &render(&diagnostic, &sources, Format::Json, &WIDE));
}

/// Two labels on one line, one in another file, a note and a fix over several lines.
#[test]
fn much_to_say_in_every_look() {
    let mut sources = SourceMap::new();
    let text = "{\n  machines.web = mkVm \"web\" { memory = \"a lot\"; cpus = 2; };\n}\n";
    let main = sources.add("fleet.nix", text);
    let lib =
        sources.add("lib/mk-vm.nix", "name: options:\n{ deployment = options // { inherit name; }; }\n");
    let diagnostic = Diagnostic::new(
        Code::MissingOption,
        at(&sources, main, "web"),
        "machine `web` lacks `ram` and `nixos`",
    )
    .labelled("two options are missing from this machine")
    .with_label(at(&sources, main, "memory"), "is this meant to be `ram`?")
    .with_label(at(&sources, lib, "options // { inherit name; }"), "the options are put together here")
    .with_help("set them, or say what all machines share in `defaults.deployment`")
    .with_note("`ram` is in MiB")
    .with_fix(Fix {
        span: Span::new(main, at(&sources, main, "; cpus").start + 1, at(&sources, main, "; cpus").start + 1),
        replacement: "\n    ram = 1024;\n    nixos = false;".into(),
        applicability: Applicability::Safe,
    });
    for (name, look) in LOOKS {
        let rendered = full(&diagnostic, &sources, &look).replace('\u{1b}', "␛");
        snapshot(&format!("much_to_say_{name}"), &rendered);
    }
}

#[test]
fn a_fix_is_shown_as_what_it_does() {
    let (sources, file) = one("deployment.nix", MACHINE);
    let other = {
        let mut sources = sources.clone();
        let id = sources.add("other.nix", "{ }\n");
        (sources, id)
    };
    let base = || Diagnostic::new(Code::UnknownOption, at(&sources, file, "cpus"), "a message");
    let fix =
        |span, replacement: &str, applicability| Fix { span, replacement: replacement.into(), applicability };
    let whole_line =
        Span::new(file, at(&sources, file, "    cpus").start, at(&sources, file, "    ram").start);
    let long = "x".repeat(200);
    for (name, sources, diagnostic) in [
        ("removal", &sources, base().with_fix(fix(whole_line, "", Applicability::Safe))),
        (
            "insertion_elsewhere",
            &other.0,
            base().with_fix(fix(Span::new(other.1, 2, 2), "a = 1; ", Applicability::Unsafe)),
        ),
        (
            "several",
            &sources,
            base()
                .with_fix(fix(at(&sources, file, "cpus"), "vcpus", Applicability::Safe))
                .with_further_edit(at(&sources, file, "2048"), "4096")
                .with_further_edit(at(&sources, file, "\"web\""), "\"db\""),
        ),
        ("long", &sources, base().with_fix(fix(at(&sources, file, "eight"), &long, Applicability::Safe))),
        (
            "many_lines",
            &sources,
            base().with_fix(fix(at(&sources, file, "ram = 2048;"), &"a\n".repeat(40), Applicability::Safe)),
        ),
    ] {
        snapshot(&format!("fix_{name}"), &full(&diagnostic, sources, &WIDE));
        every_format(&diagnostic, sources, &NARROW);
    }
}

#[test]
fn distant_labels_get_pieces_of_their_own() {
    let middle = "  # nothing to see here\n".repeat(200);
    let text = format!("{{\n  ram = 1024;\n{middle}  cpus = 1;\n  ram = 2048;\n}}\n");
    let (sources, file) = one("deployment.nix", &text);
    let second = u32::try_from(text.rfind("ram").unwrap()).unwrap();
    let diagnostic = Diagnostic::new(
        Code::DuplicateAttribute,
        Span::new(file, second, second + 3),
        "`ram` is defined twice",
    )
    .labelled("defined again here")
    .with_label(at(&sources, file, "ram"), "first defined here");
    let rendered = full(&diagnostic, &sources, &WIDE);
    assert!(rendered.lines().count() < 20, "{rendered}");
    snapshot("distant_labels", &rendered);
}

#[test]
fn labels_in_several_files() {
    let mut sources = SourceMap::new();
    let imported = sources.add("modules/web.nix", "{ }:\n{\n  ram = \"much\";\n}\n");
    let main =
        sources.add("deployment.nix", "{\n  machines.web.deployment = import ./modules/web.nix { };\n}\n");
    let diagnostic = Diagnostic::new(
        Code::WrongType,
        at(&sources, imported, "\"much\""),
        "`ram` is an integer, not a string",
    )
    .labelled("a string")
    .with_label(at(&sources, main, "import ./modules/web.nix { }"), "evaluated here");
    snapshot("several_files", &full(&diagnostic, &sources, &WIDE));
}

#[test]
fn overlapping_labels_are_not_drawn_over_each_other() {
    let text = "{ disks = { boot = { size = 1; }; }; }\n";
    let (sources, file) = one("deployment.nix", text);
    let diagnostic = Diagnostic::new(Code::OutOfRange, at(&sources, file, "1"), "disk `boot` is too small")
        .labelled("1 MiB")
        .with_label(at(&sources, file, "{ size = 1; }"), "in this disk")
        .with_label(at(&sources, file, "size"), "the option")
        .with_label(at(&sources, file, "1"), "after rounding");
    snapshot("overlapping_labels", &full(&diagnostic, &sources, &WIDE));
}

#[test]
fn hostile_text_is_shown_and_not_obeyed() {
    let text = "{\n\tname\t= \"\u{1b}[2J\u{202e}evil\u{2066}\u{0}\u{200b}\"; # \u{7}bell\n}\n";
    let (sources, file) = one("evil\u{1b}]0;title\u{7}\n.nix", text);
    let diagnostic = Diagnostic::new(
        Code::InvalidName,
        at(&sources, file, "evil"),
        "`\u{1b}[2J\u{202e}evil` is not a name\r\nof a machine",
    )
    .labelled("this \u{1b}[31mname")
    .with_help("use letters\u{85}only");
    snapshot("hostile_unicode", &full(&diagnostic, &sources, &WIDE));
    snapshot("hostile_ascii", &full(&diagnostic, &sources, &ASCII));
    snapshot("hostile_short", &render(&diagnostic, &sources, Format::Short, &WIDE));
}

#[test]
fn wide_and_combining_characters_stay_above_their_underlines() {
    let (sources, file) = one("deployment.nix", "{ 説明 = \"日本語 e\u{301}\"; ram = true; }\r\n");
    let diagnostic = Diagnostic::new(Code::WrongType, at(&sources, file, "true"), "`ram` is an integer")
        .labelled("a Boolean")
        .with_label(at(&sources, file, "\"日本語 e\u{301}\""), "a string");
    snapshot("wide_characters", &full(&diagnostic, &sources, &WIDE));
    snapshot("wide_characters_ascii", &full(&diagnostic, &sources, &ASCII));
}

#[test]
fn long_lines_are_cropped_around_the_label() {
    let text = format!("{{ a = \"{}\"; ram = true; b = \"{}\"; }}\n", "x".repeat(300), "y".repeat(300));
    let (sources, file) = one("deployment.nix", &text);
    let diagnostic = Diagnostic::new(Code::WrongType, at(&sources, file, "true"), "`ram` is an integer")
        .labelled("a Boolean, which says yes or no, where a number of mebibytes is needed")
        .with_label(at(&sources, file, "a = "), "somewhere else on the same line");
    snapshot("long_line", &full(&diagnostic, &sources, &WIDE));
    snapshot("long_line_narrow", &full(&diagnostic, &sources, &NARROW));
}

#[test]
fn deep_indentation_is_left_out_on_narrow_screens() {
    let indent = " ".repeat(48);
    let (sources, file) =
        one("deployment.nix", &format!("{indent}cpus = 1;\n{indent}ram = true;\n{indent}}}\n"));
    let diagnostic = Diagnostic::new(Code::WrongType, at(&sources, file, "true"), "`ram` is an integer")
        .labelled("this is a Boolean");
    snapshot("deep_indentation", &full(&diagnostic, &sources, &NARROW));
}

#[test]
fn spans_over_many_lines() {
    let body = "    # more\n".repeat(30);
    let text = format!("{{\n  short = {{\n    a = 1;\n  }};\n  long = {{\n{body}  }};\n}}\n");
    let (sources, file) = one("deployment.nix", &text);
    let short = at(&sources, file, "{\n    a = 1;\n  }");
    let long = Span { source: file, start: at(&sources, file, "long = {").end - 1, end: 9999 };
    let diagnostic = Diagnostic::new(Code::MissingOption, short, "`cpus` is missing")
        .labelled("in this set")
        .with_label(long, "this one has it");
    snapshot("many_lines", &full(&diagnostic, &sources, &WIDE));
}

#[test]
fn places_at_the_end_of_the_file() {
    for (name, text) in [("eof_newline", "{ a = 1;\n"), ("eof_no_newline", "{ a = 1;"), ("eof_empty", "")] {
        let (sources, file) = one("deployment.nix", text);
        let end = u32::try_from(text.len()).unwrap();
        let diagnostic = Diagnostic::new(Code::Syntax, Span::new(file, end, end), "the file ends too early")
            .labelled("`}` is missing here");
        snapshot(name, &full(&diagnostic, &sources, &WIDE));
    }
}

#[test]
fn a_diagnostic_without_a_place() {
    let diagnostic = Diagnostic::new(Code::MissingFile, None, "there is no file `deployment.nix`")
        .with_help("name one: `launchnix check FILE`");
    let sources = SourceMap::new();
    snapshot("no_place", &full(&diagnostic, &sources, &WIDE));
    snapshot("no_place_short", &render(&diagnostic, &sources, Format::Short, &WIDE));
    snapshot("no_place_json", &render(&diagnostic, &sources, Format::Json, &WIDE));
}

/// Any span on any text: no panic, nothing too wide, and the message is always there.
#[test]
fn bad_spans_cost_nothing_but_themselves() {
    let texts = [
        "",
        "\n",
        "\r\n\r\n",
        "é\u{301}日\t\u{1b}",
        MACHINE,
        "a\rb\r\nc",
        "\u{feff}{ }",
        "\n\n\n\n\n\n\n\nx",
    ];
    for text in texts {
        let (sources, file) = one("x.nix", text);
        let other = {
            let mut larger = SourceMap::new();
            larger.add("a", "");
            larger.add("b", "")
        };
        let ends = (0..=u32::try_from(text.len()).unwrap() + 2).chain([u32::MAX]).collect::<Vec<_>>();
        for &start in &ends {
            for &end in &ends {
                for look in [WIDE, NARROW, ASCII] {
                    let diagnostic = Diagnostic::new(Code::Syntax, Span::new(file, start, end), "a message")
                        .labelled("here")
                        .with_label(Span { source: file, start: end, end: start }, "reversed")
                        .with_label(Span::new(other, start, end), "in no file");
                    let rendered = full(&diagnostic, &sources, &look);
                    assert!(rendered.contains("a message"), "{rendered}");
                    render(&diagnostic, &sources, Format::Json, &look);
                    render(&diagnostic, &sources, Format::Short, &look);
                }
            }
        }
    }
}

#[test]
fn a_line_of_many_megabytes_is_rendered_at_once() {
    let text = format!("{{ a = [ {} true ]; }}", "1 ".repeat(4_000_000));
    let (sources, file) = one("deployment.nix", &text);
    let diagnostic =
        Diagnostic::new(Code::WrongType, at(&sources, file, "true"), "a Boolean").labelled("here");
    let before = std::time::Instant::now();
    let rendered = full(&diagnostic, &sources, &WIDE);
    assert!(rendered.contains("true"), "{rendered}");
    assert!(before.elapsed() < std::time::Duration::from_secs(2), "{:?}", before.elapsed());
}

#[test]
fn counts_are_in_words() {
    let error = Diagnostic::new(Code::Syntax, None, "x");
    let warning = Diagnostic::new(Code::NoEffect, None, "x");
    assert_eq!(summary(&[]), None);
    assert_eq!(summary(std::slice::from_ref(&error)).unwrap(), "1 error");
    assert_eq!(summary(&[error.clone(), warning, error]).unwrap(), "2 errors, 1 warning");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

    /// Whatever a file holds and wherever spans point: see [`every_format`] for what is checked.
    #[test]
    fn any_text_with_any_spans_is_rendered(
        text in "([ -~]|[\u{1}-\u{36f}\u{2000}-\u{206f}]|[\t\r\n\u{1b}\u{202e}\u{200d}\u{301}日😀]){0,300}",
        name in "([ -~]|[\n\u{1b}\u{202e}日]){1,60}",
        message in "([ -~]|[\n\t\u{1b}\u{202e}é日😀 ]){0,120}",
        replacement in "([ -~]|[\r\n\t\u{1b}日]){0,80}",
        spans in proptest::collection::vec((0_u32..320, 0_u32..320), 1..6),
        width in 40_usize..=200,
        is_ascii: bool,
        color: bool,
    ) {
        let mut sources = SourceMap::new();
        let file = sources.add(name.as_str(), text.as_str());
        let second = sources.add("second.nix", "{ }\n");
        let span = |(start, end): (u32, u32)| Span::new(if start % 7 == 0 { second } else { file }, start, end);
        let diagnostic = Diagnostic::new(Code::Syntax, span(spans[0]), message.as_str()).labelled(message.as_str());
        let diagnostic = spans[1..]
            .iter()
            .fold(diagnostic, |diagnostic, &place| diagnostic.with_label(span(place), message.as_str()))
            .with_help(message.as_str())
            .with_fix(Fix {
                span: span(spans[spans.len() - 1]),
                replacement: replacement.clone(),
                applicability: Applicability::Safe,
            })
            .with_further_edit(span(spans[0]), replacement.as_str());
        let charset = if is_ascii { Charset::Ascii } else { Charset::Unicode };
        every_format(&diagnostic, &sources, &Look { charset, color, width });
    }

    /// Whatever stands beside and in a span, its marks are under its cells.
    #[test]
    fn marks_are_under_what_they_mark(
        before in "([ -~]|[\t\u{7}\u{202e}\u{200d}\u{301}\u{fe0f}\u{3164}日ｆ😀👍🏽🇩é]){0,5}",
        marked in "([ -~]|[\t\u{7}\u{202e}\u{200d}\u{301}\u{fe0f}\u{3164}日ｆ😀👍🏽🇩é]){0,4}",
        after in "([ -~]|[\t\u{7}\u{202e}\u{301}日]){0,4}",
        is_ascii: bool,
    ) {
        let (sources, file) = one("a.nix", &format!("{before}<{marked}>{after}"));
        let length = |text: &str| u32::try_from(text.len()).unwrap();
        let end = length(&before) + length(&marked) + 2;
        let diagnostic = Diagnostic::new(Code::Syntax, Span::new(file, length(&before), end), "m");
        let charset = if is_ascii { Charset::Ascii } else { Charset::Unicode };
        let rendered = full(&diagnostic, &sources, &Look { charset, color: false, width: 200 });
        let row = |start: &str| {
            let row = rendered.lines().find_map(|line| line.strip_prefix(start));
            row.unwrap_or_else(|| panic!("no {start:?} in {rendered}"))
        };
        let (source, marks) = if is_ascii { (row(" 1 | "), row("   : ")) } else { (row(" 1 │ "), row("   · ")) };
        let cells = super::text::cells(sources.get(file).text(), charset);
        let shown: String = cells.iter().map(|cell| &*cell.shown).collect();
        proptest::prop_assert_eq!(source, shown.trim_end());
        let columns = |from: usize, to: usize| {
            let within = cells.iter().filter(|cell| (from..to).contains(&cell.offset));
            within.map(|cell| cell.width).sum::<usize>()
        };
        let blank = marks.len() - marks.trim_start().len();
        proptest::prop_assert_eq!(blank, columns(0, before.len()), "{}", &rendered);
        proptest::prop_assert_eq!(marks.trim().chars().count(), columns(before.len(), end as usize), "{}", &rendered);
    }
}

#[test]
fn a_fix_in_another_file_names_that_file_in_json() {
    let (mut sources, main) = one("deployment.nix", "{ a = import ./b.nix; }\n");
    let other = sources.add("b.nix", "{ rma = 1; }\n");
    let fix_of = |primary: SourceId, needle: &str| {
        let fix = Fix {
            span: at(&sources, other, "rma"),
            replacement: "ram".to_owned(),
            applicability: Applicability::Safe,
        };
        let diagnostic =
            Diagnostic::new(Code::UnknownOption, at(&sources, primary, needle), "wrong").with_fix(fix);
        let json = render(&diagnostic, &sources, Format::Json, &WIDE);
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        json["fix"].clone()
    };
    assert_eq!(fix_of(main, "import")["file"], "b.nix");
    assert_eq!(fix_of(main, "import")["replacement"], "ram");
    let same = fix_of(other, "rma");
    assert!(same.is_object() && same.get("file").is_none(), "{same}");
}

/// A mark behind a combining character is at the column of the one before it, and is drawn beside that.
#[test]
fn labels_at_one_column_fit_beside_each_other() {
    for width in 40..120 {
        let (sources, file) = one("wide.nix", &format!("{}\u{300}", "a ".repeat(60)));
        let end = 122;
        let message = "what there is to say of this takes more than one line";
        let diagnostic = Diagnostic::new(Code::Syntax, Span::new(file, end, end), message)
            .labelled(message)
            .with_label(Span::new(file, end - 2, end - 2), message);
        full(&diagnostic, &sources, &Look { width, ..WIDE });
    }
}

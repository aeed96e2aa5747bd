//! Values know where they were written.

use launchnix_diagnostics::{MemorySources, Span};
use launchnix_evaluator::{Origin, Settings, Value, evaluate};

/// The origin of the attribute `it` of a set, with a way to show places as the text there.
fn origin_of_it(text: &str) -> (Origin, Box<dyn Fn(Span) -> String>) {
    let sources = MemorySources::new();
    let mut settings = Settings::new(&sources);
    settings.tracing = true;
    let (origin, map) = evaluate(&settings, |evaluator| {
        let set = evaluator.expression(text, "test.nix", std::path::Path::new("/")).expect("evaluates");
        let Value::Attrs(attrs) = set else { panic!("a set is expected") };
        let it = attrs.get(evaluator.intern("it")).expect("has `it`").value;
        (evaluator.origin(it).expect("has an origin"), evaluator.source_map())
    })
    .expect("the evaluating thread starts");
    (origin, Box::new(move |span| map.slice(span).to_owned()))
}

#[track_caller]
fn written_at(text: &str, expected: &str) {
    let (origin, show) = origin_of_it(text);
    assert_eq!(show(origin.span), expected, "{text}");
}

#[test]
fn a_literal_is_found_through_functions_and_sets() {
    written_at(r#"{ it = "lit"; }"#, r#""lit""#);
    written_at(r#"let f = a: b: { it = b; }; in f 1 "lit""#, r#""lit""#);
    written_at(r#"let f = { it, ... }: { inherit it; }; in f { it = "lit"; }"#, r#""lit""#);
    written_at(r#"{ a = 1; } // { it = "lit"; }"#, r#""lit""#);
    written_at(r#"let s = { x.y = "lit"; }; in { it = s.x.y; }"#, r#""lit""#);
    written_at(r#"let s = { x = "lit"; }; in with s; { it = x; }"#, r#""lit""#);
    written_at(r#"{ it = if true then "lit" else "other"; }"#, r#""lit""#);
    written_at(r#"{ it = builtins.head (map (x: x) [ "lit" ]); }"#, r#""lit""#);
    written_at(r#"builtins.listToAttrs [ { name = "it"; value = "lit"; } ]"#, r#""lit""#);
    written_at(r#"builtins.mapAttrs (_: v: v) { it = "lit"; }"#, r#""lit""#);
    written_at(r#"{ it = ({ a ? "lit" }: a) { }; }"#, r#""lit""#);
}

#[test]
fn a_computed_value_is_where_it_is_computed() {
    written_at("let n = 512; m = 2; in { it = n * m; }", "n * m");
    written_at("{ it = 512 * 2; }", "512 * 2");
    written_at(r"{ it = toString 5; }", "5");
    written_at(r"{ it = toString [ 5 ]; }", "toString [ 5 ]");
}

#[test]
fn what_is_computed_from_one_number_is_where_that_was_written() {
    written_at("let n = 512; in { it = n * 2; }", "512");
    written_at(r"let double = n: n * 2; in { it = double 4; }", "4");
    written_at(r"let next = n: n + 1; in { it = next (next 4); }", "n + 1");
    written_at(r"let add = n: 1 + n; double = n: n * 2; in { it = add (double 4); }", "4");
}

#[test]
fn the_route_names_what_the_value_went_through() {
    let (origin, show) = origin_of_it(r#"let outer = "lit"; f = inner: { it = inner; }; in f outer"#);
    let route: Vec<_> = origin.route.iter().map(|&span| show(span)).collect();
    assert_eq!(route, ["outer", "inner"]);
}

#[test]
fn parts_of_strings_are_where_they_were_written() {
    let text = "let name = \"disk\"; in { it = ''\n    <a>\n      ${name + \"s\"} ''${x}\n    </a>\n  ''; }";
    let (origin, show) = origin_of_it(text);
    let parts: Vec<_> = origin.segments.iter().map(|part| (part.start, part.len, show(part.span))).collect();
    let part = |start, len, text: &str| (start, len, text.to_owned());
    assert_eq!(
        parts,
        [
            part(0, 4, "<a>\n"),
            part(4, 2, "  "),
            part(6, 4, "disk"),
            part(10, 1, "s"),
            part(11, 1, " "),
            part(12, 1, "''$"),
            part(13, 4, "{x}\n"),
            part(17, 5, "</a>\n"),
        ]
    );
}

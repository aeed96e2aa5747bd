//! Hostile input ends in an error, soon, and never in a crash.

use std::time::{Duration, Instant};

use launchnix_diagnostics::MemorySources;
use launchnix_evaluator::{ErrorKind, Limits, Settings, Value, evaluate, syntax};

/// Evaluates a text wholly, and gives the kind and message of its error.
fn failure(text: &str, limits: Limits) -> Option<(ErrorKind, String)> {
    let sources = MemorySources::new().with("/d/itself.nix", "import ./itself.nix");
    let mut settings = Settings::new(&sources);
    settings.limits = limits;
    let outcome = evaluate(&settings, |evaluator| {
        let value = evaluator.expression(text, "test.nix", std::path::Path::new("/d"));
        value.and_then(|value| evaluator.force_deep(value)).map(|_| ())
    });
    outcome.and_then(|result| result).err().map(|error| (error.kind, error.message.clone()))
}

/// Times are bounded so loosely that only what does not end, or takes quadratic time, is caught.
#[track_caller]
fn fails_soon(text: &str, kind: ErrorKind) {
    let start = Instant::now();
    let failed = failure(text, Limits::default());
    let shown: String = text.chars().take(40).collect();
    assert_eq!(failed.as_ref().map(|failed| failed.0), Some(kind), "{shown}: {failed:?}");
    assert!(start.elapsed() < Duration::from_secs(30), "{shown} took {:?}", start.elapsed());
}

#[test]
fn endless_recursion_is_an_error() {
    fails_soon("let f = n: f n; in f 1", ErrorKind::Limit);
    fails_soon("let f = n: 1 + f n; in f 1", ErrorKind::Limit);
    fails_soon("let f = n: { inherit n; deeper = f n; }.deeper; in f 1", ErrorKind::Limit);
    fails_soon("let x = x; in x", ErrorKind::InfiniteRecursion);
    fails_soon("rec { a = b; b = a; }", ErrorKind::InfiniteRecursion);
    fails_soon("import ./itself.nix", ErrorKind::InfiniteRecursion);
    fails_soon("let a = { b = a; }; in builtins.toJSON a", ErrorKind::Limit);
    fails_soon("let a = { b = a; }; in builtins.toXML a", ErrorKind::Limit);
    fails_soon("let a = [ a ]; b = [ b ]; in a == b", ErrorKind::Limit);
    fails_soon("let f = n: { a = f (n + 1); }; in f 0", ErrorKind::Limit);
}

/// Each line of it is indented by more than the one before: 800 MB, if all of it were written.
#[test]
fn xml_without_end_is_not_written() {
    let sources = MemorySources::new();
    let written = |text: &str| {
        let outcome = evaluate(&Settings::new(&sources), |evaluator| {
            let value = evaluator.expression(text, "test.nix", std::path::Path::new("/d")).unwrap();
            let (text, outcome) = evaluator.xml_with(value, true, false);
            (text.len(), outcome.err().map(|error| error.kind))
        });
        outcome.expect("it can be evaluated")
    };
    assert_eq!(written("let a = { b = a; }; in a"), (0, Some(ErrorKind::Limit)));
    let (before, kind) = written("[ 1 [ 2 (throw \"no\") ] 3 ]");
    assert!(
        before > 80 && kind == Some(ErrorKind::Thrown),
        "what precedes a failure is there: {before} {kind:?}"
    );
}

/// What parsing one thing inside of another costs must not depend on how often that is.
#[test]
fn hostile_syntax_is_answered() {
    fails_soon(&"[".repeat(20_000), ErrorKind::Syntax);
    fails_soon(&"(".repeat(200_000), ErrorKind::Syntax);
    fails_soon(&"{a=".repeat(20_000), ErrorKind::Syntax);
    fails_soon(&"{a={".repeat(200_000), ErrorKind::Syntax);
    fails_soon(&"\"${".repeat(100_000), ErrorKind::Syntax);
    fails_soon(&"if ".repeat(100_000), ErrorKind::Syntax);
    fails_soon(&"let a=".repeat(100_000), ErrorKind::Syntax);
    fails_soon(&format!("{}1", "1+".repeat(200_000)), ErrorKind::Syntax);
    fails_soon(&format!("{}1", "1 + ".repeat(100_000)), ErrorKind::Syntax);
    fails_soon(&format!("{}[]", "[]++".repeat(100_000)), ErrorKind::Syntax);
    fails_soon(&format!("{}true", "!".repeat(100_000)), ErrorKind::Syntax);
    fails_soon(&format!("{}1", "a: ".repeat(100_000)), ErrorKind::Syntax);
    fails_soon(&format!("{}1", "- ".repeat(100_000)), ErrorKind::Syntax);
    fails_soon(&"/*\n".repeat(300_000), ErrorKind::Syntax);
    fails_soon(&format!("{}1", "a.b or ".repeat(100_000)), ErrorKind::Syntax);
    fails_soon(&"[ a = ".repeat(20_000), ErrorKind::Syntax);
    fails_soon(&"a = ".repeat(100_000), ErrorKind::Syntax);
    fails_soon(&format!("{{ x = [{}; }}", " ,".repeat(200_000)), ErrorKind::Syntax);
    fails_soon(&format!("\"{}", "a".repeat(1_000_000)), ErrorKind::Syntax);
    fails_soon("\"${", ErrorKind::Syntax);
    fails_soon("''", ErrorKind::Syntax);
    fails_soon("", ErrorKind::Syntax);
    // Nix evaluates these, up to a point.
    fails_soon(&format!("{}{}", "[".repeat(20_000), "]".repeat(20_000)), ErrorKind::Limit);
    fails_soon(&format!("{}1{}", "{a=".repeat(20_000), ";}".repeat(20_000)), ErrorKind::Limit);
    fails_soon(&format!("a{}", ".a".repeat(500_000)), ErrorKind::Syntax);
    fails_soon(&format!("[{}", "a-".repeat(500_000)), ErrorKind::Syntax);
    fails_soon(&format!("[{}", "1.".repeat(500_000)), ErrorKind::Syntax);
}

/// Where all mistakes are told, there may be many.
#[test]
fn thousands_of_slips_are_read() {
    for text in [
        format!("{{\n{}}}", "x = 1;\nthis is prose here\n".repeat(30_000)),
        format!("{}{}", "let a = b: ".repeat(50_000), "}".repeat(50_000)),
        format!("{{ {} }}", "x = a b c) d; ".repeat(20_000)),
        format!("{{ {} }}", "x = if a then b esle c; ".repeat(20_000)),
        format!("{{ x = [ {} ]; }}", "{ \"a\" \"b\" } ".repeat(20_000)),
        format!("{{\ny = ;\n{}}}", "x = [ \"a\" \"b\"c ];\n".repeat(60_000)),
        "{\"t${[;}\"; }}\"; ".to_owned(),
        format!("{{ {} }}", "x = { \"a\": 1, \"b\": [ 1, 2 ] }; ".repeat(20_000)),
        format!("{{ x = {} }}", "{\"a\":".repeat(20_000)),
        format!("{{ x = [ {} ]; }}", "a // { } ".repeat(20_000)),
        format!("{{ {} {} }}", "resource \"a\" \"b\" { ".repeat(20_000), "} ".repeat(20_000)),
        format!("{{ {} {} }}", "a \"b\" { ".repeat(20_000), "} ".repeat(20_000)),
        format!("{{\n{}", "a.\n".repeat(50_000)),
        format!("{{\n{}}}", "<<<<<<< a\nx = 1;\n".repeat(20_000)),
        format!("{{\n{}}}", "+x = 1;\n-x = 2;\n".repeat(20_000)),
        format!("{{ {} }}", "x = let a = 1; a ".repeat(20_000)),
    ] {
        let start = Instant::now();
        assert!(!syntax::parse(&text).is_valid(), "{}", &text[..15]);
        assert!(start.elapsed() < Duration::from_secs(30), "{} took {:?}", &text[..15], start.elapsed());
    }
}

/// Of what fails on purpose it is looked for who decided that, and of a number for its unit.
#[test]
fn long_conditions_and_products_are_looked_at() {
    let conditions = vec!["a == 1"; 5_000];
    for (text, kind) in [
        (format!("(a: assert {}; a) 2", conditions.join(" || ")), Some(ErrorKind::Thrown)),
        (format!("(a: assert {} && a == 2; a) 1", conditions.join(" && ")), Some(ErrorKind::Thrown)),
        (format!("(a: if {} then a else throw \"no\") 2", conditions.join(" || ")), Some(ErrorKind::Thrown)),
        (format!("(a: {}throw \"no\") 2", "if a == 1 then a else ".repeat(5_000)), Some(ErrorKind::Thrown)),
        (format!("{}1", "1 * ".repeat(5_000)), None),
        (format!("(a: {}a) 1", "1 * ".repeat(5_000)), None),
    ] {
        let sources = MemorySources::new();
        let settings = Settings { tracing: true, recover: true, ..Settings::new(&sources) };
        let start = Instant::now();
        let outcome = evaluate(&settings, |evaluator| {
            let value = evaluator.expression(&text, "test.nix", std::path::Path::new("/d"))?;
            evaluator.force_deep(value).map(|_| ())
        });
        let failed = outcome.and_then(|result| result).err().map(|error| error.kind);
        assert_eq!(failed, kind, "{}", &text[..30]);
        assert!(start.elapsed() < Duration::from_secs(30), "{} took {:?}", &text[..30], start.elapsed());
    }
}

#[test]
fn nesting_that_is_allowed_is_evaluated() {
    for text in [
        format!("{}{}", "[".repeat(4_000), "]".repeat(4_000)),
        format!("{}1{}", "(".repeat(20_000), ")".repeat(20_000)),
        format!("{}1{} == null", "{a=".repeat(20_000), ";}".repeat(20_000)),
        format!("{}1", "1+".repeat(20_000)),
        format!("{}1", "- ".repeat(20_000)),
        format!("{}true", "!".repeat(20_000)),
        format!("{}1", "a: ".repeat(20_000)),
        format!("{}1", "let a = 1; in ".repeat(5_000)),
        format!("{}1", "if true then 1 else ".repeat(20_000)),
        format!("[] {}", "++ [ 1 ] ".repeat(20_000)),
        format!("{{}} {}", "// { a = 1; } ".repeat(20_000)),
        format!("./a{}", "b".repeat(1_000_000)),
        format!("builtins.length [{}]", " 1".repeat(100_000)),
        "builtins.foldl' (a: b: a + b) 0 (builtins.genList (n: n) 100000)".to_owned(),
        "let f = n: if n == 0 then 0 else 1 + f (n - 1); in f 9000".to_owned(),
    ] {
        let start = Instant::now();
        assert_eq!(failure(&text, Limits::default()), None, "{}", &text[..20]);
        assert!(start.elapsed() < Duration::from_secs(30), "{} took {:?}", &text[..20], start.elapsed());
    }
}

#[test]
fn a_small_stack_is_enough_for_an_answer() {
    let small = Limits { stack: 4 << 20, ..Limits::default() };
    for text in
        [format!("{}1", "1+".repeat(60_000)), format!("{}1{}", "(!".repeat(30_000), ")".repeat(30_000))]
    {
        let failed = failure(&text, small);
        assert_eq!(failed.map(|failed| failed.0), Some(ErrorKind::Syntax), "{}", &text[..20]);
    }
}

#[test]
fn limits_hold() {
    let endless = "builtins.length (builtins.genList (n: n) 50000000)";
    let memory = Limits { memory: 64 << 20, ..Limits::default() };
    assert_eq!(failure(endless, memory).map(|failed| failed.0), Some(ErrorKind::Limit));

    let long = "builtins.foldl' (a: b: a + b) 0 (builtins.genList (n: n) 1000000)";
    let steps = Limits { steps: 100_000, ..Limits::default() };
    assert_eq!(failure(long, steps).map(|failed| failed.0), Some(ErrorKind::Limit));

    let shallow = Limits { call_depth: 100, ..Limits::default() };
    let nested = "let f = n: if n == 0 then 0 else 1 + f (n - 1); in f 200";
    assert_eq!(failure(nested, shallow).map(|failed| failed.0), Some(ErrorKind::Limit));
}

#[test]
fn an_evaluation_can_be_interrupted() {
    let sources = MemorySources::new();
    let mut settings = Settings::new(&sources);
    settings.interrupt = Some(&|| true);
    let outcome = evaluate(&settings, |evaluator| {
        let text = "builtins.foldl' (a: b: a + b) 0 (builtins.genList (n: n) 10000000)";
        evaluator
            .expression(text, "test.nix", std::path::Path::new("/"))
            .map(|value| matches!(value, Value::Int(_)))
    });
    let error = outcome.and_then(|result| result).expect_err("interrupted");
    assert_eq!(error.kind, ErrorKind::Limit);
}

#[test]
fn a_failed_value_fails_again_in_the_same_way() {
    let text = "let x = throw \"no\"; in [ (builtins.tryEval x) (builtins.tryEval x) ]";
    assert_eq!(failure(text, Limits::default()), None);
}

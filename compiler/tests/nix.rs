//! Nix expressions that are written mean what their trees say.

use launchnix_compiler::nix::{Nix, write};
use launchnix_diagnostics::MemorySources;
use launchnix_evaluator::{Evaluator, Settings, Value};
use proptest::prelude::*;

fn data() -> impl Strategy<Value = Nix> {
    let text = prop_oneof![
        any::<String>(),
        "[$\\{}\"'\\\\\\n\\t\\r a]{0,8}",
        Just("${x}".to_owned()),
        Just("$${x}".to_owned()),
        Just("\\${x}".to_owned()),
    ];
    let leaf = prop_oneof![
        any::<bool>().prop_map(Nix::Bool),
        any::<i64>().prop_map(Nix::Int),
        // Nix strings end at a NUL.
        text.clone().prop_map(|text| Nix::String(text.replace('\0', ""))),
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        let name = prop_oneof!["[a-z]{1,3}", Just("or".to_owned()), Just("in".to_owned()), "[ -~]{0,4}"];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Nix::List),
            prop::collection::btree_map(name, inner, 0..4)
                .prop_map(|fields| Nix::Set(fields.into_iter().collect())),
        ]
    })
}

fn same<'a>(evaluator: &Evaluator<'a>, value: Value<'a>, expected: &Nix) -> bool {
    let Ok(value) = evaluator.force(value) else { return false };
    match (value, expected) {
        (Value::Bool(value), Nix::Bool(expected)) => value.get() == *expected,
        (Value::Int(value), Nix::Int(expected)) => value == *expected,
        (Value::String(value), Nix::String(expected)) => value.text == expected.as_bytes(),
        (Value::List(list), Nix::List(expected)) => {
            list.items.len() == expected.len()
                && list.items.iter().zip(expected).all(|(&value, expected)| same(evaluator, value, expected))
        }
        (Value::Attrs(attrs), Nix::Set(expected)) => {
            let sorted = evaluator.sorted(attrs);
            sorted.len() == expected.len()
                && sorted.iter().zip(expected).all(|((name, attr), (expected_name, expected))| {
                    *name == expected_name.as_bytes() && same(evaluator, attr.value, expected)
                })
        }
        _ => false,
    }
}

fn means(expression: &Nix, expected: &Nix) -> bool {
    let sources = MemorySources::new();
    let text = write(expression);
    launchnix_evaluator::evaluate(&Settings::new(&sources), |evaluator| {
        let value = evaluator.expression(&text, "test", std::path::Path::new("/srv"));
        value.is_ok_and(|value| same(evaluator, value, expected))
    })
    .expect("the evaluation starts")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn data_is_read_back(data in data()) {
        prop_assert!(means(&data, &data), "{}", write(&data));
    }

    #[test]
    fn data_survives_as_an_operand(data in data()) {
        let applied = Nix::Function(Vec::new(), true, Box::new(Nix::List(vec![data.clone()])));
        let applied = applied.apply(Nix::Set(Vec::new()));
        prop_assert!(means(&applied, &Nix::List(vec![data])));
    }
}

#[test]
fn paths_are_paths_whatever_their_characters() {
    for path in ["../a.nix", "a b.nix", "../${x}/é\".nix", "x", "a//b", "../../.hidden/~x"] {
        let text = write(&Nix::Relative(path.into()));
        let sources = MemorySources::new();
        let found = launchnix_evaluator::evaluate(&Settings::new(&sources), |evaluator| {
            match evaluator.expression(&text, "test", std::path::Path::new("/srv/one/two")) {
                Ok(Value::Path(path)) => String::from_utf8_lossy(path.text).into_owned(),
                _ => "no path".to_owned(),
            }
        })
        .expect("the evaluation starts");
        let mut expected = std::path::PathBuf::from("/srv/one/two");
        for part in path.split('/').filter(|part| !part.is_empty()) {
            if part == ".." {
                expected.pop();
            } else {
                expected.push(part);
            }
        }
        assert_eq!(found, expected.display().to_string(), "{text}");
    }
}

#[test]
fn what_the_user_wrote_stays_one_expression() {
    let written = Nix::Written("1 + 1 # two".into());
    assert!(means(&Nix::List(vec![written]), &Nix::List(vec![Nix::Int(2)])));
}

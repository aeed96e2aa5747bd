//! What a variable that is bound nowhere means, going by what is around it: a name of the same set, something of `lib`
//! or `pkgs`, a part of a path.

use std::collections::BTreeMap;

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, Label, SourceId, SourceMap, Span};
use launchnix_evaluator::syntax::{SyntaxKind, Tree, parse};

use crate::torn;

/// What modules of guests take as arguments.
const OF_MODULES: [&str; 5] = ["config", "lib", "modulesPath", "options", "pkgs"];
/// How deep a deployment may stand in its function: behind `let`, `with` and other functions.
const MAX_BODIES: usize = 8;
/// Words of a path with spaces in it.
const MAX_WORDS: usize = 8;
/// What the names of files end with that deployments name.
const ENDINGS: [&str; 14] =
    ["nix", "iso", "img", "qcow2", "raw", "pub", "json", "toml", "yaml", "yml", "xml", "rom", "key", "txt"];
/// Functions of `lib` that modules use.
const OF_LIB: [&str; 57] = [
    "attrByPath",
    "concatMapAttrs",
    "concatMapStrings",
    "concatMapStringsSep",
    "concatStrings",
    "drop",
    "escapeShellArg",
    "fileContents",
    "filterAttrs",
    "flatten",
    "foldr",
    "genAttrs",
    "getExe",
    "hasPrefix",
    "hasSuffix",
    "imap0",
    "imap1",
    "importJSON",
    "init",
    "last",
    "literalExpression",
    "mapAttrsToList",
    "max",
    "min",
    "mkAfter",
    "mkBefore",
    "mkDefault",
    "mkEnableOption",
    "mkForce",
    "mkIf",
    "mkImageMediaOverride",
    "mkMerge",
    "mkOption",
    "mkOrder",
    "mkOverride",
    "mkPackageOption",
    "mkRemovedOptionModule",
    "mkRenamedOptionModule",
    "mkVMOverride",
    "nameValuePair",
    "optional",
    "optionalAttrs",
    "optionalString",
    "optionals",
    "range",
    "recursiveUpdate",
    "removePrefix",
    "removeSuffix",
    "splitString",
    "sublist",
    "take",
    "toInt",
    "toLower",
    "toUpper",
    "types",
    "unique",
    "versionAtLeast",
];

/// Says what was meant with variables that are bound nowhere.
pub(crate) fn explained(mut mistakes: Vec<Diagnostic>, map: &SourceMap) -> Vec<Diagnostic> {
    /// A file with more of them is no deployment, but another language.
    const ENOUGH: usize = 200;
    let mut unbound: BTreeMap<SourceId, Vec<usize>> = BTreeMap::new();
    for (index, mistake) in mistakes.iter().enumerate() {
        // Whoever knows better has said so.
        let is_open = mistake.help.as_ref().is_some_and(|help| help.starts_with("bind it with"));
        if let Some(span) = mistake.primary.filter(|_| mistake.code == Code::UndefinedVariable && is_open) {
            unbound.entry(span.source).or_default().push(index);
        }
    }
    for (source, indices) in unbound {
        let parsed = parse(map.get(source).text());
        for index in indices.into_iter().take(ENOUGH) {
            let mistake = &mut mistakes[index];
            let Some(span) = mistake.primary else { continue };
            let around = around(parsed.root(), span);
            let _: bool = part_of_path(mistake, &around, map)
                || name_of_file(mistake, &around, map)
                || letter_before_string(mistake, map)
                || of_module(mistake, &around, map)
                || argument_before_arrow(mistake, &around, map)
                || argument_without_colon(mistake, &around, map)
                || of_same_set(mistake, &around, map)
                || of_nixpkgs(mistake, &around, map);
        }
    }
    mistakes
}

/// The expressions around a place, outermost first.
fn around(root: Tree<'_>, place: Span) -> Vec<Tree<'_>> {
    let holds = |tree: &Tree<'_>| tree.start() <= place.start && place.end <= tree.end();
    let mut around = vec![root];
    let mut tree = root;
    while let Some(inner) = tree.nodes().find(holds) {
        around.push(inner);
        tree = inner;
    }
    around
}

/// `/isos/my file.iso`
fn part_of_path(mistake: &mut Diagnostic, around: &[Tree<'_>], map: &SourceMap) -> bool {
    let Some(span) = mistake.primary else { return false };
    let mut calls = around.iter().rev().skip_while(|tree| tree.kind() != SyntaxKind::NODE_APPLY);
    let Some(call) = calls.next() else { return false };
    // `import ./my file.nix` calls `import`, and the path is what it is called with.
    let called = std::iter::successors(call.nodes().next(), |function| {
        function.nodes().next().filter(|_| function.kind() == SyntaxKind::NODE_APPLY)
    });
    let mut called = called.take(MAX_WORDS).filter_map(|function| match function.kind() {
        SyntaxKind::NODE_APPLY => function.nodes().last(),
        _ => Some(function),
    });
    let is_path = |tree: &Tree<'_>| {
        matches!(
            tree.kind(),
            SyntaxKind::NODE_PATH_ABS | SyntaxKind::NODE_PATH_REL | SyntaxKind::NODE_PATH_HOME
        )
    };
    let Some(path) = called.find(is_path) else { return false };
    let whole = Span::new(span.source, path.start(), call.end());
    if !torn::is_path_text(map.slice(whole)) {
        return false;
    }
    torn::say_path(mistake, whole, map);
    true
}

/// `import db.nix`
fn name_of_file(mistake: &mut Diagnostic, around: &[Tree<'_>], map: &SourceMap) -> bool {
    let (Some(span), [.., selection, _]) = (mistake.primary, around) else { return false };
    let whole = Span::new(span.source, selection.start(), selection.end());
    let ending = map.slice(whole).rsplit('.').next().unwrap_or_default();
    if selection.kind() != SyntaxKind::NODE_SELECT
        || whole.start != span.start
        || !ENDINGS.contains(&ending)
        || map.slice(whole).contains(char::is_whitespace)
    {
        return false;
    }
    let path = format!("./{}", map.slice(whole));
    mistake.help = Some(format!("a path has a slash in it: write `{path}`"));
    mistake.fix = Some(Fix { span: whole, replacement: path, applicability: Applicability::Unsafe });
    true
}

/// `f"db-{n}"`
fn letter_before_string(mistake: &mut Diagnostic, map: &SourceMap) -> bool {
    let Some(span) = mistake.primary else { return false };
    let after = &map.get(span.source).text()[span.end as usize..];
    if !matches!(map.slice(span), "f" | "r" | "b" | "u" | "fr" | "rf") || !after.starts_with('"') {
        return false;
    }
    "nothing belongs in front of a string".clone_into(&mut mistake.primary_label);
    mistake.help = Some("remove it: what an expression gives is put into a string by `${…}`".to_owned());
    mistake.fix = Some(Fix { span, replacement: String::new(), applicability: Applicability::Unsafe });
    true
}

/// `{ ... }: { time.timeZone = lib.mkDefault "UTC"; }`
fn of_module(mistake: &mut Diagnostic, around: &[Tree<'_>], map: &SourceMap) -> bool {
    let Some(span) = mistake.primary else { return false };
    let name = map.slice(span);
    if !OF_MODULES.contains(&name) {
        return false;
    }
    let module = around.iter().enumerate().rev().find_map(|(index, tree)| {
        let arguments = tree.nodes().next().filter(|_| tree.kind() == SyntaxKind::NODE_LAMBDA)?;
        let takes_more = arguments.kind() == SyntaxKind::NODE_PATTERN && arguments.text().contains("...");
        (takes_more && !is_deployment(&around[..index], *tree)).then_some(arguments)
    });
    if let Some(arguments) = module {
        let start =
            arguments.start() + u32::try_from(arguments.text().find('{').unwrap_or(0)).unwrap_or(0) + 1;
        mistake.help = Some(format!("take `{name}` as an argument of the module: `{{ {name}, ... }}:`"));
        mistake.fix = Some(Fix {
            span: Span::new(span.source, start, start),
            replacement: format!(" {name},"),
            applicability: Applicability::Unsafe,
        });
        return true;
    }
    let is_machine = |tree: &Tree<'_>| {
        tree.kind() == SyntaxKind::NODE_ATTRPATH_VALUE
            && tree.nodes().next().is_some_and(|path| path.text().split('.').any(|part| part == "machine"))
    };
    if !around.iter().any(is_machine) {
        return false;
    }
    mistake.help = Some(format!(
        "`{name}` is an argument of the guest's module: it is known in `machine = {{ {name}, ... }}: …`"
    ));
    true
}

/// Whether a function that stands in this is that of a whole deployment.
fn is_deployment(outside: &[Tree<'_>], function: Tree<'_>) -> bool {
    let is_key = |binding: Tree<'_>| {
        let key = binding.nodes().next().filter(|_| binding.kind() == SyntaxKind::NODE_ATTRPATH_VALUE);
        let first = key.and_then(|key| key.nodes().next().map(Tree::text));
        first.is_some_and(|first| matches!(first, "machine" | "machines" | "deployment" | "defaults"))
    };
    let has_key = |tree: Tree<'_>| tree.nodes().any(is_key);
    let bodies = std::iter::successors(function.nodes().nth(1), |tree| tree.nodes().last());
    outside.iter().all(|tree| tree.kind() != SyntaxKind::NODE_ATTRPATH_VALUE)
        && bodies.take(MAX_BODIES).any(has_key)
}

/// `name -> { … }`
fn argument_before_arrow(mistake: &mut Diagnostic, around: &[Tree<'_>], map: &SourceMap) -> bool {
    let (Some(span), [.., implication, name]) = (mistake.primary, around) else { return false };
    let between = Span::new(span.source, name.end(), implication.end());
    let is_arrow = implication.kind() == SyntaxKind::NODE_BIN_OP
        && implication.start() == name.start()
        && map.slice(between).trim_start().starts_with("->");
    if !is_arrow {
        return false;
    }
    let arrow = map.slice(between).find("->").and_then(|at| u32::try_from(at + 2).ok()).unwrap_or(0);
    let place = Span::new(span.source, span.end, span.end + arrow);
    mistake.help = Some(format!("a function is written `{}: …`", map.slice(span)));
    mistake.fix =
        Some(Fix { span: place, replacement: ":".to_owned(), applicability: Applicability::Unsafe });
    true
}

/// `name: ram { … }`, where `ram` is used in the braces.
fn argument_without_colon(mistake: &mut Diagnostic, around: &[Tree<'_>], map: &SourceMap) -> bool {
    let Some(span) = mistake.primary else { return false };
    let [.., holder, call, name] = around else { return false };
    let is_result = match holder.kind() {
        SyntaxKind::NODE_LAMBDA => true,
        SyntaxKind::NODE_ATTRPATH_VALUE => {
            holder.nodes().last().is_some_and(|last| last.start() == call.start())
        }
        _ => false,
    };
    let set = call.nodes().last().filter(|last| last.kind() == SyntaxKind::NODE_ATTR_SET);
    let is_call = call.kind() == SyntaxKind::NODE_APPLY && call.start() == name.start();
    let Some(set) = set.filter(|_| is_result && is_call) else { return false };
    let is_used = mistake.labels.iter().any(|label| {
        label.span.source == span.source && set.start() <= label.span.start && label.span.end <= set.end()
    });
    if !is_used {
        return false;
    }
    let after = Span::new(span.source, span.end, span.end);
    mistake.help = Some(format!("an argument is followed by a colon: write `{}:`", map.slice(span)));
    mistake.fix =
        Some(Fix { span: after, replacement: ":".to_owned(), applicability: Applicability::Unsafe });
    true
}

/// `{ cpus = 2; ram = cpus * 512; }`
fn of_same_set(mistake: &mut Diagnostic, around: &[Tree<'_>], map: &SourceMap) -> bool {
    let Some(span) = mistake.primary else { return false };
    let name = map.slice(span).to_owned();
    let sets = around.iter().rev().filter(|tree| tree.kind() == SyntaxKind::NODE_ATTR_SET);
    for set in sets {
        let bound =
            set.nodes().filter(|node| node.kind() == SyntaxKind::NODE_ATTRPATH_VALUE).find_map(|binding| {
                let first = binding.nodes().next()?.nodes().next()?;
                let is_other = span.start < binding.start() || binding.end() < span.end;
                (is_other && first.text() == name).then_some(first)
            });
        let Some(bound) = bound else { continue };
        let place = Span::new(span.source, bound.start(), bound.end());
        let start = Span::new(span.source, set.start(), set.start());
        mistake.labels.push(Label::new(place, "bound here, in a set without `rec`"));
        mistake.help = Some(format!(
            "write `rec {{ … }}` for a set whose values see its names, or bind `{name}` with `let`"
        ));
        let replacement = "rec ".to_owned();
        mistake.fix = Some(Fix { span: start, replacement, applicability: Applicability::Unsafe });
        return true;
    }
    false
}

/// `mkDefault` and `[ git vim ]`, in a module.
fn of_nixpkgs(mistake: &mut Diagnostic, around: &[Tree<'_>], map: &SourceMap) -> bool {
    let Some(span) = mistake.primary else { return false };
    let name = map.slice(span);
    let is_program = || {
        let text = map.get(span.source).text();
        let (before, after) = (&text[..span.start as usize], &text[span.end as usize..]);
        before.ends_with("${") && (after.starts_with("}/bin/") || after.starts_with("}/sbin/"))
    };
    let set = if OF_LIB.contains(&name) {
        "lib"
    } else if is_package(around) || is_program() {
        "pkgs"
    } else {
        return false;
    };
    let written = format!("{set}.{name}");
    if is_bound(set, around) {
        mistake.help = Some(format!("write `{written}`"));
        mistake.fix = Some(Fix { span, replacement: written, applicability: Applicability::Unsafe });
    } else if in_deployment(around) {
        mistake.help = Some(if name.starts_with("mk") {
            format!("leave `{name}` out: what `deployment` has is a value, and no module of NixOS")
        } else {
            format!("write `{written}`, and bind `{set}` with `let {set} = import <nixpkgs/lib>; in`")
        });
    } else {
        mistake.help = Some(format!(
            "write `{written}`, and take `{set}` as an argument of the module: `{{ {set}, ... }}:`"
        ));
    }
    true
}

/// Whether a place is in the options of a machine, and not in its module.
fn in_deployment(around: &[Tree<'_>]) -> bool {
    let bindings = around.iter().filter(|tree| tree.kind() == SyntaxKind::NODE_ATTRPATH_VALUE);
    let mut paths = bindings.filter_map(|binding| binding.nodes().next());
    let has = |path: Tree<'_>, name: &str| path.nodes().any(|part| part.text() == name);
    let mut inside = false;
    !paths.any(|path| {
        inside |= has(path, "deployment");
        has(path, "machine")
    }) && inside
}

/// Whether a place is an element of a list of packages, or where one package belongs.
fn is_package(around: &[Tree<'_>]) -> bool {
    let mut outwards = around.iter().rev().skip(1).peekable();
    let in_list = outwards.next_if(|tree| tree.kind() == SyntaxKind::NODE_LIST).is_some();
    let is_value = outwards.peek().is_some_and(|tree| tree.kind() == SyntaxKind::NODE_ATTRPATH_VALUE);
    let key = outwards
        .find(|tree| tree.kind() == SyntaxKind::NODE_ATTRPATH_VALUE)
        .and_then(|binding| binding.nodes().next()?.nodes().last());
    let is_key = |key: Tree<'_>| match key.text() {
        "path" | "fonts" => in_list,
        "shell" | "defaultUserShell" => is_value,
        text => in_list && text.ends_with("ackages") || is_value && text.ends_with("ackage"),
    };
    key.is_some_and(is_key)
}

/// Whether a name is an argument or bound by a `let` around a place.
fn is_bound(name: &str, around: &[Tree<'_>]) -> bool {
    around.iter().any(|tree| match tree.kind() {
        SyntaxKind::NODE_LAMBDA => {
            let parameter = tree.nodes().next();
            parameter.is_some_and(|parameter| {
                parameter.text() == name
                    || parameter
                        .nodes()
                        .any(|entry| entry.nodes().next().is_some_and(|known| known.text() == name))
            })
        }
        SyntaxKind::NODE_LET_IN => tree.nodes().any(|binding| {
            let path = binding.nodes().next().filter(|_| binding.kind() == SyntaxKind::NODE_ATTRPATH_VALUE);
            path.is_some_and(|path| path.text() == name)
        }),
        _ => false,
    })
}

//! Definitions that are used as if they were values: `lib.mkForce [ … ] ++ [ … ]`, `[ … ] ++ lib.mkIf … [ … ]`.

use launchnix_diagnostics::{Applicability, Diagnostic, Fault, Fix, SourceMap, Span, ValueType};
use launchnix_evaluator::syntax::{SyntaxKind, Tree, parse_plainly};

/// Functions that give a definition of their last argument.
const MAKERS: &[&str] = &[
    "mkAfter",
    "mkBefore",
    "mkDefault",
    "mkForce",
    "mkIf",
    "mkMerge",
    "mkOptionDefault",
    "mkOrder",
    "mkOverride",
    "mkVMOverride",
];
/// The longest expression that is written out in a suggestion.
const MAX_SHOWN: usize = 80;

/// Says that a definition stands where a value is wanted, where that is so.
pub(super) fn explain(diagnostic: &mut Diagnostic, map: &SourceMap) -> bool {
    let Some(place) = diagnostic.primary else { return false };
    let Some(wanted) = wanted(diagnostic.fault.as_ref()) else { return false };
    let parsed = parse_plainly(map.get(place.source).text());
    let Some(found) = Found::at(parsed.root(), place) else { return false };
    let function = found.function.text();
    diagnostic.message = format!("`{function}` gives a definition for the module system, and no {wanted}");
    "this is no value yet".clone_into(&mut diagnostic.primary_label);
    (diagnostic.help, diagnostic.fix) = found.remedy(place);
    diagnostic.further_edits.clear();
    true
}

/// What is wanted where a set was found.
fn wanted(fault: Option<&Fault>) -> Option<&'static str> {
    let needed = match fault? {
        Fault::NoText(ValueType::Set) => ValueType::String,
        Fault::WrongType { needed, found: ValueType::Set } => *needed,
        _ => return None,
    };
    needed.described().split_once(' ').map(|(_, name)| name)
}

/// The call of a function that gives a definition.
struct Found<'t> {
    call: Tree<'t>,
    function: Tree<'t>,
    /// The operators around it that it is joined by, and the outermost of them with all that it joins.
    joined: Option<Tree<'t>>,
}

impl<'t> Found<'t> {
    fn at(root: Tree<'t>, place: Span) -> Option<Self> {
        let mut tree = root;
        let mut joined = None;
        while (tree.start(), tree.end()) != (place.start, place.end) || tree.kind() == SyntaxKind::NODE_PAREN
        {
            match tree.kind() {
                SyntaxKind::NODE_BIN_OP => joined = joined.or(Some(tree)),
                SyntaxKind::NODE_PAREN => {}
                _ => joined = None,
            }
            tree = tree.nodes().find(|inner| inner.start() <= place.start && place.end <= inner.end())?;
        }
        let mut function = tree;
        while let (SyntaxKind::NODE_APPLY, Some(called)) = (function.kind(), function.nodes().next()) {
            function = called;
        }
        let name = function.text();
        let is_maker = MAKERS.contains(&name.strip_prefix("lib.").unwrap_or(name));
        (is_maker && tree.kind() == SyntaxKind::NODE_APPLY).then_some(Self { call: tree, function, joined })
    }

    /// What to write instead.
    fn remedy(&self, place: Span) -> (Option<String>, Option<Fix>) {
        let plain = || (Some("use the value itself here, or define the whole by it".to_owned()), None);
        let Some(joined) = self.joined else { return plain() };
        let at = |tree: Tree<'_>| Span::new(place.source, tree.start(), tree.end());
        let fix = |span, replacement| Some(Fix { span, replacement, applicability: Applicability::Unsafe });
        let name = self.function.text();
        let argument = self.call.nodes().last().map(Tree::without_parens);
        let given = argument.map(Tree::kind);
        if name.ends_with("mkIf") {
            let instead = match given {
                Some(SyntaxKind::NODE_LIST) => "optionals",
                Some(SyntaxKind::NODE_STRING) => "optionalString",
                _ => return plain(),
            };
            let instead = name.replace("mkIf", instead);
            return (
                Some(format!(
                    "`{instead}` gives a value, and an empty one where the condition does not hold"
                )),
                fix(at(self.function), instead),
            );
        }
        let (Some(argument), false) = (argument, name.ends_with("mkMerge")) else { return plain() };
        let (whole, start) = (joined.text(), joined.start());
        let cut = |offset: u32| (offset - start) as usize;
        let value = format!(
            "{}{}{}",
            &whole[..cut(self.call.start())],
            argument.text(),
            &whole[cut(self.call.end())..]
        );
        let maker = &self.call.text()[..(argument.start() - self.call.start()) as usize];
        let instead = format!("{} ({value})", maker.trim_end_matches(['(', ' ']));
        if instead.len() > MAX_SHOWN || instead.contains('\n') {
            return (Some(format!("put `{name}` before the whole, in parentheses")), None);
        }
        (Some(format!("write `{instead}`")), fix(at(joined), instead))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use launchnix_diagnostics::Code;

    /// What is to be written instead of an expression in which the definition is marked.
    fn instead(fault: &Fault, marked: &str) -> Option<String> {
        let start = marked.find('«').unwrap();
        let text = marked.replace(['«', '»'], "");
        let end = marked.find('»').unwrap() - '«'.len_utf8();
        let mut map = SourceMap::new();
        let source = map.add("x.nix", text.as_str());
        let offset = |at: usize| u32::try_from(at).unwrap();
        let place = Span::new(source, offset(start), offset(end));
        let mut diagnostic = Diagnostic::new(Code::GuestEvaluation, place, "");
        diagnostic.fault = Some(fault.clone());
        if !explain(&mut diagnostic, &map) {
            return None;
        }
        let fix = diagnostic.fix.map(|fix| {
            format!(
                "{}{}{}",
                &text[..fix.span.start as usize],
                fix.replacement,
                &text[fix.span.end as usize..]
            )
        });
        Some(fix.or(diagnostic.help).unwrap())
    }

    #[test]
    fn definitions_are_of_the_whole() {
        let list = Fault::WrongType { needed: ValueType::List, found: ValueType::Set };
        let text = Fault::NoText(ValueType::Set);
        for (fault, marked, expected) in [
            (&list, "{ x = «lib.mkForce [ 1 ]» ++ [ 2 ]; }", Some("{ x = lib.mkForce ([ 1 ] ++ [ 2 ]); }")),
            (&list, "a ++ («mkBefore [ 1 ]») ++ [ 2 ]", Some("mkBefore (a ++ ([ 1 ]) ++ [ 2 ])")),
            (&list, "a ++ «lib.mkIf b [ 1 ]»", Some("a ++ lib.optionals b [ 1 ]")),
            (&text, "«mkIf b \"x\"» + y", Some("optionalString b \"x\" + y")),
            (&text, "«lib.mkDefault \"a\"» + \"b\"", Some("lib.mkDefault (\"a\" + \"b\")")),
            (&list, "f («lib.mkForce [ ]»)", Some("use the value itself here, or define the whole by it")),
            (&list, "«lib.attrsOf [ ]» ++ [ ]", None),
        ] {
            assert_eq!(instead(fault, marked).as_deref(), expected, "{marked}");
        }
    }
}

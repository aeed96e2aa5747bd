//! Whether a file looks like a deployment, without evaluating it.
//!
//! An editor opens every Nix file with the same language server: modules, packages, flakes. Evaluating one of them as
//! a deployment would underline things that are right. So a file is taken for a deployment only by its name, because
//! a deployment imports it, or because it says `deployment` or `machines` where a deployment says it.

use launchnix_evaluator::syntax::SyntaxKind::{NODE_ATTR_SET, NODE_ATTRPATH_VALUE};
use launchnix_evaluator::syntax::{Tree, parse};

/// Whether the text has `deployment` or `machines` as a key of an outermost attribute set.
pub(crate) fn looks_like_deployment(text: &str) -> bool {
    let parsed = parse(text);
    let mut waiting = vec![parsed.root()];
    while let Some(tree) = waiting.pop() {
        if tree.kind() != NODE_ATTR_SET {
            waiting.extend(tree.nodes());
        } else if tree.nodes().any(binds_machines) {
            return true;
        }
    }
    false
}

fn binds_machines(binding: Tree<'_>) -> bool {
    let path = (binding.kind() == NODE_ATTRPATH_VALUE).then(|| binding.nodes().next()).flatten();
    let name = path.and_then(|path| path.nodes().next());
    name.is_some_and(|name| matches!(name.text(), "deployment" | "machines"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deployments_are_recognised() {
        for text in [
            "{ deployment = { }; machine = { }; }",
            "{ domain ? \"x\", ... }:\n{ # {\n  machines.web = { }; }",
            "let a = { b = 1; }; in rec { machines = { }; ",
            "{ a = ''{ ''${x} ''' ''\\} ''; /* { */ deployment.cpus = 1; }",
            "{ s = \"{\\\"\"; deployment = 1; }",
        ] {
            assert!(looks_like_deployment(text), "{text}");
        }
    }

    #[test]
    fn other_nix_files_are_left_alone() {
        for text in [
            "",
            "{ config, pkgs, lib, ... }: { services.nginx.enable = true; }",
            "{ options.deployment = 1; config.machines = 2; }",
            "{ network = { deployment = 1; }; }",
            "{ deployment, machines ? { } }: deployment == machines",
            "# { deployment = 1; }\n{ a = \"deployment = 1\"; }",
            "let deployment = 1; in deployment",
            "{ a = deployment == 1; }",
            "''",
            "\"\\",
            "{ x = ''a''\\",
            "/*",
        ] {
            assert!(!looks_like_deployment(text), "{text}");
        }
    }
}

//! Recipes of NixOS images: `images/<machine>.nix`.

use crate::nix::{Formal, Nix};

/// The file of a machine's recipe.
pub(crate) fn file(machine: &str) -> String {
    format!("images/{machine}.nix")
}

/// An expression that builds the image: a derivation whose output holds one `.qcow2` file.
///
/// What only morph knows of (`deployment`, `nodes`, `name`) exists here as well, so that a guest's module may
/// mention it.
pub(crate) fn recipe(machine: &str) -> Nix {
    let nixpkgs = Nix::variable("nixpkgs");
    let lib = Nix::variable("lib");
    let morph_options = Nix::Function(
        vec![crate::guest::formal("lib")],
        true,
        Box::new(Nix::nested(
            &["options", "deployment"],
            lib.clone().select(&["mkOption"]).apply(Nix::set([
                ("type", lib.select(&["types", "attrs"])),
                ("default", Nix::Set(Vec::new())),
            ])),
        )),
    );
    let evaluated = Nix::Variable("import".into())
        .apply(nixpkgs.plus(Nix::string("/nixos/lib/eval-config.nix")))
        .apply(Nix::set([
            (
                "modules",
                Nix::List(vec![Nix::Relative(format!("../{}", crate::guest::file(machine))), morph_options]),
            ),
            ("specialArgs", Nix::set([("name", Nix::string(machine)), ("nodes", Nix::Set(Vec::new()))])),
        ]));
    Nix::Function(
        vec![Formal {
            name: "nixpkgs".into(),
            default: Some(Nix::Relative("../nix/nixpkgs.nix".into()).imported()),
        }],
        true,
        Box::new(evaluated.select(&["config", "system", "build", "launchnixImage"])),
    )
    .commented(format!("Builds the boot disk of `{machine}`: nix-build {}", file(machine)))
}

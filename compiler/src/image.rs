//! Recipes of NixOS images: `images/<machine>.nix`.

use crate::guest::Guest;
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
    let image = evaluated(machine, guest_file(machine), Vec::new()).select(&[
        "config",
        "system",
        "build",
        "launchnixImage",
    ]);
    from_nixpkgs(Vec::new(), image)
        .commented(format!("Builds the boot disk of `{machine}`: nix-build {}", file(machine)))
}

/// A function that gives a guest as NixOS evaluates it, its `config` and `options`, with `extra` modules on top.
pub(crate) fn system(machine: &str) -> Nix {
    let extra = Formal { name: "extra".into(), default: Some(Nix::List(Vec::new())) };
    let more = Nix::set([("imports", Nix::variable("extra"))]);
    from_nixpkgs(vec![extra], evaluated(machine, guest_file(machine), vec![more]))
}

/// As [`system`], of a guest that has no file of its own.
pub(crate) fn system_of(guest: &Guest) -> Nix {
    let extra = Formal { name: "extra".into(), default: Some(Nix::List(Vec::new())) };
    let more = Nix::set([("imports", Nix::variable("extra"))]);
    let configuration = guest.configuration(|_, module| module);
    from_nixpkgs(vec![extra], evaluated(&guest.name, configuration, vec![more]))
}

/// As [`system`], with something around each of the user's modules: `mend` is called with where it is in the deployment
/// and with the module.
pub(crate) fn mended_system(guest: &Guest) -> Nix {
    let mend = Nix::variable("mend");
    let configuration = guest.configuration(|path, module| {
        mend.clone().apply(Nix::strings(path.iter().map(String::as_str))).apply(module)
    });
    let more = Nix::set([("imports", Nix::variable("extra"))]);
    let formals = vec![crate::guest::formal("extra"), crate::guest::formal("mend")];
    from_nixpkgs(formals, evaluated(&guest.name, configuration, vec![more]))
}

fn guest_file(machine: &str) -> Nix {
    Nix::Relative(format!("../{}", crate::guest::file(machine)))
}

fn from_nixpkgs(more: Vec<Formal>, body: Nix) -> Nix {
    let nixpkgs = Formal {
        name: "nixpkgs".into(),
        default: Some(Nix::Relative("../nix/nixpkgs.nix".into()).imported()),
    };
    Nix::Function(std::iter::once(nixpkgs).chain(more).collect(), true, Box::new(body))
}

fn evaluated(machine: &str, guest: Nix, more: Vec<Nix>) -> Nix {
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
    let own = vec![guest, morph_options];
    Nix::Variable("import".into()).apply(nixpkgs.plus(Nix::string("/nixos/lib/eval-config.nix"))).apply(
        Nix::set([
            ("modules", Nix::List(own.into_iter().chain(more).collect())),
            ("specialArgs", Nix::set([("name", Nix::string(machine)), ("nodes", Nix::Set(Vec::new()))])),
        ]),
    )
}

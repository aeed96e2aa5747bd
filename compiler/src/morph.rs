//! `morph/network.nix`: how morph deploys the NixOS guests.

use launchnix_schema::Deployment;

use crate::machine::MachineDraft;
use crate::nix::Nix;

/// The file of the network.
pub(crate) const FILE: &str = "morph/network.nix";

/// The network of all NixOS guests.
///
/// A guest's target is its own name, which the ssh configuration beside this file resolves: the network stays the
/// same when an address changes. `network.pkgs` is not set, since a guest could not set `nixpkgs.config` then.
pub(crate) fn network(deployment: &Deployment, machines: &[&MachineDraft<'_>]) -> Nix {
    let nixpkgs = Nix::variable("nixpkgs");
    let import = Nix::variable("import");
    let mut network = Vec::new();
    if let Some(description) = &deployment.description {
        network.push(("description".to_owned(), Nix::string(description.as_str())));
    }
    network.push(("lib".into(), import.clone().apply(nixpkgs.clone().plus(Nix::string("/lib")))));
    network.push(("evalConfig".into(), nixpkgs.clone().plus(Nix::string("/nixos/lib/eval-config.nix"))));
    network.push((
        "runCommand".into(),
        import.apply(nixpkgs).apply(Nix::Set(Vec::new())).select(&["runCommand"]),
    ));
    let mut fields = vec![("network".to_owned(), Nix::Set(network))];
    for draft in machines {
        let name = draft.name();
        let body = Nix::set([
            ("imports", Nix::List(vec![Nix::Relative(format!("../{}", crate::guest::file(name)))])),
            ("deployment", Nix::set([("targetHost", Nix::string(name))])),
        ]);
        fields.push((name.to_owned(), Nix::Function(Vec::new(), true, Box::new(body))));
    }
    Nix::Let(
        vec![("nixpkgs".into(), Nix::Relative("../nix/nixpkgs.nix".into()).imported())],
        Box::new(Nix::Set(fields)),
    )
    .commented(
        "The NixOS guests, as morph deploys them: SSH_CONFIG_FILE=ssh_config morph deploy network.nix switch",
    )
}

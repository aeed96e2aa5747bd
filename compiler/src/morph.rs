//! `morph/network.nix`: how morph deploys the NixOS guests.

use std::path::Path;

use launchnix_schema::options::{Checks, CommandCheck, HttpCheck, Secret};
use launchnix_schema::values::Seconds;
use launchnix_schema::{Deployment, Spanned};

use crate::check::Checked;
use crate::machine::MachineDraft;
use crate::nix::Nix;

/// The file of the network.
pub(crate) const FILE: &str = "morph/network.nix";

/// The network of all NixOS guests.
///
/// A guest's target is its own name, which the ssh configuration beside this file resolves: the network stays the
/// same when an address changes. `network.pkgs` is not set, since a guest could not set `nixpkgs.config` then.
pub(crate) fn network(deployment: &Deployment, machines: &[&MachineDraft<'_>], checked: &Checked) -> Nix {
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
            ("deployment", Nix::Set(deployment_of(draft, checked))),
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

/// What morph is told of one machine; what is as morph has it by itself is not said.
fn deployment_of(draft: &MachineDraft<'_>, checked: &Checked) -> Vec<(String, Nix)> {
    let options = &draft.machine.options;
    let mut fields = vec![("targetHost".to_owned(), Nix::string(draft.name()))];
    if !options.tags.is_empty() {
        fields.push(("tags".into(), Nix::strings(options.tags.iter().map(|tag| tag.value.to_string()))));
    }
    if options.substitute_on_destination.value {
        fields.push(("substituteOnDestination".into(), Nix::Bool(true)));
    }
    let secrets: Vec<_> = options
        .secrets
        .iter()
        .map(|(name, secret)| (name.to_string(), self::secret(secret, checked)))
        .collect();
    if !secrets.is_empty() {
        fields.push(("secrets".into(), Nix::Set(secrets)));
    }
    for (name, checks) in
        [("preDeployChecks", &options.pre_deploy_checks), ("healthChecks", &options.health_checks)]
    {
        if let Some(checks) = checks {
            fields.push((name.into(), self::checks(checks, draft)));
        }
    }
    fields
}

fn secret(secret: &Secret, checked: &Checked) -> Nix {
    let source = checked.base.portable(&secret.source.value, secret.source.span, &checked.sources);
    let source = if source.starts_with('/') {
        Nix::string(source)
    } else if let Some(below) = source.strip_prefix('~') {
        // morph does not know `~`; the path shall be the same on every machine.
        Nix::variable("builtins").select(&["getEnv"]).apply(Nix::string("HOME")).plus(Nix::string(below))
    } else {
        let directory = Path::new(&checked.from_build).parent().unwrap_or(Path::new("."));
        let path = Path::new("..").join(directory).join(source);
        // morph takes a relative name from where it runs; a path of Nix is absolute.
        Nix::variable("toString").apply(Nix::Relative(path.display().to_string()))
    };
    let mut fields = vec![
        ("source", source),
        ("destination", Nix::string(secret.destination.value.as_str())),
        ("permissions", Nix::string(secret.permissions.value.as_str())),
        ("mkDirs", Nix::Bool(secret.mk_dirs.value)),
    ];
    if let Some(owner) = &secret.owner {
        fields.push((
            "owner",
            Nix::set([
                ("user", Nix::string(owner.user.value.as_str())),
                ("group", Nix::string(owner.group.value.as_str())),
            ]),
        ));
    }
    if !secret.action.is_empty() {
        fields.push(("action", words(&secret.action)));
    }
    if let Some(at) = &secret.upload_at {
        fields.push(("uploadAt", Nix::string(at.value.as_str())));
    }
    Nix::set(fields)
}

fn words(words: &[Spanned<String>]) -> Nix {
    Nix::strings(words.iter().map(|word| word.value.as_str()))
}

fn checks(checks: &Checks, draft: &MachineDraft<'_>) -> Nix {
    let commands = checks.cmd.iter().map(|check| command(check)).collect();
    let requests = checks.http.iter().map(|check| request(check, draft)).collect();
    Nix::set([("cmd", Nix::List(commands)), ("http", Nix::List(requests))])
}

/// How often a check is tried, and for how long.
fn times(period: Option<&Spanned<Seconds>>, timeout: Option<&Spanned<Seconds>>) -> Vec<(&'static str, Nix)> {
    let times = [("period", period), ("timeout", timeout)];
    times.into_iter().filter_map(|(name, time)| Some((name, Nix::Int(time?.value.0.into())))).collect()
}

fn command(check: &CommandCheck) -> Nix {
    let spoken = || check.cmd.iter().map(|word| word.value.as_str()).collect::<Vec<_>>().join(" ");
    let description = check.description.as_ref().map_or_else(spoken, |description| description.value.clone());
    let mut fields = vec![("description", Nix::string(description)), ("cmd", words(&check.cmd))];
    fields.extend(times(check.period.as_ref(), check.timeout.as_ref()));
    Nix::set(fields)
}

fn request(check: &HttpCheck, draft: &MachineDraft<'_>) -> Nix {
    // morph looks the host up by itself, where the machine's name means nothing outside of `ssh_config`.
    let first = draft.addresses.iter().flat_map(|addresses| &addresses.ips).next();
    let known = first.map_or_else(|| draft.name().to_owned(), |(ip, _)| ip.to_string());
    let host = check.host.as_ref().map_or(known, |host| host.value.to_string());
    let (scheme, path, port) = (check.scheme.value.as_str(), check.path.value.as_str(), check.port.value.0);
    let spoken = || format!("{scheme}://{host}:{port}{path}");
    let description = check.description.as_ref().map_or_else(spoken, |description| description.value.clone());
    let headers =
        check.headers.iter().map(|(name, value)| (name.to_string(), Nix::string(value.value.as_str())));
    let mut fields = vec![
        ("description", Nix::string(description)),
        ("host", Nix::string(host.as_str())),
        ("scheme", Nix::string(scheme)),
        ("port", Nix::Int(port.into())),
        ("path", Nix::string(path)),
    ];
    if !check.headers.is_empty() {
        fields.push(("headers", Nix::Set(headers.collect())));
    }
    if check.insecure_ssl.value {
        fields.push(("insecureSSL", Nix::Bool(true)));
    }
    fields.extend(times(check.period.as_ref(), check.timeout.as_ref()));
    Nix::set(fields)
}

//! Options of one machine that are set and do nothing.

use launchnix_diagnostics::Span;

use super::no_effect;
use crate::decode::{Decoder, Draft};
use crate::options::MachineOptions;

pub(super) fn check(draft: &Draft, decoder: &mut Decoder<'_>) {
    let options = &draft.machine.options;
    if !draft.machine.nixos.value && !draft.guest_unknown {
        only_for_nixos(options, decoder);
    }
    if let Some(serial) = &options.serial
        && serial.port.is_none()
        && !serial.flaws.is_unknown("port")
        && let Some(listen) = &serial.listen
    {
        let label = "without `port` the console listens nowhere: `virsh console` shows it";
        no_effect("serial.listen", listen.span, label, "set `port` as well, or remove it", decoder);
    }
}

/// What morph or NixOS does with a guest, neither of which has to do with this one.
fn only_for_nixos(options: &MachineOptions, decoder: &mut Decoder<'_>) {
    if let Some(key) = &options.ssh_pub_key_path
        && options.cloud_init.is_none()
    {
        let label = "only a NixOS guest is given a public key";
        no_effect("sshPubKeyPath", key.span, label, "put the key into the guest by its own means", decoder);
    }
    let substitute = options.substitute_on_destination;
    let for_morph: [(&str, Option<Span>); 4] = [
        ("secrets", options.secrets.values().next().map(|secret| secret.span)),
        ("healthChecks", options.health_checks.as_ref().map(|checks| checks.span)),
        ("preDeployChecks", options.pre_deploy_checks.as_ref().map(|checks| checks.span)),
        ("substituteOnDestination", substitute.value.then_some(substitute.span)),
    ];
    for (option, span) in for_morph {
        let label = "morph deploys NixOS guests only, and this is none";
        let help = "remove it, or do this by the guest's own means";
        if let Some(span) = span {
            no_effect(option, span, label, help, decoder);
        }
    }
    for (tag, folder) in &options.shared_folders {
        if let Some(mount_point) = &folder.mount_point {
            let option = format!("sharedFolders.{}.mountPoint", tag.as_str());
            let label = "only a NixOS guest is told where to mount the folder";
            let help =
                format!("mount it in the guest: `mount -t virtiofs {} {}`", tag.as_str(), mount_point.value);
            no_effect(&option, mount_point.span, label, &help, decoder);
        }
    }
}

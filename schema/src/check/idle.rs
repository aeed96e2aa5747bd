//! Options of one machine that are set and do nothing.

use launchnix_diagnostics::{Code, Diagnostic, Span};

use super::no_effect;
use crate::decode::{Decoder, Draft};
use crate::options::{
    Disk, GraphicsType, MachineOptions, RngSource, TpmVersion, WatchdogAction, WatchdogModel,
};
use crate::values::{Content, GuestPath, ListenAddress};
use crate::{Machine, Spanned};

pub(super) fn check(draft: &Draft, decoder: &mut Decoder<'_>) {
    let options = &draft.machine.options;
    // Where `machine` is not used either, that says it all.
    let is_told = draft.machine.guest.own.is_some() && options.nixos.is_none();
    if !draft.machine.nixos.value && !draft.guest_unknown && !is_told {
        only_for_nixos(options, decoder);
    }
    if draft.machine.nixos.value && decoder.given.is_some() {
        note_effects(draft, decoder);
    }
    if draft.machine.nixos.value && !draft.guest_unknown {
        seed_of_nixos(options, decoder);
    }
    switched_off(options, decoder);
    user_data(options, decoder);
    if !draft.machine.nixos.value && !draft.guest_unknown {
        key_of_seed(options, decoder);
    }
    if let Some(serial) = &options.serial
        && serial.enable.value
        && serial.port.is_none()
        && !serial.flaws.is_unknown("port")
        && let Some(listen) = &serial.listen
    {
        let label = "without `port` the console listens nowhere: `virsh console` shows it";
        no_effect("serial.listen", listen.span, label, "set `port` as well, or remove it", decoder);
    }
}

/// A module of all NixOS guests in a fleet that has none. Nothing is known where some of its machines could not be
/// decoded: it has `count`.
pub(crate) fn module_of_nobody(drafts: &[Draft], count: usize, decoder: &mut Decoder<'_>) {
    let Some(first) = drafts.first().filter(|_| drafts.len() == count) else { return };
    let may_run = |draft: &Draft| {
        let Machine { options, nixos, .. } = &draft.machine;
        nixos.value || draft.guest_unknown || options.flaws.is_unknown("nixos")
    };
    let Some(module) = &first.machine.guest.defaults else { return };
    if drafts.iter().any(may_run) {
        return;
    }
    decoder.push(
        Diagnostic::new(Code::NoEffect, module.span, "`defaults.machine` has no effect here")
            .labelled("no machine runs NixOS")
            .with_label(first.machine.nixos.span, "as here")
            .with_help("remove it, or set `nixos = true;` for the machines that do"),
    );
}

/// What devices are told that are not there.
fn switched_off(options: &MachineOptions, decoder: &mut Decoder<'_>) {
    let mut report = |option: &str, span: Option<Span>, label: &str, help: &str| {
        if let Some(span) = span {
            no_effect(option, span, label, help, decoder);
        }
    };
    if let Some(graphics) = &options.graphics
        && graphics.r#type.value == GraphicsType::None
        && !graphics.flaws.is_unknown("type")
    {
        let (label, help) = ("the machine has no screen", "remove it, or choose another `type`");
        report("graphics.port", graphics.port.map(|port| port.span), label, help);
        let listen = set(&graphics.listen, &ListenAddress::loopback(), graphics.span);
        report("graphics.listen", listen, label, help);
    }
    let without = |what: &str| (format!("the machine has no {what}"), "remove it, or set `enable = true;`");
    if let Some(tpm) = &options.tpm
        && !tpm.enable.value
        && !tpm.flaws.is_unknown("enable")
    {
        let (label, help) = without("TPM");
        report("tpm.version", set(&tpm.version, &TpmVersion::Two, tpm.span), &label, help);
        report("tpm.model", tpm.model.map(|model| model.span), &label, help);
    }
    if let Some(watchdog) = &options.watchdog
        && !watchdog.enable.value
        && !watchdog.flaws.is_unknown("enable")
    {
        let (label, help) = without("watchdog");
        let action = set(&watchdog.action, &WatchdogAction::Reset, watchdog.span);
        report("watchdog.action", action, &label, help);
        let model = set(&watchdog.model, &WatchdogModel::I6300esb, watchdog.span);
        report("watchdog.model", model, &label, help);
    }
    if let Some(rng) = &options.rng
        && !rng.enable.value
        && !rng.flaws.is_unknown("enable")
    {
        let (label, help) = without("source of random numbers");
        report("rng.source", set(&rng.source, &RngSource::Urandom, rng.span), &label, help);
        report("rng.rate", rng.rate.map(|rate| rate.span), &label, help);
    }
    if let Some(serial) = options.serial.as_deref()
        && !serial.enable.value
        && !serial.flaws.is_unknown("enable")
    {
        let (label, help) = ("the machine has no console", "remove it, or set `enable = true;`");
        report("serial.port", serial.port.map(|port| port.span), label, help);
        report("serial.listen", serial.listen.map(|listen| listen.span), label, help);
        report("serial.logFile", serial.log_file.as_ref().map(|file| file.span), label, help);
    }
}

/// Where an option of a device is set. One that has its default's value may not be, unless it stands in the device's set,
/// which begins with its bracket, or with the device's own name.
fn set<T: PartialEq>(option: &Spanned<T>, default: &T, device: Span) -> Option<Span> {
    let is_inside = device.contains(option.span) && device.start < option.span.start;
    let is_set = option.value != *default || is_inside;
    is_set.then_some(option.span)
}

/// A guest that is built from `machine` has no cloud-init, unless that says so, which the compiler looks for.
fn seed_of_nixos(options: &MachineOptions, decoder: &mut Decoder<'_>) {
    let starts_as = |disk: &Disk| disk.from_image.is_some() || disk.from_backup.is_some();
    let has_image = options.initial_disks.get("boot").is_some_and(|boot| starts_as(&boot.value));
    if let Some(seed) = options.cloud_init.as_ref().filter(|_| !has_image) {
        let label = "a NixOS guest is configured by `machine`, and does not look at it";
        let help = "remove it, or set `initialDisks.boot.fromImage` to an image with cloud-init";
        no_effect("cloudInit", seed.span, label, help, decoder);
    }
}

/// How what cloud-init can use begins, in lower case: it ignores the rest.
const USER_DATA: &[&str] = &[
    "#cloud-config",
    "#!",
    "#include",
    "#cloud-boothook",
    "#part-handler",
    "#upstart-job",
    "## template: jinja",
    "content-type:",
    "mime-version:",
];

/// cloud-init tells by the first line what user data is.
fn user_data(options: &MachineOptions, decoder: &mut Decoder<'_>) {
    let Some(data) = options.cloud_init.as_ref().and_then(|cloud_init| cloud_init.user_data.as_ref()) else {
        return;
    };
    let (Content::Text(text) | Content::File { text, .. }) = &data.value;
    let begins = |start: &str| {
        text.trim_start().get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start))
    };
    if !USER_DATA.iter().any(|start| begins(start)) {
        let label = "cloud-init ignores what begins with no line that says what it is";
        let help =
            "begin with the line `#cloud-config` where it is YAML, with `#!/bin/sh` where it is a script";
        no_effect("cloudInit.userData", data.span, label, help, decoder);
    }
}

/// cloud-init gives the key to the guest by what Launchnix writes for it, unless all of that is the user's own.
fn key_of_seed(options: &MachineOptions, decoder: &mut Decoder<'_>) {
    let Some(seed) = &options.cloud_init else { return };
    if let (Some(key), Some(user_data), Some(_)) =
        (&options.ssh_pub_key_path, &seed.user_data, &seed.meta_data)
        && !decoder.inherited.contains(&key.span)
    {
        let label = "the key is in neither: `userData` and `metaData` are used as they are written";
        let message = "`sshPubKeyPath` has no effect here";
        decoder.push(
            Diagnostic::new(Code::NoEffect, key.span, message)
                .labelled(label)
                .with_label(user_data.span, "this takes the place of what would name the key")
                .with_help("leave out `metaData`, or name the key in `userData`: `ssh_authorized_keys:`"),
        );
    }
}

/// What morph or NixOS does with a guest, neither of which has to do with this one.
fn only_for_nixos(options: &MachineOptions, decoder: &mut Decoder<'_>) {
    if let Some(key) = key_for_nixos(options) {
        let label = "only a NixOS guest is given a public key";
        no_effect("sshPubKeyPath", key, label, "put the key into the guest by its own means", decoder);
    }
    for (option, span) in for_morph(options) {
        let label = "morph deploys NixOS guests only, and this is none";
        let help = "remove it, or do this by the guest's own means";
        no_effect(option, span, label, help, decoder);
    }
    for (tag, mount_point) in mount_points(options) {
        let option = format!("sharedFolders.{tag}.mountPoint");
        let label = "only a NixOS guest is told where to mount the folder";
        let help = format!("mount it in the guest: `mount -t virtiofs {tag} {}`", mount_point.value);
        no_effect(&option, mount_point.span, label, &help, decoder);
    }
}

/// Takes note of the same of a NixOS guest: what a function or a set gives to this machine and others is not idle.
fn note_effects(draft: &Draft, decoder: &mut Decoder<'_>) {
    let Machine { options, guest, span, .. } = &draft.machine;
    let of_options = key_for_nixos(options).into_iter().chain(for_morph(options).map(|(_, span)| span));
    let of_folders = mount_points(options).map(|(_, mount_point)| mount_point.span);
    let module = guest.own.as_ref().map(|module| module.span);
    for place in of_options.chain(of_folders).chain(module) {
        let place = decoder.settings.place(*span, place);
        decoder.settings.note_effect(decoder.set_at(place));
    }
}

/// A public key that nothing but NixOS gives to the guest.
fn key_for_nixos(options: &MachineOptions) -> Option<Span> {
    options.ssh_pub_key_path.as_ref().filter(|_| options.cloud_init.is_none()).map(|key| key.span)
}

/// What morph does.
fn for_morph(options: &MachineOptions) -> impl Iterator<Item = (&'static str, Span)> {
    let substitute = options.substitute_on_destination;
    let all: [(&str, Option<Span>); 4] = [
        ("secrets", options.secrets.values().next().map(|secret| secret.span)),
        ("healthChecks", options.health_checks.as_ref().map(|checks| checks.span)),
        ("preDeployChecks", options.pre_deploy_checks.as_ref().map(|checks| checks.span)),
        ("substituteOnDestination", substitute.value.then_some(substitute.span)),
    ];
    all.into_iter().filter_map(|(option, span)| Some((option, span?)))
}

/// Where folders are to be mounted, by their tags.
fn mount_points(options: &MachineOptions) -> impl Iterator<Item = (&str, &Spanned<GuestPath>)> {
    let folders = options.shared_folders.iter();
    folders.filter_map(|(tag, folder)| Some((tag.as_str(), folder.mount_point.as_ref()?)))
}

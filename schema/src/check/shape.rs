//! The shape of one machine: options of `cpus` that have to agree.

use launchnix_diagnostics::{Code, Diagnostic};

use super::{conflict, disagree};
use crate::Spanned;
use crate::decode::{Decoder, Draft};
use crate::options::{CpuMode, Firmware, HugePages, MachineOptions, TpmModel, TpmVersion, Virtualisation};
use crate::values::{CpuCount, Pinning};

/// Checks what the options of `cpus` say together.
pub(super) fn check(draft: &Draft, decoder: &mut Decoder<'_>) {
    let options = &draft.machine.options;
    pages(draft, decoder);
    tpm(options, decoder);
    secure_boot(options, decoder);
    if options.flaws.is_unknown("cpus") {
        return;
    }
    let cpus = &options.cpus.value;
    if let (Some(mode), Some(model)) = (&cpus.mode, &cpus.model)
        && mode.value != CpuMode::Custom
    {
        let why = "a model is named for the mode \"custom\"; the other modes take what the host has";
        conflict(("cpus.mode", mode.span), ("cpus.model", model.span), why, decoder);
    }
    if let Some(mode) = &cpus.mode
        && mode.value == CpuMode::Custom
        && cpus.model.is_none()
        && !cpus.flaws.is_unknown("model")
        // XML may name one.
        && options.extra_config.as_ref().is_none_or(|xml| !xml.value.value.contains("<cpu"))
    {
        let message = format!("option `model` is missing in `cpus` of {}", draft.title());
        let diagnostic = Diagnostic::new(Code::MissingOption, mode.span, message)
            .labelled("this mode is for the processor that `model` names")
            .with_help("add, for example, `model = \"Skylake-Server\";`, or leave out `mode`");
        let diagnostic = decoder.with_null(diagnostic, options.cpus.span, &["model"]);
        decoder.push_about("missing model".into(), diagnostic);
    }
    if let Some(mode) = &cpus.mode
        && mode.value == CpuMode::HostPassthrough
        && options.virtualisation.value == Virtualisation::Qemu
        && !options.flaws.is_unknown("virtualisation")
    {
        disagree(
            ("the hypervisor's own processor", mode.span),
            ("the processor is emulated", options.virtualisation.span),
            "an emulated processor cannot be \"host-passthrough\"",
            "use `mode = \"maximum\";` for all that QEMU emulates, or leave out `virtualisation = \"qemu\"`",
            decoder,
        );
    }
    if ["count", "sockets", "cores", "threads"].iter().any(|option| cpus.flaws.is_mistaken(option)) {
        return;
    }
    let count = cpus.count.value.0;
    topology(draft, decoder);
    let Some(pin) = cpus.pin.as_ref() else { return };
    if decoder.inherited.contains(&pin.span) && !decoder.inherited.contains(&cpus.count.span) {
        inherited_pins(draft, pin, decoder);
        return;
    }
    for (cpu, set) in pin.value.0.range(count..) {
        decoder.push(
            Diagnostic::new(
                Code::DanglingReference,
                set.span,
                format!("there is no virtual CPU {cpu}: the machine has {count}"),
            )
            .labelled("pinned here")
            .with_label(cpus.count.span, "the number of CPUs")
            .with_help("they are numbered from 0"),
        );
    }
}

/// The defaults pin CPUs that a machine with a count of its own does not have.
fn inherited_pins(draft: &Draft, pin: &Spanned<Pinning>, decoder: &mut Decoder<'_>) {
    let count = draft.machine.options.cpus.count;
    let Some((cpu, set)) = pin.value.0.range(count.value.0..).next() else { return };
    let message = format!("`defaults` pin virtual CPU {cpu}, and {} has {}", draft.title(), count.value.0);
    decoder.push(
        Diagnostic::new(Code::DanglingReference, count.span, message)
            .labelled("the number of CPUs")
            .with_label(set.span, "pinned here")
            .with_help(format!(
                "give the machine a `pin` of its own; `cpus = {{ count = {}; pin = null; }};` takes none from `defaults`",
                count.value.0
            )),
    );
}

/// The interfaces that a TPM can have depend on its version.
fn tpm(options: &MachineOptions, decoder: &mut Decoder<'_>) {
    let Some(tpm) = options.tpm.as_deref() else { return };
    if let Some(model) = &tpm.model
        && model.value == TpmModel::Crb
        && tpm.version.value == TpmVersion::One
        && tpm.enable.value
        && !["version", "enable"].iter().any(|option| tpm.flaws.is_unknown(option))
    {
        disagree(
            ("an interface of version 2.0", model.span),
            ("the version", tpm.version.span),
            "a TPM of version 1.2 cannot have the model \"crb\"",
            "leave out `model`, or take version \"2.0\"",
            decoder,
        );
    }
}

/// Secure boot keeps its keys where only system management mode can write.
fn secure_boot(options: &MachineOptions, decoder: &mut Decoder<'_>) {
    let machine_type = &options.machine_type;
    if options.firmware.value == Firmware::UefiSecure
        && !machine_type.value.is_q35()
        && !["firmware", "machineType"].iter().any(|option| options.flaws.is_unknown(option))
    {
        disagree(
            ("secure boot needs system management mode", options.firmware.span),
            ("this machine has none", machine_type.span),
            "the firmware \"uefi-secure\" needs the machine `q35`",
            "leave out `machineType`, or take the firmware \"uefi\"",
            decoder,
        );
    }
}

/// Memory is made of whole pages.
fn pages(draft: &Draft, decoder: &mut Decoder<'_>) {
    let options = &draft.machine.options;
    let Some(pages) = &options.hugepages else { return };
    let HugePages::Size(size) = pages.value else { return };
    let (ram, size) = (&options.ram, size.get());
    if options.flaws.is_unknown("ram") || size == 0 || ram.value.get() % size == 0 {
        return;
    }
    let whole = ram.value.get().div_ceil(size) * size;
    let message = format!("`ram` is not a multiple of `hugepages`, {size} MiB");
    let (memory, page) = ("no whole number of pages", "the size of a page");
    // What all machines have is right for those that say nothing of pages.
    let is_for_all = decoder.inherited.contains(&ram.span) && !decoder.inherited.contains(&pages.span);
    let diagnostic = if is_for_all {
        Diagnostic::new(Code::Conflict, pages.span, message)
            .labelled(page)
            .with_label(ram.span, memory)
            .with_help(format!("choose smaller pages, or set `ram = {whole};` for this machine"))
    } else {
        Diagnostic::new(Code::Conflict, ram.span, message)
            .labelled(memory)
            .with_label(pages.span, page)
            .with_help(format!("write `{whole}`, or choose smaller pages"))
    };
    decoder.push(diagnostic);
}

/// Sockets, cores and threads multiplied are the count.
fn topology(draft: &Draft, decoder: &mut Decoder<'_>) {
    let cpus = &draft.machine.options.cpus.value;
    let count = cpus.count.value.0;
    let Some(topology) = cpus.topology().filter(|topology| topology.count() != u64::from(count)) else {
        return;
    };
    let parts = [("sockets", &cpus.sockets), ("cores", &cpus.cores), ("threads", &cpus.threads)];
    let written: Vec<_> = parts.iter().filter_map(|(name, part)| Some((*name, part.as_ref()?))).collect();
    let message = if cpus.sockets.is_some() && cpus.cores.is_some() {
        let names: Vec<_> = written.iter().map(|(name, _)| format!("`{name}`")).collect();
        format!("{} is {}, not the count of {count}", names.join(" × "), topology.count())
    } else {
        format!("{count} CPUs cannot be divided like this")
    };
    let mut diagnostic =
        Diagnostic::new(Code::Conflict, cpus.count.span, message).labelled("the number of CPUs").with_help(
            "sockets, cores and threads multiplied have to be the count: change one, or leave one out",
        );
    // A count alone changes nothing else of what the defaults say.
    let is_of_defaults = |part: &Spanned<CpuCount>| decoder.inherited.contains(&part.span);
    if !is_of_defaults(&cpus.count) && written.iter().any(|(_, part)| is_of_defaults(part)) {
        let none: Vec<_> = written.iter().map(|(name, _)| format!("{name} = null;")).collect();
        diagnostic.notes.push("what a machine does not say of its CPUs is taken from `defaults`".to_owned());
        diagnostic.help = Some(format!(
            "say the rest as well; `cpus = {{ count = {count}; {} }};` takes nothing of it from `defaults`",
            none.join(" ")
        ));
    }
    let mut labels: Vec<_> = written.iter().map(|(name, part)| (part.span, *name)).collect();
    // A count that all machines have is not wrong for what one of them says of it.
    if is_of_defaults(&cpus.count)
        && let Some((last, own)) = written.iter().rev().find(|(_, part)| !is_of_defaults(part))
    {
        labels.retain(|(span, _)| *span != own.span);
        labels.push((cpus.count.span, "the number of CPUs, from `defaults`"));
        diagnostic.primary = Some(own.span);
        diagnostic = diagnostic.labelled(*last).with_help(format!(
            "say how many that makes: `count = {};`, or change sockets, cores and threads",
            topology.count()
        ));
    }
    for (span, label) in labels {
        diagnostic = diagnostic.with_label(span, label);
    }
    decoder.push(diagnostic);
}

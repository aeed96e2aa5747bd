//! Sizes that are too small for what they are the size of: most likely they are meant in another unit.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix};

use crate::Spanned;
use crate::decode::{Decoder, Draft};
use crate::values::Mebibytes;

/// MiB of memory, or of a boot disk, that no system of today does with.
const FOR_ANY: u64 = 64;

/// MiB of memory that a NixOS guest does not start with.
const RAM_FOR_NIXOS: u64 = 128;

/// MiB of a disk that NixOS does not fit on.
const DISK_FOR_NIXOS: u64 = 512;

pub(super) fn check(draft: &Draft, decoder: &mut Decoder<'_>) {
    let options = &draft.machine.options;
    let is_nixos = draft.machine.nixos.value && !draft.guest_unknown;
    if !options.flaws.is_unknown("ram") {
        small("ram", options.ram, is_nixos.then_some(RAM_FOR_NIXOS), decoder);
    }
    let boot = options.initial_disks.get("boot").map(|boot| &boot.value);
    // What an image needs is its own business.
    let has_image = boot.is_some_and(|boot| boot.from_image.is_some() || boot.from_backup.is_some());
    let for_nixos = (is_nixos && !has_image).then_some(DISK_FOR_NIXOS);
    if let Some(size) = options.disk_size {
        small("diskSize", size, for_nixos, decoder);
    } else if let Some(size) = boot.and_then(|boot| boot.size) {
        small("initialDisks.boot.size", size, for_nixos, decoder);
    }
}

/// Reports a size that is less than any system needs, or than NixOS does where it runs that.
fn small(option: &str, size: Spanned<Mebibytes>, for_nixos: Option<u64>, decoder: &mut Decoder<'_>) {
    let mebibytes = size.value.get();
    let is_too_small = mebibytes < for_nixos.unwrap_or(FOR_ANY);
    // Where the value is out of its range, that was said, and one of anything is there to be replaced.
    if mebibytes <= 1 || !is_too_small {
        return;
    }
    let name = option.rsplit('.').next().unwrap_or(option);
    let system = if mebibytes < FOR_ANY { "any system of today" } else { "NixOS" };
    let message = format!("`{option}` is {mebibytes} MiB, too little for {system}");
    let diagnostic =
        Diagnostic::new(Code::SmallSize, size.span, message).labelled(format!("{mebibytes} MiB"));
    if mebibytes >= FOR_ANY {
        let least = if option == "ram" { 512 } else { 10240 };
        let help = format!("`{name}` is in MiB: write `{least}` or more");
        decoder.push(diagnostic.with_help(help));
        return;
    }
    let replacement = (mebibytes * 1024).to_string();
    let diagnostic =
        diagnostic.with_help(format!("`{name}` is in MiB: write `{replacement}` for {mebibytes} GiB"));
    // What is written in another way has no digits to replace.
    let is_literal = size.span.len() as usize == mebibytes.to_string().len();
    decoder.push(if is_literal {
        diagnostic.with_fix(Fix { span: size.span, replacement, applicability: Applicability::Unsafe })
    } else {
        diagnostic
    });
}

//! ssh keys.

use data_encoding::BASE64;
use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix};

use crate::Spanned;
use crate::decode::{Decoder, Draft, is_no_directory, must_exist, string_literal};
use crate::values::{UserFile, WrittenAs};

/// Key types of OpenSSH.
const TYPES: &[&str] = &[
    "ssh-ed25519",
    "ssh-rsa",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
];

pub(super) fn check(draft: &mut Draft, decoder: &mut Decoder<'_>) {
    let options = &draft.machine.options;
    if let Some(private) = &options.ssh_priv_key_path {
        private_key(private, options.ssh_pub_key_path.as_ref(), decoder);
    }
    match options.ssh_pub_key_path.clone() {
        Some(public)
            if must_exist("sshPubKeyPath", &public, public.span, decoder)
                && is_no_directory("sshPubKeyPath", &public, public.span, decoder) =>
        {
            draft.machine.public_keys = public_key(&public, decoder);
        }
        None if options.flaws.is_unknown("sshPubKeyPath")
            || draft.guest_unknown
            || decoder.defaults_unknown => {}
        None if draft.machine.nixos.value => {
            let (owner, span) = (draft.title(), draft.machine.span);
            let diagnostic = Diagnostic::new(Code::NoSshKey, span, format!("{owner} has no ssh key"))
                .labelled("nobody can log in to this NixOS guest, and morph cannot deploy it")
                .with_help(
                    "set `sshPubKeyPath = \"~/.ssh/id_ed25519.pub\";`, or give an account \
                     `openssh.authorizedKeys.keys` in `machine`",
                );
            // A function makes many machines at one place.
            decoder.push_about("has no ssh key".to_owned(), diagnostic);
        }
        _ => {}
    }
}

/// The private key is never read; a name can still tell that it is the public one.
fn private_key(
    private: &Spanned<Box<UserFile>>,
    public: Option<&Spanned<Box<UserFile>>>,
    decoder: &mut Decoder<'_>,
) {
    let same = public.filter(|public| public.absolute.is_some() && public.absolute == private.absolute);
    let stem = private.written.strip_suffix(".pub");
    if stem.is_none() && same.is_none() {
        return;
    }
    let mut diagnostic =
        Diagnostic::new(Code::BadKeyFile, private.span, "`sshPrivKeyPath` names a public key")
            .labelled("a private key is needed here");
    if let Some(public) = same
        && stem.is_none()
    {
        diagnostic.message = "`sshPrivKeyPath` and `sshPubKeyPath` name one file".into();
        diagnostic = diagnostic.with_label(public.span, "the same file");
    }
    if let Some(stem) = stem {
        diagnostic = diagnostic.with_help(format!("its private key is usually `{stem}`"));
    }
    decoder.push(diagnostic);
}

/// The lines of a file of public keys.
fn public_key(file: &Spanned<Box<UserFile>>, decoder: &mut Decoder<'_>) -> Vec<String> {
    let Some(path) = &file.absolute else { return Vec::new() };
    let content = match decoder.context.sources.read(path) {
        Ok(content) => content,
        Err(error) => {
            let message = format!("the file of `sshPubKeyPath` cannot be read: {}", error.kind());
            decoder
                .push(Diagnostic::new(Code::UnreadableFile, file.span, message).labelled("cannot be read"));
            return Vec::new();
        }
    };
    let content = String::from_utf8_lossy(&content).into_owned();
    if content.starts_with("PuTTY-User-Key-File-") {
        decoder.push(
            Diagnostic::new(Code::BadKeyFile, file.span, "`sshPubKeyPath` names a private key of PuTTY")
                .labelled("this key would be copied into the guest for everyone to read")
                .with_help(
                    "PuTTYgen shows the public key \"for pasting into OpenSSH authorized_keys\": save that line \
                     in a file of its own",
                ),
        );
        return Vec::new();
    }
    if content.contains("PRIVATE KEY") {
        let mut diagnostic =
            Diagnostic::new(Code::BadKeyFile, file.span, "`sshPubKeyPath` names a private key")
                .labelled("this key would be copied into the guest for everyone to read")
                .with_help(if path.extension().is_some_and(|extension| extension == "pub") {
                    format!("`ssh-keygen -y -f {}` prints the public key of it", file.written)
                } else {
                    format!("the public key is usually `{}.pub`", file.written)
                });
        let mut beside = path.as_os_str().to_owned();
        beside.push(".pub");
        if decoder.context.sources.exists(beside.as_ref()) && file.form == WrittenAs::String {
            diagnostic = diagnostic.with_fix(Fix {
                span: file.span,
                replacement: string_literal(&format!("{}.pub", file.written)),
                applicability: Applicability::Unsafe,
            });
        }
        decoder.push(diagnostic);
        return Vec::new();
    }
    let lines = || content.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    if let Some(wrong) = lines().find(|line| !is_public_key(line)) {
        let is_binary = content.contains(['\0', char::REPLACEMENT_CHARACTER]);
        let start: String = wrong.chars().filter(|letter| !letter.is_control()).take(30).collect();
        let note = if is_binary {
            "it holds no text".to_owned()
        } else {
            format!("a line of it starts with `{start}`")
        };
        // A line of `known_hosts` has a key as well, of a host.
        let host = key_after(wrong).filter(|_| !is_binary);
        let label = match host {
            Some(_) => "a file of known hosts",
            None => "not a file of OpenSSH public keys",
        };
        decoder.push(
            Diagnostic::new(
                Code::BadKeyFile,
                file.span,
                "`sshPubKeyPath` names a file that is no public key",
            )
            .labelled(label)
            .with_note(note)
            .with_help("name a file with a line such as `ssh-ed25519 AAAAC3… you@host`"),
        );
        return Vec::new();
    }
    let keys: Vec<_> = lines().map(str::to_owned).collect();
    if keys.is_empty() {
        decoder.push(
            Diagnostic::new(Code::BadKeyFile, file.span, "`sshPubKeyPath` names a file without a key")
                .labelled("the file is empty")
                .with_help("name a file with a line such as `ssh-ed25519 AAAAC3… you@host`"),
        );
    }
    keys
}

/// Whether a line of `authorized_keys` holds a key, with nothing but options before it.
fn is_public_key(line: &str) -> bool {
    key_after(line).is_some_and(are_options)
}

/// What options of a key in `authorized_keys` are called (sshd(8)); those of a host are no such names.
const OPTIONS: &[&str] = &[
    "agent-forwarding",
    "cert-authority",
    "command",
    "environment",
    "expiry-time",
    "from",
    "no-agent-forwarding",
    "no-port-forwarding",
    "no-pty",
    "no-touch-required",
    "no-user-rc",
    "no-x11-forwarding",
    "permitlisten",
    "permitopen",
    "port-forwarding",
    "principals",
    "pty",
    "restrict",
    "tunnel",
    "user-rc",
    "verify-required",
    "x11-forwarding",
];

/// Whether a text is options as they stand before a key, or nothing.
fn are_options(text: &str) -> bool {
    let mut is_quoted = false;
    let options = text.split(|letter: char| {
        is_quoted ^= letter == '"';
        letter == ',' && !is_quoted
    });
    let name = |option: &str| option.split('=').next().unwrap_or("").trim().to_ascii_lowercase();
    text.is_empty() || options.into_iter().all(|option| OPTIONS.contains(&name(option).as_str()))
}

/// What stands before the key of a line, if it has one: a type and, in base 64, data that begins with the same type.
fn key_after(line: &str) -> Option<&str> {
    let words: Vec<_> = line.split_whitespace().collect();
    let key = words.windows(2).find(|pair| {
        let Some(kind) = TYPES.iter().find(|kind| **kind == pair[0]) else { return false };
        let Ok(data) = BASE64.decode(pair[1].as_bytes()) else { return false };
        let Some((length, rest)) = data.split_first_chunk::<4>() else { return false };
        usize::try_from(u32::from_be_bytes(*length)).ok() == Some(kind.len())
            && rest.len() > kind.len()
            && rest.starts_with(kind.as_bytes())
    })?;
    let start = key[0].as_ptr().addr() - line.as_ptr().addr();
    Some(line[..start].trim_end())
}

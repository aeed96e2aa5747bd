//! Decoding of files: paths, strings that hold paths, fetches.

use std::path::{Component, Path, PathBuf};

use launchnix_diagnostics::{Applicability, Code, Diagnostic, FileKind, Fix, Span, enumerate};

use super::text::{shown, string_literal};
use super::wrong_type::of_modules;
use super::{Context, Decoder, Input, traced};
use crate::option::{Decode, Kind, Placeholder};
use crate::options::Nixpkgs;
use crate::values::{FileSource, HostPath, UserFile, WrittenAs};
use crate::{Node, Shape, Text};

impl Decode for UserFile {
    fn kind() -> Kind {
        Kind::File
    }

    fn decode<N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<Self> {
        match decoder.shape(&input.node)? {
            Shape::Path(path) => Some(nix_path(path)),
            Shape::String(text) => string_path(input, &text, decoder),
            found => {
                decoder.wrong_type(input, &found, &Kind::File);
                None
            }
        }
    }
}

impl Decode for FileSource {
    fn kind() -> Kind {
        Kind::FileOrFetch
    }

    fn decode<N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<Self> {
        match decoder.shape(&input.node)? {
            Shape::Path(path) => Some(Self::File(nix_path(path))),
            Shape::Fetch(fetch) => Some(Self::Fetch(fetch)),
            Shape::String(text) => string_path(input, &text, decoder).map(Self::File),
            Shape::Attrs(attributes) => {
                // A package: what it is made into is its `outPath`.
                let out = attributes.clone().find(|attribute| attribute.name.as_ref() == "outPath");
                if let Some(out) = out {
                    let inner = Input { node: out.value, beneath: Vec::new(), ..input.clone() };
                    return Self::decode(&inner, decoder);
                }
                decoder.wrong_type(input, &Shape::Attrs(attributes), &Kind::FileOrFetch);
                None
            }
            found => {
                decoder.wrong_type(input, &found, &Kind::FileOrFetch);
                None
            }
        }
    }
}

impl Decode for HostPath {
    fn kind() -> Kind {
        Kind::Text("an absolute path on the hypervisor")
    }

    fn decode<N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<Self> {
        if let Some(Shape::Path(path)) = decoder.shape(&input.node) {
            return Self::from_path(&path);
        }
        super::from_text(input, decoder)
    }
}

impl Placeholder for HostPath {
    fn placeholder(_key: Span) -> Self {
        Self::from_path(Path::new("/")).expect("the root directory is an absolute path in UTF-8")
    }
}

impl Decode for Nixpkgs {
    fn kind() -> Kind {
        Kind::Nixpkgs
    }

    fn decode<N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<Self> {
        let shape = match input.node.shape() {
            Ok(shape) => shape,
            // Nixpkgs is needed where guests are built, which need not be where a deployment is checked.
            Err(diagnostic) if diagnostic.message.contains("Nix search path") => {
                return Some(Self::Unresolved);
            }
            Err(diagnostic) => {
                decoder.push(*diagnostic);
                return None;
            }
        };
        match shape {
            Shape::Path(path) => tree(input, &nix_path(path), decoder),
            Shape::Fetch(fetch) => Some(Self::Fetch(fetch)),
            Shape::Attrs(_) if is_tree(&input.node) => Some(Self::Set),
            Shape::Attrs(_) if let Some(url) = input.node.attribute("url") => {
                let message = "`nixpkgs` takes the path of a directory with nixpkgs, and no input of a flake";
                let mut diagnostic =
                    Diagnostic::new(Code::WrongType, url.span(), message).labelled("the address of an input");
                diagnostic.help = url.string().and_then(|address| version(&address));
                decoder.push(traced(diagnostic, &url, input.key));
                None
            }
            Shape::String(text) => {
                let meant = version(&text.value).filter(|_| !is_there(&text.value, decoder.context));
                match meant.or_else(|| relative(&text.value, decoder.context)) {
                    Some(fetch) => {
                        not_a_path(input, &text, (0, text.value.len()), "no path", Some(fetch), decoder);
                        None
                    }
                    None => string_path(input, &text, decoder).and_then(|file| tree(input, &file, decoder)),
                }
            }
            found => {
                decoder.wrong_type(input, &found, &Kind::Nixpkgs);
                None
            }
        }
    }
}

/// Whether a set is a package set, which knows where it came from, or a tree that was fetched.
fn is_tree<N: Node>(node: &N) -> bool {
    let has = |name: &str| node.attribute(name).is_some();
    of_modules(node).is_none() && (node.is_incomplete() || has("path") || has("outPath"))
}

/// Whether a string is the path of something.
fn is_there(text: &str, context: &Context<'_>) -> bool {
    absolute(text, context).is_some_and(|path| context.sources.exists(&path))
}

/// The directory of nixpkgs, which must be there: guests are built from it.
fn tree<N: Node>(input: &Input<N>, file: &UserFile, decoder: &mut Decoder<'_>) -> Option<Nixpkgs> {
    let span = input.node.span();
    let path = file.absolute.clone()?;
    // What is fetched by its hash is there when it is needed.
    if path.starts_with("/nix/store") {
        return Some(Nixpkgs::Path(path));
    }
    if !must_exist("nixpkgs", file, span, decoder) {
        return None;
    }
    let path_of_tree = decoder.context.sources.resolve_links(&path);
    if !matches!(decoder.context.sources.kind(&path_of_tree), Ok(FileKind::Directory)) {
        decoder.push(
            Diagnostic::new(Code::UnreadableFile, span, "`nixpkgs` names a file, not a directory")
                .labelled("a file")
                .with_help("name the directory that holds nixpkgs, unpacked"),
        );
        return None;
    }
    Some(Nixpkgs::Path(path))
}

/// What to write instead of a string that names a directory from the deployment file: Nix takes a path for it, and only an
/// absolute one for a string.
fn relative(text: &str, context: &Context<'_>) -> Option<String> {
    let path = text.trim_end_matches('/');
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | '+' | '~');
    let is_path = !text.starts_with('/')
        && path.chars().all(is_plain)
        && (path.contains('/') || is_there(text, context));
    let has_start = ["./", "../", "~/"].iter().any(|start| path.starts_with(start)) || path == "..";
    let start = if has_start { "" } else { "./" };
    is_path.then(|| format!("write `{start}{path}`, without quotes"))
}

/// What to write instead of a string that names a version of nixpkgs, not where it is.
fn version(text: &str) -> Option<String> {
    let archive = |revision: &str| {
        format!(
            "write `builtins.fetchTarball \"https://github.com/NixOS/nixpkgs/archive/{revision}.tar.gz\"`"
        )
    };
    if text.starts_with('<') && text.ends_with('>') {
        return Some(format!("write `{text}`, without quotes"));
    }
    if let Some(name) = text.strip_prefix("github:NixOS/nixpkgs").or(text.strip_prefix("nixpkgs/")) {
        return Some(archive(name.trim_start_matches('/')).replace("archive/.tar", "archive/REVISION.tar"));
    }
    if text.starts_with("http") && text.contains("://") {
        return Some(format!("write `builtins.fetchTarball {}`", string_literal(text)));
    }
    let is_revision = text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_channel = text.starts_with("nixos-") || text.starts_with("nixpkgs-");
    ((is_revision || is_channel) && !text.contains('/')).then(|| archive(text))
}

fn nix_path(path: PathBuf) -> UserFile {
    UserFile { written: path.to_string_lossy().into_owned(), form: WrittenAs::Path, absolute: Some(path) }
}

fn string_path<N: Node>(input: &Input<N>, text: &Text, decoder: &mut Decoder<'_>) -> Option<UserFile> {
    match complaint(&text.value) {
        Some((start, end, reason, help)) => {
            match input.node.read_from() {
                Some((place, file)) => content_of_file(input, place, file, decoder),
                None => not_a_path(input, text, (start, end), reason, help, decoder),
            }
            None
        }
        None => Some(UserFile {
            written: text.value.clone(),
            form: WrittenAs::String,
            absolute: absolute(&text.value, decoder.context),
        }),
    }
}

/// Reports a string that is no path.
fn not_a_path<N: Node>(
    input: &Input<N>,
    text: &Text,
    (start, end): (usize, usize),
    reason: &str,
    help: Option<String>,
    decoder: &mut Decoder<'_>,
) {
    let place = text.locate(start, end, input.node.span());
    let form = if input.option.is_some_and(|option| option.name == "nixpkgs") {
        "the path of a directory with nixpkgs"
    } else {
        "the path of a file"
    };
    let message = format!("{} is not {form}", shown(&text.value));
    let mut diagnostic = Diagnostic::new(Code::Malformed, place, message).labelled(reason);
    diagnostic.help = help;
    decoder.push(traced(diagnostic, &input.node, input.key));
}

/// Reports the content of a file where the file itself is to be named.
fn content_of_file<N: Node>(input: &Input<N>, place: Span, file: Option<String>, decoder: &mut Decoder<'_>) {
    let message = format!("`{}` is the content of a file, and must be its path", input.path);
    let diagnostic = Diagnostic::new(Code::Malformed, place, message);
    let mut diagnostic = match file {
        Some(file) => diagnostic
            .labelled("this reads the file")
            .with_help(format!("write `{file}`"))
            .with_fix(Fix { span: place, replacement: file, applicability: Applicability::Unsafe }),
        None => diagnostic
            .labelled("what stands in the file")
            .with_help("name the file, without `builtins.readFile` and the like"),
    };
    if place.source != input.key.source || place.start < input.key.start {
        diagnostic = diagnostic.with_label(input.key, "which is the value of this option");
    }
    decoder.push(diagnostic);
}

/// What is wrong with a string as a path: where, why and the way out.
fn complaint(text: &str) -> Option<(usize, usize, &'static str, Option<String>)> {
    if text.is_empty() {
        return Some((0, 0, "a path is not empty", None));
    }
    if text.contains("PRIVATE KEY") {
        let help =
            "keep the key in a file of your own and name the file: whoever reads the deployment has the key";
        return Some((0, text.len(), "this is the key itself", Some(help.into())));
    }
    if ["ssh-", "ecdsa-", "sk-"].iter().any(|kind| text.starts_with(kind)) && text.contains(" AAAA") {
        let help = "write it into a file and name the file, or write `builtins.toFile \"key.pub\" \"…\"`";
        return Some((0, text.len(), "this is the key itself", Some(help.into())));
    }
    if let Some(at) = text.find(|letter: char| letter.is_control()) {
        return Some((at, at + 1, "a control character", None));
    }
    let (before, end) = (text.len() - text.trim_start().len(), text.trim_end().len());
    if end > before && (before > 0 || end < text.len()) {
        let help = format!("write `{}`", string_literal(text.trim()));
        let (start, end) = if before > 0 { (0, before) } else { (end, text.len()) };
        return Some((start, end, "a path has no space around it", Some(help)));
    }
    if let Some(scheme) = text.find("://") {
        let help =
            text.starts_with("http").then(|| format!("write `builtins.fetchurl {}`", string_literal(text)));
        let end = if help.is_some() { text.len() } else { scheme + 3 };
        return Some((0, end, "a URL, not a path", help));
    }
    if text.starts_with('~') && text != "~" && !text.starts_with("~/") {
        let end = text.find('/').unwrap_or(text.len());
        return Some((0, end, "only `~/…` is understood, your own home directory", None));
    }
    None
}

/// The absolute path of a string.
fn absolute(text: &str, context: &Context<'_>) -> Option<PathBuf> {
    let path = match text.strip_prefix('~') {
        Some(rest) => context.home.as_ref()?.join(rest.trim_start_matches('/')),
        None => context.base_directory.join(text),
    };
    Some(without_dots(&path))
}

/// The path without `.` and `..`; symbolic links are not looked at, as in Nix.
fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

/// Reports a file that does not exist.
pub(crate) fn must_exist(option: &str, file: &UserFile, span: Span, decoder: &mut Decoder<'_>) -> bool {
    let Some(path) = &file.absolute else { return false };
    if decoder.context.sources.exists(path) {
        return true;
    }
    let shown = path.strip_prefix(&decoder.context.base_directory).unwrap_or(path).display().to_string();
    if let Ok(target) = decoder.context.sources.read_link(path) {
        let message = format!("the file of `{option}` is a link to what does not exist: {shown}");
        let diagnostic = Diagnostic::new(Code::MissingFile, span, message)
            .labelled("leads to nothing")
            .with_note(format!("it is a link to `{}`", target.display()))
            .with_help("mend the link, or name a file that exists");
        decoder.push_about(shown, diagnostic);
        return false;
    }
    let mut diagnostic =
        Diagnostic::new(Code::MissingFile, span, format!("the file of `{option}` does not exist: {shown}"))
            .labelled("no such file");
    if file.form == WrittenAs::String && !file.written.starts_with(['/', '~']) {
        diagnostic = diagnostic.with_note("a relative path starts at the deployment file's directory");
    }
    let parent = path.parent().filter(|parent| !decoder.context.sources.exists(parent));
    if let Some(parent) = parent {
        let shown = parent.strip_prefix(&decoder.context.base_directory).unwrap_or(parent).display();
        diagnostic = diagnostic.with_note(format!("the directory {shown} does not exist either"));
    }
    if let Some(near) = neighbour(path, decoder.context) {
        diagnostic = diagnostic.with_help(format!("in that directory there is `{near}`"));
    }
    // However many options name the file by one literal, it is missing once.
    decoder.push_about(shown, diagnostic);
    false
}

/// Reports a directory that stands where a file is needed.
pub(crate) fn is_no_directory(option: &str, file: &UserFile, span: Span, decoder: &mut Decoder<'_>) -> bool {
    let Some(path) = &file.absolute else { return true };
    if !matches!(decoder.context.sources.kind(path), Ok(FileKind::Directory)) {
        return true;
    }
    let mut diagnostic =
        Diagnostic::new(Code::UnreadableFile, span, format!("`{option}` names a directory, not a file"))
            .labelled("a directory");
    let entries = decoder.context.sources.read_dir(path).unwrap_or_default();
    let files = entries.into_iter().filter(|(_, kind)| *kind == FileKind::Regular);
    let mut names: Vec<_> = files.filter_map(|(name, _)| String::from_utf8(name).ok()).collect();
    names.sort();
    names.truncate(5);
    diagnostic = diagnostic.with_help(if names.is_empty() {
        "name a file".to_owned()
    } else {
        let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
        format!("name a file in it, such as {}", enumerate(&names, "or"))
    });
    decoder.push(diagnostic);
    false
}

/// A file of a similar name in the same directory.
fn neighbour(path: &Path, context: &Context<'_>) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let entries = context.sources.read_dir(path.parent()?).ok()?;
    let mut names: Vec<String> =
        entries.into_iter().filter_map(|(name, _)| String::from_utf8(name).ok()).collect();
    names.sort();
    super::nearest(name, names)
}

//! The XML that a deployment holds, wherever it stands.
//!
//! A machine with a mistake in one option is not decoded, and its XML is looked into nevertheless: one mistake must
//! not hide another.

use std::collections::HashSet;

use launchnix_diagnostics::{About, Code, Diagnostic, Span};
use launchnix_schema::{Node, Shape};

use crate::causes::quoted;
use crate::lint::{Allow, allows_of_xml};
use crate::xml::{self, Element, Fault, Fragment, Recovered, unknown_names};

/// What was found in the XML of a deployment.
#[derive(Default)]
pub(crate) struct Found {
    /// Mistakes and warnings.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Comments that silence.
    pub(crate) allows: Vec<Allow>,
    /// Texts whose comments are known: several machines may have one, and a literal may have several.
    seen: HashSet<(Span, String)>,
}

/// Looks into the XML of all machines and of the fleet's defaults.
pub(crate) fn look_into<N: Node>(root: &N) -> Found {
    let mut found = Found::default();
    let mut deployments: Vec<N> = root.attribute("deployment").into_iter().collect();
    deployments.extend(root.attribute("defaults").and_then(|defaults| defaults.attribute("deployment")));
    let machines = fields(root.attribute("machines")).into_iter();
    deployments.extend(machines.filter_map(|(_, machine)| machine.attribute("deployment")));
    for deployment in deployments {
        let mut look = |option: &str, holder: &N, name: &str, parent: &str, parse: Parse| {
            if let Some(node) = holder.attribute(name) {
                found.text(&Written { option, holder, name, node, parent }, parse);
            }
        };
        look("extraConfig", &deployment, "extraConfig", "", Fragment::of_domain);
        for (name, disk) in fields(deployment.attribute("initialDisks")) {
            let option = format!("initialDisks.{}.extraXML", quoted(&name));
            look(&option, &disk, "extraXML", "devices", |elements| Fragment::of_device(elements, "disk"));
        }
        for (index, device) in items(deployment.attribute("pciDevices")).into_iter().enumerate() {
            let option = format!("pciDevices[{index}].extraXML");
            look(&option, &device, "extraXML", "devices", |elements| {
                Fragment::of_device(elements, "hostdev")
            });
        }
    }
    found
}

type Parse = fn(Vec<Element>) -> (Fragment, Vec<Fault>);

/// An option that holds XML.
struct Written<'w, N> {
    /// The option as the user knows it.
    option: &'w str,
    /// The set that it is in, and its name there.
    holder: &'w N,
    name: &'w str,
    node: N,
    /// What the element stands in that the XML is merged into.
    parent: &'w str,
}

impl Found {
    fn text<N: Node>(&mut self, written: &Written<'_, N>, parse: Parse) {
        let node = &written.node;
        let Ok(Shape::String(text)) = node.shape() else { return };
        // Of a string that is not closed it is not known what is in it.
        if node.is_broken() {
            return;
        }
        if let Some((line, column)) = node.broken_at() {
            return self.diagnostics.push(
                Diagnostic::new(
                    Code::UnreadableFile,
                    node.span(),
                    format!("the XML of `{}` is not UTF-8", written.option),
                )
                .labelled(format!("no character in line {line}, column {column} of this text"))
                .with_help("save it as UTF-8 text"),
            );
        }
        let read = xml::recover(&text.value);
        if text.value.contains("allow(") && self.seen.insert((node.span(), text.value.clone())) {
            let (allows, mistakes) = allows_of_xml(&read, &text, node.span());
            self.allows.extend(allows);
            self.diagnostics.extend(mistakes);
        }
        let faults = faults(read, written.parent, parse);
        let whole = node.span();
        for fault in faults {
            let diagnostic = fault.diagnostic(written.option, &text, whole);
            self.diagnostics.push(with_holder(diagnostic, written));
        }
    }
}

/// What is wrong with XML that could be read as far as `faults` let it.
fn faults(read: Recovered, parent: &str, parse: Parse) -> Vec<Fault> {
    let Recovered { elements, mut faults, is_uncertain, doubtful, .. } = read;
    let (fragment, refused) = parse(elements);
    // What stands elsewhere than it is meant to follows from the faults, or may do so.
    if is_uncertain {
        return faults;
    }
    // What seems to lack in an element that is not closed right may stand elsewhere.
    let mut torn = HashSet::new();
    if !faults.is_empty() {
        torn_elements(fragment.root(), &faults, &mut torn);
    }
    // The same goes for what it says.
    let torn_texts: Vec<_> = fragment
        .root()
        .elements()
        .filter(|element| element.name == "uuid" && torn.contains(&element.at.start))
        .map(|element| element.at.start..element.at.end.max(element.text_at.end))
        .collect();
    let mut further = unknown_names(fragment.root(), parent, &doubtful);
    // An element that has no place here as a whole need not be known.
    further.retain(|one| !refused.iter().any(|other| other.at.start + 1 == one.at.start));
    let is_doubtful = |start: usize| doubtful.contains(&start);
    let is_torn_text = |start: usize| torn_texts.iter().any(|text| text.contains(&start));
    let is_whole = |one: &Fault| {
        let start = one.at.start;
        !torn.contains(&start) && !is_doubtful(start) && !is_torn_text(start)
    };
    further.extend(refused.into_iter().filter(is_whole));
    // A tag that is wrong otherwise has been told of.
    further.retain(|one| {
        !faults.iter().any(|fault| {
            fault.points_at(&one.at) || one.at.start <= fault.at.start && fault.at.end <= one.at.end
        })
    });
    faults.extend(further);
    faults
}

/// Where elements begin that have a fault somewhere inside.
fn torn_elements(element: &Element, faults: &[Fault], torn: &mut HashSet<usize>) {
    for child in element.elements() {
        if faults.iter().any(|fault| child.at.start <= fault.at.start && fault.at.start <= child.end) {
            torn.insert(child.at.start);
            torn_elements(child, faults, torn);
        }
    }
}

/// Says of a warning in another file which option has the XML.
fn with_holder<N: Node>(diagnostic: Diagnostic, written: &Written<'_, N>) -> Diagnostic {
    let Some(primary) = diagnostic.primary.filter(|_| !diagnostic.is_error()) else { return diagnostic };
    let Ok(Shape::Attrs(mut fields)) = written.holder.shape() else { return diagnostic };
    match fields.find(|field| field.name.as_ref() == written.name) {
        Some(field) if field.key.source != primary.source => {
            diagnostic.with_label(field.key, "which is the XML of this option").about(About::XmlOf(field.key))
        }
        _ => diagnostic,
    }
}

/// The attributes of a set. What cannot be evaluated was reported when the deployment was decoded.
pub(crate) fn fields<N: Node>(node: Option<N>) -> Vec<(String, N)> {
    match node.map(|node| node.shape()) {
        Some(Ok(Shape::Attrs(fields))) => fields.map(|field| (field.name.into(), field.value)).collect(),
        _ => Vec::new(),
    }
}

pub(crate) fn items<N: Node>(node: Option<N>) -> Vec<N> {
    match node.map(|node| node.shape()) {
        Some(Ok(Shape::List(items))) => items,
        _ => Vec::new(),
    }
}

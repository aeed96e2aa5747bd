//! The XML that a deployment holds, wherever it stands.
//!
//! A machine with a mistake in one option is not decoded, and its XML is looked into nevertheless: one mistake must
//! not hide another.

use launchnix_diagnostics::Diagnostic;
use launchnix_schema::{Node, Shape, Text};

use crate::causes::quoted;
use crate::xml::{self, Element, Fault, Fragment, unknown_names};

/// Mistakes in the XML of all machines and of the fleet's defaults.
pub(crate) fn mistakes<N: Node>(root: &N) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut deployments: Vec<N> = root.attribute("deployment").into_iter().collect();
    deployments.extend(root.attribute("defaults").and_then(|defaults| defaults.attribute("deployment")));
    let machines = fields(root.attribute("machines")).into_iter();
    deployments.extend(machines.filter_map(|(_, machine)| machine.attribute("deployment")));
    for deployment in deployments {
        let mut look = |option: &str, holder: &N, name: &str, parent: &str, parse: Parse| {
            let found = holder.attribute(name).map(|node| faults(option, &node, parent, parse));
            diagnostics.extend(found.unwrap_or_default());
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
    diagnostics
}

type Parse = fn(Vec<Element>) -> Result<Fragment, Vec<Fault>>;

fn faults<N: Node>(option: &str, node: &N, parent: &str, parse: Parse) -> Vec<Diagnostic> {
    let Ok(Shape::String(text)) = node.shape() else { return Vec::new() };
    // Of a string that is not closed it is not known what is in it.
    if node.is_broken() {
        return Vec::new();
    }
    let xml::Recovered { elements, mut faults, is_uncertain } = xml::recover(&text.value);
    let is_whole = faults.is_empty();
    match parse(elements) {
        Ok(fragment) if !is_uncertain => {
            let mut unknown = unknown_names(fragment.root(), parent);
            // A tag that is wrong otherwise has been told of.
            unknown.retain(|name| !faults.iter().any(|fault| fault.points_at(&name.at)));
            faults.extend(unknown);
        }
        Err(misplaced) if is_whole => faults.extend(misplaced),
        // It follows from the faults, or may do so.
        Ok(_) | Err(_) => {}
    }
    diagnostics(option, &faults, &text, node)
}

fn diagnostics<N: Node>(option: &str, faults: &[Fault], text: &Text, node: &N) -> Vec<Diagnostic> {
    let whole = node.span();
    faults.iter().map(|fault| fault.diagnostic(option, text, whole)).collect()
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

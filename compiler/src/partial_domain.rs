//! What contradicts in the XML of machines whose options have another mistake.
//!
//! Such a machine is not decoded, and has no domain. Of its domain the parts are made here that its XML may contradict, as
//! far as the options that they come from can be read.

use launchnix_diagnostics::Diagnostic;
use launchnix_schema::{Deployment, Node, Shape};

use crate::contradictions::{self, Written};
use crate::domain::{self, DomainDraft};
use crate::written_xml::fields;
use crate::xml::Element;

/// Looks into the machines that are not in the deployment.
pub(crate) fn contradictions<N: Node>(root: &N, deployment: Option<&Deployment>) -> Vec<Diagnostic> {
    let is_decoded = |name: &str| deployment.is_some_and(|deployment| deployment.machines.contains_key(name));
    let defaults = root.attribute("defaults").and_then(|defaults| defaults.attribute("deployment"));
    let machines = fields(root.attribute("machines")).into_iter();
    let undecoded = machines.filter(|(name, _)| !is_decoded(name)).filter_map(|(_, machine)| {
        let own = machine.attribute("deployment")?;
        Some(Options(std::iter::once(own).chain(defaults.clone()).collect()))
    });
    let is_empty = deployment.is_none_or(|deployment| deployment.machines.is_empty());
    let only = root.attribute("deployment").filter(|_| is_empty).map(|own| Options(vec![own]));
    undecoded.chain(only).flat_map(|options| options.contradictions()).collect()
}

/// The options of a machine: its own before the fleet's.
struct Options<N>(Vec<N>);

impl<N: Node> Options<N> {
    fn contradictions(&self) -> Vec<Diagnostic> {
        let Some(extra) = self.option("extraConfig").filter(|extra| !extra.is_broken()) else {
            return Vec::new();
        };
        let Ok(Shape::String(text)) = extra.shape() else { return Vec::new() };
        let mut part = self.domain();
        let written = Written { text: &text, span: extra.span() };
        // What is torn contradicts nothing.
        if !domain::merge_written(&mut part, written, "extraConfig") {
            return Vec::new();
        }
        contradictions::of_part(&part, written)
    }

    fn option(&self, name: &str) -> Option<N> {
        self.0.iter().find_map(|layer| layer.attribute(name)).filter(|option| !option.is_null())
    }

    /// What is known of the domain before the XML is merged in.
    fn domain(&self) -> DomainDraft {
        let mut domain = DomainDraft::new();
        if let Some(cpus) = self.option("cpus")
            && let Ok(Shape::Int(count @ 1..)) = cpus.shape()
        {
            domain.root.push(Element::new("vcpu").with_text(count.to_string()));
            domain.part("vcpu", "cpus", cpus.span());
        }
        if self.option("sharedFolders").is_some() {
            let access = Element::new("access").with("mode", "shared");
            domain.root.push(Element::new("memoryBacking").with_child(access));
        }
        domain.root.push(Element::new("cpu"));
        let mut devices = Element::new("devices");
        if let Some(graphics) = self.option("graphics") {
            let mut screen = Element::new("graphics");
            let kind = graphics.attribute("type");
            if let Some(Ok(Shape::String(kind))) = kind.map(|kind| kind.shape()) {
                screen.set("type", kind.value);
            }
            devices.push(screen);
        }
        domain.root.push(devices);
        domain
    }
}

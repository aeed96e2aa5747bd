//! Storage pools: `<pool>`.

use launchnix_schema::{Deployment, identity};

use crate::xml::Element;

/// The pool that libvirt's own tools make.
const DEFAULT_POOL: &str = "default";

/// A pool that the deployment declares.
pub(crate) fn declared(deployment: &Deployment, name: &str, path: &str) -> Element {
    let mut element = directory(name, path);
    let uuid = identity::pool_uuid(&deployment.fleet, name).to_string();
    element.children.insert(1, crate::xml::Child::Element(Element::new("uuid").with_text(uuid)));
    element
}

/// A pool that the deployment only uses, for a hypervisor that lacks it.
pub(crate) fn shared(name: &str) -> Element {
    directory(name, &shared_path(name))
}

/// The directory of a pool.
pub(crate) fn path(deployment: &Deployment, name: &str) -> String {
    match deployment.pools.get(name) {
        Some(pool) => pool.path.as_str().to_owned(),
        None => shared_path(name),
    }
}

/// Where libvirt has the volumes of a pool that the deployment only uses.
pub(crate) fn shared_path(name: &str) -> String {
    if name == DEFAULT_POOL {
        "/var/lib/libvirt/images".to_owned()
    } else {
        format!("/var/lib/libvirt/pools/{name}")
    }
}

fn directory(name: &str, path: &str) -> Element {
    Element::new("pool")
        .with("type", "dir")
        .with_child(Element::new("name").with_text(name))
        .with_child(Element::new("target").with_child(Element::new("path").with_text(path)))
}

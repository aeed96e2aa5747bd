//! Storage volumes: `<volume>`.

use launchnix_diagnostics::Span;
use launchnix_schema::Deployment;
use launchnix_schema::manifest::{Content, DiskOf};
use launchnix_schema::values::FileSource;

use crate::pool;
use crate::xml::Element;

/// A volume that the deployment needs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct VolumeDraft {
    pub(crate) pool: String,
    pub(crate) name: String,
    pub(crate) format: Format,
    /// In bytes.
    pub(crate) capacity: Option<u64>,
    pub(crate) content: Content,
    /// Format of the volume that an overlay lies over.
    pub(crate) backing_format: Option<Format>,
    pub(crate) disk: Option<DiskOf>,
    /// Options and their places.
    pub(crate) causes: Vec<(String, Span)>,
}

/// Format of a volume's bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Qcow2,
    Raw,
}

impl Format {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Qcow2 => "qcow2",
            Self::Raw => "raw",
        }
    }

    /// What a file's name says of its format.
    ///
    /// An image behind a URL that ends in `.img` is taken for qcow2, as the cloud images of Ubuntu are; a local file
    /// of that name is taken for raw, as `dd` makes them. `apply` looks at the bytes before it uploads them.
    pub(crate) fn of(source: &FileSource, named: &str) -> Self {
        let (name, remote) = match source {
            FileSource::File(_) => (named.to_ascii_lowercase(), false),
            FileSource::Fetch(fetch) => (fetch.name.to_ascii_lowercase(), true),
        };
        let ends = |extension: &str| name.ends_with(extension);
        if ends(".qcow2") || ends(".qcow") || (remote && ends(".img")) { Self::Qcow2 } else { Self::Raw }
    }
}

/// The `<volume>`.
pub(crate) fn element(deployment: &Deployment, volume: &VolumeDraft) -> Element {
    let format = |format: Format| Element::new("format").with("type", format.as_str());
    let mut element = Element::new("volume").with_child(Element::new("name").with_text(&volume.name));
    if let Some(capacity) = volume.capacity {
        element.push(Element::new("capacity").with("unit", "bytes").with_text(capacity.to_string()));
    }
    element.push(Element::new("target").with_child(format(volume.format)));
    if let (Content::Overlay { backing }, Some(backing_format)) = (&volume.content, volume.backing_format) {
        let directory = pool::path(deployment, &volume.pool);
        element.push(
            Element::new("backingStore")
                .with_child(
                    Element::new("path").with_text(format!("{}/{backing}", directory.trim_end_matches('/'))),
                )
                .with_child(format(backing_format)),
        );
    }
    element
}

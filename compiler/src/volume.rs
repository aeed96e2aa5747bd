//! Storage volumes: `<volume>`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use launchnix_diagnostics::{Sources, Span};
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

/// Formats of the local images that a deployment names.
pub(crate) type Formats = BTreeMap<PathBuf, Format>;

/// Looks at the images of a deployment. One that cannot be read is left out: the schema has said so.
pub(crate) fn formats(deployment: &Deployment, sources: &dyn Sources) -> Formats {
    let disks = deployment.machines.values().flat_map(|machine| machine.options.initial_disks.values());
    let images = disks.flat_map(|disk| disk.from_image.iter().chain(&disk.from_backup));
    images
        .filter_map(|image| match &*image.value {
            FileSource::File(file) => file.absolute.clone(),
            FileSource::Fetch(_) => None,
        })
        .filter_map(|path| {
            let start = sources.read_start(&path, 4).ok()?;
            Some((path, Format::of_start(&start)))
        })
        .collect()
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

    /// What a file's first bytes say, else its name.
    ///
    /// What is behind a URL is taken for qcow2 unless its name says otherwise, as nearly all cloud images are, also
    /// those that are called `.img`. `apply` looks at the bytes before it uploads them.
    pub(crate) fn of(source: &FileSource, formats: &Formats) -> Self {
        let (name, remote) = match source {
            FileSource::File(file) => {
                if let Some(known) = file.absolute.as_ref().and_then(|path| formats.get(path)) {
                    return *known;
                }
                (file.written.as_str(), false)
            }
            FileSource::Fetch(fetch) => (fetch.name.as_str(), true),
        };
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        match extension.as_deref() {
            Some("qcow2" | "qcow") => Self::Qcow2,
            Some("raw" | "iso") => Self::Raw,
            _ if remote => Self::Qcow2,
            _ => Self::Raw,
        }
    }

    /// What the first bytes of an image say.
    fn of_start(start: &[u8]) -> Self {
        if start.starts_with(b"QFI\xfb") { Self::Qcow2 } else { Self::Raw }
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

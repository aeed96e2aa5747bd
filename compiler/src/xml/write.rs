//! Writing a tree.

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use super::names::is_character;
use super::{Child, Element};

/// The document as text: two spaces of indentation, a newline at the end, nothing that depends on anything but
/// the tree.
pub fn write(root: &Element) -> Vec<u8> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing into memory cannot fail; an error here would be quick-xml's and leave a document that no test
    // and no parser accepts, so it is not hidden.
    write_element(&mut writer, root).expect("a Vec takes every write");
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    bytes
}

fn write_element(writer: &mut Writer<Vec<u8>>, element: &Element) -> std::io::Result<()> {
    let mut start = BytesStart::new(element.name.as_str());
    for attribute in &element.attributes {
        start.push_attribute((attribute.name.as_str(), allowed(&attribute.value).as_str()));
    }
    if element.children.is_empty() {
        return writer.write_event(Event::Empty(start));
    }
    writer.write_event(Event::Start(start))?;
    for child in &element.children {
        match child {
            Child::Element(child) => write_element(writer, child)?,
            Child::Text(text) => writer.write_event(Event::Text(BytesText::new(&allowed(text))))?,
        }
    }
    writer.write_event(Event::End(BytesEnd::new(element.name.as_str())))
}

/// XML 1.0 has no way to write control characters, not even escaped; a description may hold them.
fn allowed(text: &str) -> String {
    text.chars().map(|c| if is_character(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

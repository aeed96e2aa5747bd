//! Escaping for `toXML`, whose format the Nix manual describes with `builtins.toXML`.

/// Appends the value of an XML attribute, without its quotes. A line break is written as a reference, since a
/// parser turns a plain one into a space (XML 1.0, 3.3.3). Other bytes, valid UTF-8 or not, are left alone.
pub fn write_attribute_value(out: &mut Vec<u8>, value: &[u8]) {
    for &byte in value {
        match byte {
            b'"' => out.extend_from_slice(b"&quot;"),
            b'<' => out.extend_from_slice(b"&lt;"),
            b'>' => out.extend_from_slice(b"&gt;"),
            b'&' => out.extend_from_slice(b"&amp;"),
            b'\n' => out.extend_from_slice(b"&#xA;"),
            _ => out.push(byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_characters_are_escaped() {
        let mut out = Vec::new();
        write_attribute_value(&mut out, b"a<b>\"&'\n\t\xff");
        assert_eq!(out, b"a&lt;b&gt;&quot;&amp;'&#xA;\t\xff");
    }
}

//! The names of the domain format, held against libvirt's own schema where that is installed.
//!
//! With `UPDATE_VOCABULARY=1` what the schema has and the table lacks is added to the table.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use launchnix_compiler::xml::format::{elements, names_in, takes_text};
use launchnix_compiler::xml::values;
use launchnix_compiler::xml::{self, Element};

/// Names by `(parent, element)`; attributes with an `@`, anything as `*`.
type Table = BTreeMap<(String, String), BTreeSet<String>>;

/// The definitions of a RELAX NG grammar with all that it includes.
struct Grammar {
    definitions: HashMap<String, Vec<Element>>,
}

fn schemas() -> PathBuf {
    option_env!("LAUNCHNIX_SCHEMAS").unwrap_or("/usr/share/libvirt/schemas").into()
}

#[expect(clippy::disallowed_methods, reason = "a test compares with what is installed")]
fn text_of(path: &Path) -> Option<String> {
    std::fs::read_to_string(path).ok()
}

impl Grammar {
    fn read(&mut self, path: &Path, seen: &mut HashSet<PathBuf>) -> Option<()> {
        if !seen.insert(path.to_owned()) {
            return Some(());
        }
        let roots = xml::read(&text_of(path)?).expect("libvirt's schemas are well-formed");
        for grammar in &roots {
            self.collect(grammar, path, seen)?;
        }
        Some(())
    }

    fn collect(&mut self, within: &Element, path: &Path, seen: &mut HashSet<PathBuf>) -> Option<()> {
        for element in within.elements() {
            match element.name.as_str() {
                "include" => {
                    self.read(&path.with_file_name(element.attribute("href")?), seen)?;
                    self.collect(element, path, seen)?;
                }
                "define" => {
                    self.definitions
                        .entry(element.attribute("name")?.to_owned())
                        .or_default()
                        .push(element.clone());
                }
                "div" => self.collect(element, path, seen)?,
                _ => {}
            }
        }
        Some(())
    }

    /// What stands directly in a pattern: names, and the elements with their patterns.
    fn content<'g>(
        &'g self,
        pattern: &'g Element,
        namespace: &'static str,
        names: &mut BTreeSet<String>,
        children: &mut Vec<(String, &'g Element, &'static str)>,
        visited: &mut HashSet<&'g str>,
    ) {
        for part in pattern.elements() {
            match part.name.as_str() {
                "element" => {
                    let namespace = prefix(part).unwrap_or(namespace);
                    match part.attribute("name") {
                        Some(name) => {
                            let name = format!("{namespace}{name}");
                            names.insert(name.clone());
                            children.push((name, part, namespace));
                        }
                        None => drop(names.insert("*".to_owned())),
                    }
                }
                "attribute" => {
                    let name =
                        part.attribute("name").map_or_else(|| "*".to_owned(), |name| format!("@{name}"));
                    names.insert(name);
                }
                "ref" => {
                    let name = part.attribute("name").expect("a reference has a name");
                    if visited.insert(name) {
                        for definition in self.definitions.get(name).into_iter().flatten() {
                            self.content(definition, "", names, children, visited);
                        }
                    }
                }
                _ => self.content(part, namespace, names, children, visited),
            }
        }
    }

    fn table(&self) -> Table {
        let mut table = Table::new();
        for (parent, name, pattern, namespace) in self.elements() {
            let names = table.entry((parent, name)).or_default();
            self.content(pattern, namespace, names, &mut Vec::new(), &mut HashSet::new());
        }
        table
    }

    /// All elements as parent, name and pattern, with the namespace that they are in.
    fn elements(&self) -> Vec<(String, String, &Element, &'static str)> {
        let root = &self.definitions["domain"][0];
        let mut to_do = vec![(String::new(), root, "")];
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        while let Some((parent, pattern, namespace)) = to_do.pop() {
            let mut children = Vec::new();
            self.content(pattern, namespace, &mut BTreeSet::new(), &mut children, &mut HashSet::new());
            for (name, pattern, namespace) in children {
                if seen.insert((parent.clone(), name.clone(), std::ptr::from_ref(pattern))) {
                    to_do.push((name.clone(), pattern, namespace));
                    found.push((parent.clone(), name, pattern, namespace));
                }
            }
        }
        found
    }
}

/// The prefix that documents use for the namespace of a pattern.
fn prefix(pattern: &Element) -> Option<&'static str> {
    let namespace = pattern.attribute("ns")?;
    let kind = namespace.strip_prefix("http://libvirt.org/schemas/domain/").unwrap_or_default();
    Some(match kind.split('/').next() {
        Some("qemu") => "qemu:",
        Some("lxc") => "lxc:",
        Some("bhyve") => "bhyve:",
        Some("xen") => "xen:",
        Some("vmware") => "vmware:",
        _ => "",
    })
}

fn ours() -> Table {
    elements()
        .map(|(parent, name, names)| {
            let mut known: BTreeSet<String> = names.elements().map(str::to_owned).collect();
            known.extend(names.attributes().map(|name| format!("@{name}")));
            ((parent.to_owned(), name.to_owned()), known)
        })
        .collect()
}

#[test]
fn everything_that_libvirt_takes_is_known() {
    let mut grammar = Grammar { definitions: HashMap::new() };
    if grammar.read(&schemas().join("domain.rng"), &mut HashSet::new()).is_none() {
        // Without libvirt there is nothing to compare with; CI has it.
        return;
    }
    let theirs = grammar.table();
    assert!(theirs.len() > 200, "the schema is read: {}", theirs.len());
    if std::env::var_os("UPDATE_VOCABULARY").is_some() {
        update(theirs);
        return;
    }
    for ((parent, name), names) in theirs {
        let known = names_in(&parent, &name);
        if known.takes_anything() {
            continue;
        }
        for name_in in &names {
            let is_known = match name_in.strip_prefix('@') {
                Some(attribute) => known.attributes().any(|known| known == attribute),
                None => known.elements().any(|known| known == name_in),
            };
            assert!(is_known, "`{name_in}` in `<{name}>` of `<{parent}>` is missing");
        }
    }
}

/// The fixed values of a pattern; `None` where there may be others.
fn fixed<'g>(
    grammar: &'g Grammar,
    pattern: &'g Element,
    visited: &mut HashSet<&'g str>,
    found: &mut BTreeSet<String>,
) -> Option<()> {
    for part in pattern.elements() {
        match part.name.as_str() {
            "value" => drop(found.insert(part.text())),
            "data" => found.extend(alternatives(part)?),
            "text" | "list" => return None,
            "element" | "attribute" => {}
            "ref" => {
                let name = part.attribute("name").expect("a reference has a name");
                if visited.insert(name) {
                    for definition in grammar.definitions.get(name).into_iter().flatten() {
                        fixed(grammar, definition, visited, found)?;
                    }
                }
            }
            _ => fixed(grammar, part, visited, found)?,
        }
    }
    Some(())
}

/// The values of a pattern that is nothing but a list of them: `(bridge|private)`.
fn alternatives(data: &Element) -> Option<Vec<String>> {
    let pattern = data.elements().find(|param| param.attribute("name") == Some("pattern"))?.text();
    let list = pattern.strip_prefix('(')?.strip_suffix(')')?;
    let is_word = |word: &str| word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let words: Vec<_> = list.split('|').map(str::to_owned).collect();
    words.iter().all(|word| is_word(word)).then_some(words)
}

/// What stands directly in a pattern: its attributes with their patterns, and whether there is text.
fn directly<'g>(
    grammar: &'g Grammar,
    pattern: &'g Element,
    visited: &mut HashSet<&'g str>,
    attributes: &mut Vec<&'g Element>,
) -> bool {
    let mut has_text = false;
    for part in pattern.elements() {
        has_text |= match part.name.as_str() {
            "attribute" => {
                attributes.push(part);
                false
            }
            "element" => false,
            "text" | "data" | "value" | "list" => true,
            "ref" => {
                let name = part.attribute("name").expect("a reference has a name");
                visited.insert(name)
                    && grammar
                        .definitions
                        .get(name)
                        .into_iter()
                        .flatten()
                        .fold(false, |found, one| directly(grammar, one, visited, attributes) | found)
            }
            _ => directly(grammar, part, visited, attributes),
        };
    }
    has_text
}

#[test]
fn text_and_values_that_libvirt_takes_are_known() {
    let mut grammar = Grammar { definitions: HashMap::new() };
    if grammar.read(&schemas().join("domain.rng"), &mut HashSet::new()).is_none() {
        return;
    }
    for (parent, name, pattern, _) in grammar.elements() {
        let mut attributes = Vec::new();
        let has_text = directly(&grammar, pattern, &mut HashSet::new(), &mut attributes);
        assert!(!has_text || takes_text(&parent, &name), "`<{name}>` of `<{parent}>` takes text");
        if let Some(known) = values::of_text(&parent, &name) {
            holds_all(&grammar, pattern, known, &format!("{parent}/{name}"));
        }
        for attribute in attributes {
            let Some(attribute_name) = attribute.attribute("name") else { continue };
            if let Some(known) = values::of_attribute(&parent, &name, attribute_name) {
                holds_all(&grammar, attribute, known, &format!("{parent}/{name}@{attribute_name}"));
            }
        }
    }
}

fn holds_all(grammar: &Grammar, pattern: &Element, known: &str, what: &str) {
    let mut found = BTreeSet::new();
    assert!(fixed(grammar, pattern, &mut HashSet::new(), &mut found).is_some(), "{what} takes other values");
    for value in found {
        assert!(known.split(' ').any(|known| known == value), "{what} takes `{value}`");
    }
}

#[test]
fn the_table_is_sorted_and_hangs_together() {
    let all: Vec<_> = elements().map(|(parent, name, _)| (parent, name)).collect();
    assert!(all.is_sorted(), "the table is searched by halves");
    for (parent, name, _) in elements().filter(|(parent, ..)| !parent.is_empty()) {
        let is_held = elements()
            .any(|(_, holder, names)| holder == parent && names.elements().any(|held| held == name));
        assert!(is_held, "no `<{parent}>` holds `<{name}>`");
    }
}

/// Writes the table with what another has on top.
fn update(theirs: Table) {
    let mut table = ours();
    for (key, names) in theirs {
        table.entry(key).or_default().extend(names);
    }
    let file = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/xml/format.rs"));
    let text = text_of(file).expect("the table's file");
    let mark = "const ELEMENTS: &[(&str, &str)] = &[";
    let (before, after) = text.split_once(mark).expect("the table's start");
    let (_, after) = after.split_once("];\n").expect("the table's end");
    let mut out = format!("{before}{mark}\n");
    for ((parent, name), names) in table.into_iter().filter(|(_, names)| !names.is_empty()) {
        let names: Vec<_> = names.into_iter().collect();
        let names = if names.iter().any(|name| name == "*") { "*".to_owned() } else { names.join(" ") };
        let path = if parent.is_empty() { name } else { format!("{parent}/{name}") };
        writeln!(out, "    ({path:?}, {names:?}),").expect("a string takes every write");
    }
    out.push_str("];\n");
    out.push_str(after);
    std::fs::write(file, out).expect("the table is written");
}

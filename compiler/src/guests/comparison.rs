//! What the user's modules define, compared with the options that there are.

use launchnix_evaluator::{Attrs, Value};

use super::definitions::{MAX_DEPTH, STRUCTURE};
use super::modules::Modules;

impl<'a> Modules<'_, 'a> {
    /// Compares what is defined with the options that there are.
    pub(super) fn compare(&self, options: Value<'a>) -> Comparison<'a> {
        let mut comparison = Comparison { unknown: Vec::new(), no_set: Vec::new(), defined: Vec::new() };
        if let Some(options) = self.attrs(options) {
            for root in self.roots() {
                self.compare_inside(root.value, options, &mut Vec::new(), &mut comparison);
            }
        }
        comparison
    }

    fn compare_inside(
        &self,
        value: Value<'a>,
        options: &'a Attrs<'a>,
        path: &mut Vec<String>,
        comparison: &mut Comparison<'a>,
    ) {
        if path.len() > MAX_DEPTH {
            return;
        }
        // A set of options is no submodule, which alone may be a function.
        let parts = if path.is_empty() { self.parts(value) } else { self.uncalled_parts(value) };
        for part in parts {
            let attrs = match self.evaluator.force(part) {
                Ok(Value::Attrs(attrs)) => attrs,
                Ok(_) if !path.is_empty() => {
                    comparison.no_set.push(path.clone());
                    continue;
                }
                _ => continue,
            };
            let is_module = path.is_empty() && self.sets.iter().any(|&set| std::ptr::eq(set, attrs));
            let misnamed = if is_module { self.misnamed(attrs) } else { Vec::new() };
            for (name, attr) in self.evaluator.sorted(attrs) {
                let name = String::from_utf8_lossy(name).into_owned();
                let is_structure = STRUCTURE.contains(&name.as_str()) || name == "_module";
                if path.is_empty() && (is_structure || misnamed.iter().any(|(known, ..)| *known == name)) {
                    continue;
                }
                path.push(name);
                match options.get(attr.name) {
                    None => comparison.unknown.push(path.clone()),
                    Some(option) => {
                        if let Some(inner) = self.attrs(option.value) {
                            if self.tag(inner).as_deref() == Some("option") {
                                comparison.defined.push((path.clone(), attr.value));
                            } else {
                                self.compare_inside(attr.value, inner, path, comparison);
                            }
                        }
                    }
                }
                path.pop();
            }
        }
    }
}

/// What is defined, beside the options that there are.
pub(super) struct Comparison<'a> {
    /// Names that no option has, each as short as it is unknown.
    pub(super) unknown: Vec<Vec<String>>,
    /// Names of sets of options that something else is given to.
    pub(super) no_set: Vec<Vec<String>>,
    /// Options that are defined.
    pub(super) defined: Vec<(Vec<String>, Value<'a>)>,
}

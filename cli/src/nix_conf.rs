//! Nix's configuration: `nix.conf` of the system and of the user, and `NIX_CONFIG`, in the order in which Nix reads
//! them. What comes later counts.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::nix_settings::{check, current_name};

/// How deep files may include others. A file that includes itself has no end.
const MAX_INCLUDES: usize = 32;

/// Where there are configurations: environment variables, and the user's home directory.
pub(crate) struct Environment<'e> {
    pub(crate) variable: &'e dyn Fn(&str) -> Option<OsString>,
    pub(crate) home: Option<&'e Path>,
}

/// What all configurations say, in order; the error is Nix's.
pub(crate) fn settings(environment: &Environment<'_>) -> Result<Vec<(String, String)>, String> {
    let mut reader = Reader { read: &|path| std::fs::read_to_string(path).ok(), settings: Vec::new() };
    for file in files(environment) {
        // A file that is not there, or cannot be read, says nothing.
        if let Some(text) = (reader.read)(&file) {
            reader.text(&text, Some(&file), 0)?;
        }
    }
    if let Some(text) = (environment.variable)("NIX_CONFIG") {
        reader.text(&text.to_string_lossy(), None, 0)?;
    }
    Ok(reader.settings)
}

/// The files that are read, in order. Of the user's the first counts, so that it is the last.
fn files(environment: &Environment<'_>) -> Vec<PathBuf> {
    let variable = environment.variable;
    let system = variable("NIX_CONF_DIR").map_or_else(|| PathBuf::from("/etc/nix"), PathBuf::from);
    let mut files = vec![system.join("nix.conf")];
    let users: Vec<PathBuf> = match variable("NIX_USER_CONF_FILES") {
        Some(list) => std::env::split_paths(&list).filter(|path| !path.as_os_str().is_empty()).collect(),
        None => {
            let own = variable("XDG_CONFIG_HOME").map(PathBuf::from);
            let own = own.or_else(|| environment.home.map(|home| home.join(".config")));
            let others = variable("XDG_CONFIG_DIRS").unwrap_or_else(|| "/etc/xdg".into());
            let others: Vec<PathBuf> = std::env::split_paths(&others).collect();
            own.into_iter().chain(others).map(|directory| directory.join("nix/nix.conf")).collect()
        }
    };
    files.extend(users.into_iter().rev());
    files
}

/// Reads configurations.
struct Reader<'r> {
    read: &'r dyn Fn(&Path) -> Option<String>,
    settings: Vec<(String, String)>,
}

impl Reader<'_> {
    /// Lines `name = value`, and those that include files. Without a file it is the text of `NIX_CONFIG`.
    fn text(&mut self, text: &str, file: Option<&Path>, depth: usize) -> Result<(), String> {
        let source = file.map_or("NIX_CONFIG".into(), Path::to_string_lossy);
        for line in text.lines() {
            let bare = line.split('#').next().unwrap_or_default();
            let words: Vec<&str> = bare.split_ascii_whitespace().collect();
            match words[..] {
                [] => {}
                [include @ ("include" | "!include"), name] => {
                    let Some(path) = included(name, file) else {
                        return Err(format!("not an absolute path: \"{name}\""));
                    };
                    let shown = path.display();
                    match (self.read)(&path) {
                        Some(_) if depth == MAX_INCLUDES => {
                            return Err(format!(
                                "file \"{shown}\" included from \"{source}\" includes itself"
                            ));
                        }
                        Some(text) => self.text(&text, Some(&path), depth + 1)?,
                        None if include == "!include" => {}
                        None => {
                            return Err(format!("file \"{shown}\" included from \"{source}\" not found"));
                        }
                    }
                }
                [name, "=", ref value @ ..] => {
                    let value = value.join(" ");
                    check(name, &value)?;
                    self.settings.push((current_name(name).to_owned(), value));
                }
                _ => return Err(format!("syntax error in configuration line '{line}' in \"{source}\"")),
            }
        }
        Ok(())
    }
}

/// The file that a name stands for: it starts where the file is that includes it.
fn included(name: &str, file: Option<&Path>) -> Option<PathBuf> {
    let path = match file {
        Some(file) => file.parent()?.join(name),
        None => PathBuf::from(name),
    };
    // As Nix shows it: without a slash at the end.
    path.is_absolute().then(|| path.components().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, file: Option<&str>) -> Result<Vec<(String, String)>, String> {
        let read = |file: &Path| match file.to_str()? {
            "/d/f" => Some("cores = 1".to_owned()),
            "/d/self" => Some("include self".to_owned()),
            _ => None,
        };
        let mut reader = Reader { read: &read, settings: Vec::new() };
        reader.text(text, file.map(Path::new), 0)?;
        Ok(reader.settings)
    }

    #[test]
    fn a_text_has_a_setting_in_each_line() {
        let text =
            "# mine\nsystem = aarch64-linux\n  nix-path =  a=/b\tc=/d # two\n\ninclude /d/f\n!include /g";
        let expected = [("system", "aarch64-linux"), ("nix-path", "a=/b c=/d"), ("cores", "1")];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        assert_eq!(read(text, None), Ok(expected));
        for (text, expected) in [
            ("bad line", "syntax error in configuration line 'bad line' in \"NIX_CONFIG\""),
            ("include /g", "file \"/g\" included from \"NIX_CONFIG\" not found"),
            ("include f", "not an absolute path: \"f\""),
            ("pure-eval = maybe", "Boolean setting 'pure-eval' has invalid value 'maybe'"),
            ("cores =", "setting 'cores' has invalid value ''"),
        ] {
            assert_eq!(read(text, None), Err(expected.to_owned()));
        }
    }

    #[test]
    fn files_include_what_is_beside_them() {
        assert_eq!(read("include f", Some("/d/g")), Ok(vec![("cores".to_owned(), "1".to_owned())]));
        let missing = "file \"/d/x\" included from \"/d/g\" not found";
        assert_eq!(read("include x/", Some("/d/g")), Err(missing.to_owned()));
        assert!(read("include self", Some("/d/g")).is_err());
    }

    #[test]
    fn files_are_read_in_the_order_of_nix() {
        let found = |variables: &[(&str, &str)]| {
            let variable = |name: &str| {
                variables.iter().find(|(other, _)| *other == name).map(|(_, value)| OsString::from(value))
            };
            let environment = Environment { variable: &variable, home: Some(Path::new("/h")) };
            files(&environment).iter().map(|file| file.display().to_string()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(found(&[]), "/etc/nix/nix.conf /etc/xdg/nix/nix.conf /h/.config/nix/nix.conf");
        let own = [("NIX_CONF_DIR", "/c"), ("XDG_CONFIG_HOME", "/x"), ("XDG_CONFIG_DIRS", "/y:/z")];
        assert_eq!(found(&own), "/c/nix.conf /z/nix/nix.conf /y/nix/nix.conf /x/nix/nix.conf");
        assert_eq!(found(&[("NIX_USER_CONF_FILES", "/a:/b")]), "/etc/nix/nix.conf /b /a");
        assert_eq!(found(&[("NIX_USER_CONF_FILES", "")]), "/etc/nix/nix.conf");
    }
}

//! What the machines of the fleets have, and what may be written instead of it by mistake.

/// The machines, by name.
pub const MACHINES: &[&str] = &["web", "db", "mail"];

/// The literal of a machine for a field; `None` where there is no such field.
pub fn value(field: &str, machine: usize) -> Option<String> {
    let name = MACHINES[machine];
    let host = 11 + 10 * machine;
    let quoted = |text: String| format!("\"{text}\"");
    Some(match field {
        "name" => quoted(name.to_owned()),
        "cpus" => (machine + 1).to_string(),
        "ram" => (1024 * (machine + 1)).to_string(),
        "gib" => (machine + 2).to_string(),
        "disk" => (20480 + machine).to_string(),
        "ip" => quoted(format!("10.20.0.{host}")),
        "host" | "screen" => host.to_string(),
        "hex" => quoted(host.to_string()),
        "mac" => quoted(format!("52:54:00:aa:00:{host}")),
        "port" => (5900 + host).to_string(),
        "cid" => (100 + host).to_string(),
        "net" => quoted("lan".to_owned()),
        "subnet" => quoted("10.20.0.0/24".to_owned()),
        "firmware" => quoted("uefi".to_owned()),
        "auto" => "true".to_owned(),
        "size" => quoted(if machine == 1 { "large" } else { "small" }.to_owned()),
        _ => return None,
    })
}

/// Whether no two machines may have the same.
pub fn is_unique(field: &str) -> bool {
    matches!(field, "name" | "ip" | "host" | "hex" | "mac" | "port" | "cid")
}

/// Mistaken literals for a field, those first that people write most often.
pub fn mistaken(field: &str) -> &'static [&'static str] {
    match field {
        "name" => &["\"web_1\"", "\"-web\"", "\"web 1\""],
        "cpus" => &["\"two\"", "0", "2.5", "\"2\"", "1000"],
        "ram" | "disk" => &["\"4 GiB\"", "0", "21474836480", "\"2048\"", "1.5"],
        "gib" => &["\"4 GiB\"", "0", "(-1)", "99999999"],
        "ip" => &["\"10.20.0.300\"", "\"10.99.0.77\"", "\"10.20.0\"", "\"10.20.0.1\"", "11"],
        "host" => &["300"],
        "hex" => &["\"zz\"", "\"7\""],
        "mac" => &["\"52:54:00:aa:00:0g\"", "\"52:54:00:aa:00\"", "\"53:54:00:aa:00:77\""],
        "port" => &["80", "70000", "\"5911\""],
        "cid" => &["2", "\"7\""],
        "net" => &["\"lann\"", "5"],
        "subnet" => &["\"10.20.0.0/33\"", "10"],
        "firmware" => &["\"efi\"", "true"],
        "auto" => &["\"yes\"", "1"],
        "size" => &["\"smal\"", "5"],
        _ => &[],
    }
}

/// A name with its last two letters in each other's place.
pub fn misspelt(name: &str) -> String {
    let mut letters: Vec<_> = name.chars().collect();
    let last = letters.len() - 1;
    if letters[last] == letters[last - 1] || name == "name" {
        letters.swap(0, 1);
    } else {
        letters.swap(last - 1, last);
    }
    letters.into_iter().collect()
}

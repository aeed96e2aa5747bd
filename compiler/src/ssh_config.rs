//! `morph/ssh_config`: how ssh reaches the machines.

use std::fmt::Write as _;

use launchnix_schema::Deployment;

use crate::machine::MachineDraft;
use crate::manifest::identity_file;
use crate::paths::Base;

/// The file of the configuration.
pub(crate) const FILE: &str = "morph/ssh_config";

/// An ssh configuration with a host for each machine. Addresses that are only known once a machine runs are the
/// runtime's to add.
pub(crate) fn ssh_config(
    deployment: &Deployment,
    machines: &[MachineDraft<'_>],
    base: &Base,
    sources: &launchnix_diagnostics::SourceMap,
) -> String {
    let mut text = String::from(
        "# The machines by name. SSH_CONFIG_FILE replaces a user's own configuration, so that is included below.\n",
    );
    for draft in machines {
        let options = &draft.machine.options;
        text.push_str("\nHost ");
        text.push_str(draft.name());
        let mut line = |keyword: &str, value: &str| {
            // Writing into a string cannot fail.
            let _ = write!(text, "\n  {keyword} {value}");
        };
        if let Some((address, _)) = draft.addresses.iter().flat_map(|addresses| &addresses.ips).next() {
            line("HostName", &address.to_string());
        }
        line("User", &options.ssh_user.value);
        line("Port", &options.ssh_port.value.0.to_string());
        if let Some(file) = identity_file(draft.machine, base, sources) {
            line("IdentityFile", &quote(&file));
            line("IdentitiesOnly", "yes");
        }
        // A key belongs to a machine, whatever its address is today.
        line("HostKeyAlias", &format!("{}.{}", draft.name(), deployment.fleet.as_str()));
        text.push('\n');
    }
    text.push_str("\nMatch all\nInclude ~/.ssh/config\n");
    text
}

/// A file name as ssh reads it: quoted, and with the percent signs that would start a token doubled.
fn quote(file: &str) -> String {
    let mut quoted = String::from("\"");
    for c in file.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '%' => quoted.push_str("%%"),
            // A line is all that a keyword has; a file of such a name cannot be named here.
            c if c.is_control() => quoted.push('?'),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

//! Options of the seed that cloud-init configures a guest from.

use launchnix_schema_derive::Options;

use crate::Spanned;
use crate::option::Flaws;
use crate::values::Content;

/// What a ready-made image is configured with when it first starts: `cloudInit`.
#[derive(Clone, Debug, PartialEq, Options)]
pub struct CloudInit {
    /// What cloud-init does: `#cloud-config` and YAML, or a script that begins with `#!`. The text itself, or a file.
    #[option(example = "\"#cloud-config\\npackages: [nginx]\\n\"", change = Restart)]
    pub user_data: Option<Spanned<Content>>,
    /// What the machine is called, in YAML. The text itself, or a file.
    #[option(
        example = "./meta-data.yaml", change = Restart,
        implied = "the machine's name, an `instance-id` that stays the same, and the keys of `sshPubKeyPath`"
    )]
    pub meta_data: Option<Spanned<Content>>,
    /// How the guest's interfaces are set up, in cloud-init's network format (version 1 or 2). The text itself, or a
    /// file.
    #[option(
        example = "\"version: 2\\nethernets: { enp1s0: { dhcp4: true } }\\n\"", change = Restart,
        implied = "from `staticIPs` where there are any, else cloud-init's own choice: DHCP"
    )]
    pub network_config: Option<Spanned<Content>>,
    /// Options with mistakes; none in a decoded deployment.
    #[option(flaws)]
    pub flaws: Flaws,
}

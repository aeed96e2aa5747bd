//! Options that morph takes: secrets, and checks before and after a deployment.

use launchnix_schema_derive::{Choice, Options};
use litemap::LiteMap;

use crate::Spanned;
use crate::option::Flaws;
use crate::values::{
    GuestPath, HeaderName, HostName, Permissions, Port, Seconds, UrlPath, UserFile, UserName,
};

/// A file that morph uploads and that never enters the Nix store: `secrets.<name>`.
#[derive(Clone, Debug, PartialEq, Options)]
pub struct Secret {
    /// File on the machine that runs Launchnix. Its content is in no build directory: morph reads it.
    #[option(example = "./secrets/db-password", change = Live)]
    pub source: Spanned<UserFile>,
    /// Where it is put in the guest.
    #[option(example = "\"/var/secrets/db-password\"", change = Live)]
    pub destination: Spanned<GuestPath>,
    /// Whose it is.
    #[option(example = "{ user = \"postgres\"; group = \"postgres\"; }", change = Live)]
    pub owner: Option<Spanned<Owner>>,
    /// Who may do what with it, as octal digits.
    #[option(example = "\"0440\"", change = Live, default = Permissions::private())]
    pub permissions: Spanned<Permissions>,
    /// Command that is run in the guest after the upload: the program and its arguments.
    #[option(example = "[ \"systemctl\" \"restart\" \"postgresql\" ]", change = Live)]
    pub action: Vec<Spanned<String>>,
    /// Whether directories that are missing are made.
    #[option(example = "false", change = Live, default = true)]
    pub mk_dirs: Spanned<bool>,
    /// When it is uploaded.
    #[option(example = "\"post-activation\"", change = Live, implied = "morph's own choice")]
    pub upload_at: Option<Spanned<UploadAt>>,
    /// Options with mistakes; none in a decoded deployment.
    #[option(flaws)]
    pub flaws: Flaws,
}

/// Who owns a secret in the guest.
#[derive(Clone, Debug, PartialEq, Options)]
pub struct Owner {
    /// User that it belongs to.
    #[option(example = "\"postgres\"", change = Live, default = UserName::root())]
    pub user: Spanned<UserName>,
    /// Group that it belongs to.
    #[option(example = "\"postgres\"", change = Live, default = UserName::root())]
    pub group: Spanned<UserName>,
    /// Options with mistakes; none in a decoded deployment.
    #[option(flaws)]
    pub flaws: Flaws,
}

/// When a secret is uploaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum UploadAt {
    /// before the new system is switched to
    #[choice("pre-activation")]
    PreActivation,
    /// after the new system was switched to
    #[choice("post-activation")]
    PostActivation,
}

/// Checks of a guest: `healthChecks` and `preDeployChecks`.
#[derive(Clone, Debug, PartialEq, Options)]
pub struct Checks {
    /// Commands that are run in the guest and must succeed.
    #[option(example = "[ { cmd = [ \"systemctl\" \"is-active\" \"nginx\" ]; } ]", change = Live)]
    pub cmd: Vec<Spanned<CommandCheck>>,
    /// Addresses that are asked by HTTP and must answer with success.
    #[option(example = "[ { port = 80; path = \"/healthz\"; } ]", change = Live)]
    pub http: Vec<Spanned<HttpCheck>>,
    /// Options with mistakes; none in a decoded deployment.
    #[option(flaws)]
    pub flaws: Flaws,
}

/// A command that must succeed.
#[derive(Clone, Debug, PartialEq, Options)]
pub struct CommandCheck {
    /// The program and its arguments.
    #[option(required, example = "[ \"systemctl\" \"is-active\" \"nginx\" ]", change = Live)]
    pub cmd: Vec<Spanned<String>>,
    /// What morph calls the check.
    #[option(example = "\"nginx runs\"", change = Live, implied = "the command itself")]
    pub description: Option<Spanned<String>>,
    /// How long to wait between two attempts.
    #[option(
        example = "5", unit = "seconds", change = Live, implied = "2", min = 1, max = 86_400,
        why = "an attempt each second is plenty, and one a day too few"
    )]
    pub period: Option<Spanned<Seconds>>,
    /// How long one attempt may take.
    #[option(
        example = "10", unit = "seconds", change = Live, implied = "5", min = 1, max = 86_400,
        why = "an attempt takes time, and none takes a day"
    )]
    pub timeout: Option<Spanned<Seconds>>,
    /// Options with mistakes; none in a decoded deployment.
    #[option(flaws)]
    pub flaws: Flaws,
}

/// An address that must answer.
#[derive(Clone, Debug, PartialEq, Options)]
pub struct HttpCheck {
    /// Port that is asked.
    #[option(example = "80", change = Live, min = 1, max = 65_535, why = "TCP has the ports 1 to 65535")]
    pub port: Spanned<Port>,
    /// What morph calls the check.
    #[option(example = "\"the blog answers\"", change = Live, implied = "the address that is asked")]
    pub description: Option<Spanned<String>>,
    /// Host that is asked, as the machine that runs Launchnix knows it.
    #[option(
        example = "\"blog.example.org\"", change = Live,
        implied = "the machine's first address in `staticIPs` or `interfaces`, else its name"
    )]
    pub host: Option<Spanned<HostName>>,
    /// Protocol that is spoken.
    #[option(example = "\"https\"", change = Live, default = HttpScheme::Http)]
    pub scheme: Spanned<HttpScheme>,
    /// Path that is asked for.
    #[option(example = "\"/healthz\"", change = Live, default = UrlPath::root())]
    pub path: Spanned<UrlPath>,
    /// Headers that are sent, by name.
    #[option(example = "{ Host = \"blog.example.org\"; }", change = Live)]
    pub headers: LiteMap<HeaderName, Spanned<String>>,
    /// Whether a certificate that cannot be verified is accepted.
    #[option(name = "insecureSSL", example = "true", change = Live, default = false)]
    pub insecure_ssl: Spanned<bool>,
    /// How long to wait between two attempts.
    #[option(
        example = "5", unit = "seconds", change = Live, implied = "2", min = 1, max = 86_400,
        why = "an attempt each second is plenty, and one a day too few"
    )]
    pub period: Option<Spanned<Seconds>>,
    /// How long one attempt may take.
    #[option(
        example = "10", unit = "seconds", change = Live, implied = "5", min = 1, max = 86_400,
        why = "an attempt takes time, and none takes a day"
    )]
    pub timeout: Option<Spanned<Seconds>>,
    /// Options with mistakes; none in a decoded deployment.
    #[option(flaws)]
    pub flaws: Flaws,
}

/// How HTTP is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum HttpScheme {
    /// in clear text
    Http,
    /// encrypted
    Https,
}

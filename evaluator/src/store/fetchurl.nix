# What `<nix/fetchurl.nix>` is: a derivation that Nix builds itself, by fetching a file, an executable or an archive
# of the kind that it makes (`unpack`). Its attributes are those of Nix's own, so that its store paths are, too.
{
  system ? "", # Accepted for the sake of older expressions.
  url,
  name ? baseNameOf (toString url),
  hash ? "",
  sha512 ? "",
  sha256 ? "",
  sha1 ? "",
  md5 ? "",
  executable ? false,
  unpack ? false,
  impure ? false,
  # Of the hashes, the first that is given counts.
  outputHash ? builtins.head (builtins.filter (given: given != "") [ hash sha512 sha1 md5 ] ++ [ sha256 ]),
  outputHashAlgo ?
    if hash != "" then ""
    else if sha512 != "" then "sha512"
    else if sha1 != "" then "sha1"
    else if md5 != "" then "md5"
    else "sha256",
}:
let
  content = if impure then { __impure = true; } else { inherit outputHash outputHashAlgo; };
  fetched = {
    inherit name url executable unpack;
    builder = "builtin:fetchurl";
    system = "builtin";
    urls = [ url ];
    outputHashMode = if unpack || executable then "recursive" else "flat";
    # Fetching elsewhere and copying the result would take longer.
    preferLocalBuild = true;
    impureEnvVars = [ "http_proxy" "https_proxy" "ftp_proxy" "all_proxy" "no_proxy" ];
  };
in
derivation (fetched // content)

# A file that comes with Nix.
let
  fetch = import <nix/fetchurl.nix>;
  url = "https://example.org/a-1.0.tar.xz";
  sha256 = "0000000000000000000000000000000000000000000000000000000000000000";
  sri = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  sha1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
  md5 = "d41d8cd98f00b204e9800998ecf8427e";
  sha512 = builtins.hashString "sha512" "";
in
map (arguments: let made = fetch ({ inherit url; } // arguments); in [ made.drvPath made.outPath ]) [
  { inherit sha256; }
  { hash = sri; }
  { hash = sri; inherit sha512; }
  { inherit sha512 md5; }
  { inherit sha1 md5; }
  { inherit md5; }
  { inherit sha256; name = "b"; }
  { inherit sha256; executable = true; }
  { inherit sha256; unpack = true; }
  { inherit sha256; system = "x86_64-linux"; }
  { outputHash = sri; outputHashAlgo = null; }
  { outputHash = sha1; outputHashAlgo = "sha1"; sha256 = "ignored"; }
]

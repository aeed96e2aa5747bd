{
  lib,
  rustPlatform,
  pkg-config,
  libvirt,
  libxml2,
}:

rustPlatform.buildRustPackage {
  pname = "launchnix";
  inherit ((lib.importTOML ../Cargo.toml).workspace.package) version;

  src = lib.cleanSource ../.;

  cargoLock.lockFile = ../Cargo.lock;

  # Of the two programs only `launchnix-runtime` links libvirt.
  nativeBuildInputs = [ pkg-config ];
  buildInputs = [ libvirt ];

  # `xmllint` validates what the compiler writes; the schemas come with libvirt.
  nativeCheckInputs = [ libxml2 ];
  env.LAUNCHNIX_SCHEMAS = "${libvirt}/share/libvirt/schemas";
  # The end-to-end tests need more than a build sandbox gives: `make test` runs them.
  cargoTestFlags = [
    "--workspace"
    "--exclude"
    "launchnix-tests"
  ];

  meta = {
    description = "Virtual machines on libvirt, declared in one Nix file: check, compile, plan, apply";
    license = with lib.licenses; [
      mit
      asl20
    ];
    mainProgram = "launchnix";
    platforms = lib.platforms.linux;
  };
}

{
  description = "Launchnix: virtual machines on libvirt, declared in one Nix file";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      inherit (nixpkgs) lib;
      eachSystem =
        f:
        lib.genAttrs [
          "x86_64-linux"
          "aarch64-linux"
        ] (system: f nixpkgs.legacyPackages.${system});
    in
    {
      packages = eachSystem (pkgs: rec {
        launchnix = pkgs.callPackage ./nix/package.nix { };
        default = launchnix;
      });

      overlays.default = final: _: { launchnix = final.callPackage ./nix/package.nix { }; };

      devShells = eachSystem (pkgs: {
        default = pkgs.mkShell {
          inputsFrom = [ self.packages.${pkgs.stdenv.hostPlatform.system}.launchnix ];
          packages = with pkgs; [
            clippy
            libvirt
            libxml2
            nixfmt-rfc-style
            qemu-utils
            rust-analyzer
            rustfmt
          ];
          # Marks the shell for `make`, which else enters it by itself.
          IN_NIX_SHELL = "impure";
        };
      });

      # The package's own check phase runs the tests that need no hypervisor.
      checks = eachSystem (pkgs: {
        inherit (self.packages.${pkgs.stdenv.hostPlatform.system}) launchnix;
      });

      formatter = eachSystem (pkgs: pkgs.nixfmt-rfc-style);
    };
}

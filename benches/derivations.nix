# Packages that need each other, as a system's closure has them: 3,000 derivations of some 25 variables, each with up
# to ten others among its inputs.
let
  inherit (builtins) elemAt filter genList length map concatStringsSep removeAttrs;
  count = 3000;
  stdenv = derivation {
    name = "stdenv";
    system = "x86_64-linux";
    builder = "/bin/sh";
    setup = ./derivations.nix;
  };
  output = name: package: if package ? ${name} then package.${name} else package;
  mkDerivation =
    { pname, version, buildInputs ? [ ], nativeBuildInputs ? [ ], outputs ? [ "out" ], passthru ? { }, ... }@attrs:
    let
      drv = derivation (
        removeAttrs attrs [ "passthru" "meta" "pname" ]
        // {
          name = "${pname}-${version}";
          system = "x86_64-linux";
          builder = "/bin/sh";
          args = [ "-e" "${stdenv}/default-builder.sh" ];
          inherit stdenv outputs;
          buildInputs = map (output "dev") buildInputs;
          nativeBuildInputs = map (output "bin") nativeBuildInputs;
          depsBuildBuild = [ ];
          depsBuildTarget = [ ];
          depsHostHost = [ ];
          depsTargetTarget = [ ];
          propagatedBuildInputs = [ ];
          propagatedNativeBuildInputs = [ ];
          configureFlags = [ "--prefix=/usr" "--disable-static" "--enable-shared" ];
          cmakeFlags = "-DCMAKE_BUILD_TYPE=Release";
          mesonFlags = "";
          patches = [ ];
          strictDeps = true;
          doCheck = false;
          doInstallCheck = null;
          enableParallelBuilding = true;
          NIX_CFLAGS_COMPILE = concatStringsSep " " (map (package: "-isystem ${output "dev" package}/include") buildInputs);
        }
      );
    in
    drv // { inherit pname version passthru; meta = attrs.meta or { }; };
  packages = genList (
    n:
    let
      # Inputs among the packages before, some near and some far.
      inputs = map (elemAt packages) (filter (at: at >= 0 && at < n) [ (n - 1) (n - 3) (n - 7) (n / 2) (n / 3) (n / 5) (n / 9) ]);
    in
    mkDerivation {
      pname = "package${toString n}";
      version = "1.${toString n}";
      outputs = if n - n / 4 * 4 == 0 then [ "out" "dev" "bin" ] else [ "out" ];
      src = "/nix/store/00000000000000000000000000000000-source-${toString n}";
      buildInputs = inputs;
      nativeBuildInputs = filter (package: package ? bin) inputs;
      preConfigure = ''
        export HOME=$TMPDIR
        substituteInPlace Makefile --replace "/usr/bin/env" "${stdenv}/bin/env"
      '';
      installPhase = ''
        runHook preInstall
        install -Dm755 build/package${toString n} $out/bin/package${toString n}
        for each in ${toString inputs}; do
          ln -s "$each" $out/lib/
        done
        runHook postInstall
      '';
      meta = {
        description = "The package ${toString n}";
      };
    }
  ) count;
in
map (package: package.drvPath) packages

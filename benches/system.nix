# The shape of a NixOS system: a package set with overlays, `callPackage` and overrides; modules with nested options,
# submodules, conditions and priorities; units and files that depend on both; one derivation of everything.
let
  inherit (builtins)
    attrNames attrValues concatLists concatStringsSep elem elemAt filter foldl' functionArgs genList getAttr hasAttr head
    intersectAttrs isAttrs isBool isFunction isInt isList isString length listToAttrs map mapAttrs removeAttrs toString
    zipAttrsWith;

  lib = rec {
    id = x: x;
    flip = f: a: b: f b a;
    fix = f: let x = f x; in x;
    extends = overlay: f: final: let prev = f final; in prev // overlay final prev;
    foldr = op: nul: list:
      let
        len = length list;
        fold' = n: if n == len then nul else op (elemAt list n) (fold' (n + 1));
      in
      fold' 0;
    composeManyExtensions = foldr (f: g: final: prev: let fApplied = f final prev; in fApplied // g final (prev // fApplied)) (_: _: { });
    nameValuePair = name: value: { inherit name value; };
    optional = cond: value: if cond then [ value ] else [ ];
    optionals = cond: list: if cond then list else [ ];
    optionalString = cond: text: if cond then text else "";
    optionalAttrs = cond: set: if cond then set else { };
    filterAttrs = pred: set: removeAttrs set (filter (name: !pred name set.${name}) (attrNames set));
    mapAttrsToList = f: set: map (name: f name set.${name}) (attrNames set);
    mapAttrs' = f: set: listToAttrs (mapAttrsToList f set);
    attrByPath = path: default: set:
      let
        attempt = n: s: if n == length path then s else if s ? ${elemAt path n} then attempt (n + 1) s.${elemAt path n} else default;
      in
      attempt 0 set;
    setAttrByPath = path: value:
      let
        at = n: if n == length path then value else { ${elemAt path n} = at (n + 1); };
      in
      at 0;
    unique = foldl' (acc: e: if elem e acc then acc else acc ++ [ e ]) [ ];
    last = list: elemAt list (length list - 1);
    showOption = concatStringsSep ".";
    concatMapStringsSep = sep: f: list: concatStringsSep sep (map f list);
    makeOverridable = f: origArgs:
      let
        result = f origArgs;
        overrideWith = newArgs: origArgs // (if isFunction newArgs then newArgs origArgs else newArgs);
      in
      if isAttrs result then
        result // {
          override = newArgs: makeOverridable f (overrideWith newArgs);
          overrideAttrs = fdrv: makeOverridable (args: (f args).overrideAttrs fdrv) origArgs;
        }
      else
        result;
    callPackageWith = autoArgs: fn: args:
      let
        f = if isFunction fn then fn else import fn;
        auto = intersectAttrs (functionArgs f) autoArgs;
      in
      makeOverridable f (auto // args);

    # --- options and definitions ---
    mkOption = { type ? types.unspecified, ... }@attrs: { _type = "option"; inherit type; } // attrs;
    mkEnableOption = name: mkOption { default = false; description = "Whether to enable ${name}."; type = types.bool; };
    mkIf = condition: content: { _type = "if"; inherit condition content; };
    mkMerge = contents: { _type = "merge"; inherit contents; };
    mkOverride = priority: content: { _type = "override"; inherit priority content; };
    mkDefault = mkOverride 1000;
    mkForce = mkOverride 50;
    mkOrder = priority: content: { _type = "order"; inherit priority content; };
    mkBefore = mkOrder 500;
    isType = type: x: (x._type or "") == type;

    mkOptionType = { name, check ? (_: true), merge ? mergeEqual, getSubModules ? null, description ? name }@args:
      { _type = "option-type"; inherit name check merge getSubModules description; };
    mergeOne = loc: defs:
      if length defs != 1 then throw "The option `${showOption loc}' is defined multiple times." else (head defs).value;
    mergeEqual = loc: defs:
      if defs == [ ] then abort "no definitions"
      else (foldl' (first: def: if def.value != first.value then throw "The option `${showOption loc}' has conflicting definitions, in `${first.file}' and `${def.file}'." else first) (head defs) defs).value;
    types = rec {
      unspecified = mkOptionType { name = "unspecified"; merge = mergeOne; };
      anything = mkOptionType { name = "anything"; merge = loc: defs: (last defs).value; };
      bool = mkOptionType { name = "bool"; check = isBool; };
      int = mkOptionType { name = "int"; check = isInt; };
      port = mkOptionType { name = "port"; check = x: isInt x && x >= 0 && x <= 65535; };
      str = mkOptionType { name = "str"; check = isString; };
      lines = mkOptionType { name = "lines"; check = isString; merge = loc: defs: concatStringsSep "\n" (map (def: def.value) defs); };
      package = mkOptionType { name = "package"; check = x: isAttrs x && x.type or "" == "derivation"; merge = mergeOne; };
      enum = values: mkOptionType { name = "enum"; check = value: elem value values; description = "one of ${concatMapStringsSep ", " toString values}"; };
      nullOr = inner: mkOptionType {
        name = "nullOr";
        check = x: x == null || inner.check x;
        merge = loc: defs: if builtins.all (def: def.value == null) defs then null else inner.merge loc (filter (def: def.value != null) defs);
        getSubModules = inner.getSubModules;
      };
      listOf = inner: mkOptionType {
        name = "listOf";
        check = isList;
        merge = loc: defs: concatLists (genList (n:
          let def = elemAt defs n; in
          genList (m: (mergeDefinitions (loc ++ [ "[definition ${toString (n + 1)}-entry ${toString (m + 1)}]" ]) inner [ { inherit (def) file; value = elemAt def.value m; } ]).mergedValue) (length def.value)) (length defs));
      };
      attrsOf = inner: mkOptionType {
        name = "attrsOf";
        check = isAttrs;
        merge = loc: defs: mapAttrs (name: value: value.mergedValue) (filterAttrs (name: value: value.isDefined) (zipAttrsWith (name: defs: mergeDefinitions (loc ++ [ name ]) inner defs) (map (def: mapAttrs (name: value: { inherit (def) file; inherit value; }) def.value) defs)));
      };
      submodule = modules: mkOptionType {
        name = "submodule";
        check = x: isAttrs x || isFunction x;
        merge = loc: defs: (evalModules {
          prefix = loc;
          specialArgs = { name = last loc; };
          modules = (if isList modules then modules else [ modules ]) ++ map (def: { _file = def.file; imports = optional (isFunction def.value) def.value; config = if isFunction def.value then { } else def.value; }) defs;
        }).visible;
        getSubModules = modules;
      };
    };

    discharge = def:
      if isType "merge" def then concatLists (map discharge def.contents)
      else if isType "if" def then (if isBool def.condition then (if def.condition then discharge def.content else [ ]) else throw "mkIf called with a non-Boolean condition")
      else [ def ];
    filterOverrides = defs:
      let
        getPrio = def: if isType "override" def.value then def.value.priority else 100;
        highest = foldl' (prio: def: if getPrio def < prio then getPrio def else prio) 9999 defs;
        strip = def: if isType "override" def.value then def // { value = def.value.content; } else def;
      in
      { values = concatLists (map (def: if getPrio def == highest then [ (strip def) ] else [ ]) defs); inherit highest; };
    sortProperties = defs:
      let
        strip = def: if isType "order" def.value then def // { value = def.value.content; inherit (def.value) priority; } else def;
        compare = a: b: (a.priority or 1000) < (b.priority or 1000);
      in
      builtins.sort compare (map strip defs);
    mergeDefinitions = loc: type: defs: rec {
      defsFinal' =
        let
          normalised = concatLists (map (m: map (value: { inherit (m) file; inherit value; }) (discharge m.value)) defs);
          overridden = filterOverrides normalised;
          sorted = if builtins.any (def: isType "order" def.value) overridden.values then sortProperties overridden.values else overridden.values;
        in
        { values = sorted; inherit (overridden) highest; };
      defsFinal = defsFinal'.values;
      mergedValue =
        if isDefined then
          if builtins.all (def: type.check def.value) defsFinal then type.merge loc defsFinal
          else throw "A definition for option `${showOption loc}' is not of type `${type.description}'. Definition values: ${concatMapStringsSep ", " (def: def.file) defsFinal}"
        else throw "The option `${showOption loc}' is used but not defined.";
      isDefined = defsFinal != [ ];
      optionalValue = if isDefined then { value = mergedValue; } else { };
    };
    evalOptionValue = loc: opt: defs:
      let
        defs' = optional (opt ? default) { file = head opt.declarations; value = mkOverride 1500 opt.default; } ++ defs;
        res = if opt.readOnly or false && length defs' > 1 then throw "The option `${showOption loc}' is read-only." else mergeDefinitions loc opt.type defs';
        value = if opt ? apply then opt.apply res.mergedValue else res.mergedValue;
      in
      opt // { inherit value loc; inherit (res.defsFinal') highest; definitions = map (def: def.value) res.defsFinal; files = map (def: def.file) res.defsFinal; inherit (res) isDefined; };
    pushDown = cfg:
      if isType "merge" cfg then concatLists (map pushDown cfg.contents)
      else if isType "if" cfg then map (mapAttrs (name: value: mkIf cfg.condition value)) (pushDown cfg.content)
      else if isType "override" cfg then map (mapAttrs (name: value: mkOverride cfg.priority value)) (pushDown cfg.content)
      else [ cfg ];
    mergeModules = prefix: options: configs:
      let
        declsByName = zipAttrsWith (name: decls: decls) (concatLists (map (module: [ (mapAttrs (name: option: { inherit (module) _file; options = option; }) module.options) ]) options));
        defnsByName = zipAttrsWith (name: concatLists) (map (module: mapAttrs (name: map (value: { inherit (module) _file; config = value; })) (zipAttrsWith (name: values: values) (pushDown module.config))) configs);
        matched = mapAttrs (name: decls:
          let
            loc = prefix ++ [ name ];
            defns = defnsByName.${name} or [ ];
            optionDecls = filter (m: isType "option" m.options) decls;
          in
          if length optionDecls == length decls then
            let opt = foldl' (res: decl: decl.options // res // { declarations = res.declarations ++ [ decl._file ]; }) { declarations = [ ]; } decls; in
            { option = evalOptionValue loc opt (map (def: { file = def._file; value = def.config; }) defns); unmatched = [ ]; }
          else if optionDecls != [ ] then throw "The option `${showOption loc}' is a prefix of options."
          else
            let inner = mergeModules loc (map (m: { inherit (m) _file options; }) decls) (map (m: { inherit (m) _file config; }) defns); in
            { option = inner.options; unmatched = inner.unmatched; inherit (inner) config; isSet = true; }) declsByName;
      in
      {
        options = mapAttrs (name: m: m.option) matched;
        config = mapAttrs (name: m: if m.isSet or false then m.config else m.option.value) matched;
        unmatched = concatLists (mapAttrsToList (name: m: m.unmatched) matched) ++ concatLists (mapAttrsToList (name: defs: if declsByName ? ${name} then [ ] else map (def: { inherit (def) _file; path = prefix ++ [ name ]; }) defs) defnsByName);
      };
    unify = args: key: module:
      let
        file = module._file or key;
        m = if isFunction module then applyModule module args else module;
      in
      if m ? config || m ? options then { _file = m._file or file; inherit key; imports = m.imports or [ ]; options = m.options or { }; config = mkMerge ([ (m.config or { }) ] ++ optional (m ? meta) { meta = m.meta; }); }
      else { _file = m._file or file; inherit key; imports = m.imports or [ ]; options = { }; config = removeAttrs m [ "imports" "_file" "key" ]; };
    applyModule = f: args:
      let
        context = name: "while evaluating the module argument `${name}':";
        extra = mapAttrs (name: _: builtins.addErrorContext (context name) (args.${name} or args.config._module.args.${name})) (functionArgs f);
      in
      f (args // extra);
    collect = args: parent: modules:
      concatLists (genList (n:
        let
          module = elemAt modules n;
          loaded = unify args "${parent}:anon-${toString n}" module;
        in
        [ { key = module.key or loaded.key; module = loaded; modules = loaded.imports; } ]) (length modules));
    evalModules = { modules, prefix ? [ ], specialArgs ? { } }:
      let
        internal = {
          _file = "internal";
          key = "internal";
          options._module.args = mkOption { type = types.attrsOf types.anything; default = { }; };
          options._module.check = mkOption { type = types.bool; default = true; };
          config._module.args = { inherit options; };
        };
        args = { inherit config options lib; } // specialArgs;
        all = map (x: x.module) (builtins.genericClosure {
          startSet = collect args "" (modules ++ [ internal ]);
          operator = x: collect args x.key x.modules;
        });
        merged = mergeModules prefix all all;
        options = merged.options;
        config =
          if merged.config._module.check && merged.unmatched != [ ] then throw "The option `${showOption (head merged.unmatched).path}' does not exist."
          else merged.config;
      in
      { inherit options config; visible = removeAttrs config [ "_module" ]; };
  };

  # --- packages ---
  stdenvFor = final: rec {
    shell = "/bin/sh";
    mkDerivation = fnOrAttrs:
      let
        attrs = if isFunction fnOrAttrs then lib.fix fnOrAttrs else fnOrAttrs;
        inherit (lib) optional optionals;
        dependencies = map (dep: if dep == null then null else dep) (attrs.buildInputs or [ ] ++ optionals (attrs.doCheck or false) (attrs.checkInputs or [ ]));
        drvArgs = removeAttrs attrs [ "meta" "passthru" "pname" "version" "checkInputs" ] // {
          name = attrs.name or "${attrs.pname}-${attrs.version}";
          system = "x86_64-linux";
          builder = shell;
          args = [ "-e" (attrs.builder or "default-builder.sh") ];
          buildInputs = dependencies;
          nativeBuildInputs = attrs.nativeBuildInputs or [ ];
          outputs = attrs.outputs or [ "out" ];
          configureFlags = attrs.configureFlags or [ ] ++ optional (attrs ? enableShared) "--enable-shared";
          strictDeps = attrs.strictDeps or false;
        };
        drv = derivation drvArgs;
      in
      drv // {
        meta = { description = ""; available = true; } // attrs.meta or { };
        passthru = attrs.passthru or { };
        overrideAttrs = f: mkDerivation (attrs // (f attrs));
      } // attrs.passthru or { };
  };
  count = 300;
  basePackages = final:
    let
      callPackage = lib.callPackageWith final;
      number = n: "p${toString n}";
      definition = n: { stdenv, lib, doc ? false, ... }: stdenv.mkDerivation (finalAttrs: {
        pname = number n;
        version = "1.${toString n}";
        src = "/src/${number n}-${finalAttrs.version}.tar.gz";
        buildInputs = map (k: final.${number k}) (filter (k: k < n) [ (n / 2) (n / 3) (n / 5) ]);
        configureFlags = [ "--prefix=${placeholder "out"}" (lib.optionalString (n > 10) "--with-x") "--n=${toString n}" ];
        outputs = if n - n / 5 * 5 == 0 then [ "out" "dev" ] else [ "out" ];
        meta = { description = "Package ${number n}"; license = { shortName = "mit"; free = true; }; platforms = [ "x86_64-linux" ]; };
        passthru.tests = { simple = "none"; };
      });
    in
    listToAttrs (genList (n: lib.nameValuePair (number n) (callPackage (definition n) { })) count) // {
      stdenv = stdenvFor final;
      inherit lib callPackage;
      writeText = name: text: derivation { inherit name text; system = "x86_64-linux"; builder = "/bin/sh"; passAsFile = [ "text" ]; args = [ "-c" "cp $textPath $out" ]; };
    };
  overlays = [
    (final: prev: { p5 = prev.p5.overrideAttrs (old: { patches = [ "fix.patch" ]; }); })
    (final: prev: { p9 = prev.p9.override { lib = prev.lib; }; tool = final.p20; })
    (final: prev: { p30 = prev.p30.overrideAttrs (old: { configureFlags = old.configureFlags ++ [ "--more" ]; }); })
  ];
  pkgs = lib.fix (lib.extends (lib.composeManyExtensions overlays) basePackages);

  # --- modules ---
  base = { config, lib, pkgs, ... }:
    with lib;
    let
      cfg = config.system;
      unitText = name: unit: ''
        [Unit]
        Description=${unit.description}
        ${concatMapStringsSep "\n" (dep: "After=${dep}") unit.after}
        [Service]
        ${concatStringsSep "\n" (mapAttrsToList (key: value: "Environment=\"${key}=${toString value}\"") unit.environment)}
        ${optionalString (unit.path != [ ]) "Path=${concatMapStringsSep ":" (p: "${p}/bin") unit.path}"}
        ExecStart=${unit.script}
      '';
      unitOptions = { name, config, ... }: {
        options = {
          enable = mkOption { type = types.bool; default = true; description = "Whether to enable the unit."; };
          description = mkOption { type = types.str; default = ""; };
          after = mkOption { type = types.listOf types.str; default = [ ]; };
          wantedBy = mkOption { type = types.listOf types.str; default = [ ]; };
          environment = mkOption { type = types.attrsOf (types.nullOr types.anything); default = { }; };
          path = mkOption { type = types.listOf types.package; default = [ ]; };
          script = mkOption { type = types.lines; default = ""; };
          restart = mkOption { type = types.enum [ "no" "always" "on-failure" ]; default = "no"; };
          limits = mkOption { type = types.nullOr types.int; default = null; };
          text = mkOption { type = types.nullOr types.str; default = null; };
        };
        config.text = mkDefault (unitText name config);
      };
      fileOptions = { name, config, ... }: {
        options = {
          enable = mkOption { type = types.bool; default = true; };
          target = mkOption { type = types.str; };
          text = mkOption { type = types.nullOr types.lines; default = null; };
          source = mkOption { type = types.anything; };
          mode = mkOption { type = types.str; default = "symlink"; };
        };
        config = {
          target = mkDefault name;
          source = mkIf (config.text != null) (mkDefault (pkgs.writeText "etc-${baseNameOf name}" config.text));
        };
      };
    in
    {
      options = {
        systemd.services = mkOption { type = types.attrsOf (types.submodule unitOptions); default = { }; };
        environment.etc = mkOption { type = types.attrsOf (types.submodule fileOptions); default = { }; };
        environment.systemPackages = mkOption { type = types.listOf types.package; default = [ ]; };
        users.users = mkOption { default = { }; type = types.attrsOf (types.submodule ({ name, config, ... }: {
          options = {
            name = mkOption { type = types.str; };
            uid = mkOption { type = types.nullOr types.int; default = null; };
            group = mkOption { type = types.str; default = "nogroup"; };
            home = mkOption { type = types.str; default = "/var/empty"; };
            isSystemUser = mkOption { type = types.bool; default = false; };
            extraGroups = mkOption { type = types.listOf types.str; default = [ ]; };
          };
          config.name = mkDefault name;
        })); };
        networking.firewall.allowedPorts = mkOption { type = types.listOf types.port; default = [ ]; apply = ports: builtins.sort (a: b: a < b) (unique ports); };
        assertions = mkOption { type = types.listOf types.anything; default = [ ]; };
        system.path = mkOption { type = types.package; };
        system.build = mkOption { type = types.attrsOf types.anything; default = { }; };
      };
      config = {
        system.path = pkgs.stdenv.mkDerivation { name = "system-path"; paths = config.environment.systemPackages; };
        environment.etc = mapAttrs' (name: unit: nameValuePair "systemd/system/${name}.service" { inherit (unit) text; }) (filterAttrs (name: unit: unit.enable) config.systemd.services);
        system.build.toplevel =
          let failed = map (x: x.message) (filter (x: !x.assertion) config.assertions); in
          if failed != [ ] then throw "Failed assertions: ${concatStringsSep ", " failed}" else
          pkgs.stdenv.mkDerivation {
            name = "system";
            inherit (cfg) path;
            etc = mapAttrsToList (name: file: "${file.source} ${file.target} ${file.mode}") (filterAttrs (name: file: file.enable) config.environment.etc);
            users = builtins.toJSON (attrValues config.users.users);
            ports = map toString config.networking.firewall.allowedPorts;
          };
      };
    };
  service = n: { config, lib, pkgs, ... }:
    with lib;
    let
      name = "service${toString n}";
      cfg = config.services.${name};
      package = pkgs."p${toString (n - n / count * count)}";
      stateDir = "/var/lib/${name}";
    in
    {
      options.services.${name} = {
        enable = mkEnableOption name;
        package = mkOption { type = types.package; default = package; description = "Package of ${name}."; };
        port = mkOption { type = types.port; default = 1000 + n; };
        user = mkOption { type = types.str; default = name; };
        dataDir = mkOption { type = types.str; default = stateDir; };
        logLevel = mkOption { type = types.enum [ "debug" "info" "error" ]; default = "info"; };
        openFirewall = mkOption { type = types.bool; default = false; };
        extraConfig = mkOption { type = types.lines; default = ""; };
        settings = mkOption { type = types.attrsOf types.anything; default = { }; };
        hosts = mkOption { default = { }; type = types.attrsOf (types.submodule ({ name, ... }: {
          options = {
            root = mkOption { type = types.nullOr types.str; default = null; };
            port = mkOption { type = types.port; default = 80; };
            aliases = mkOption { type = types.listOf types.str; default = [ ]; };
            serverName = mkOption { type = types.str; default = name; };
          };
        })); };
      };
      config = mkMerge [
        (mkIf cfg.enable {
          systemd.services.${name} = {
            description = "The daemon ${name}";
            after = [ "network.target" ] ++ optional (n > 0) "service${toString (n - 1)}.service";
            wantedBy = mkBefore [ "multi-user.target" ];
            environment = { HOME = cfg.dataDir; LEVEL = cfg.logLevel; };
            path = [ cfg.package pkgs.tool ];
            script = ''
              exec ${cfg.package}/bin/${name} --port ${toString cfg.port} --config /etc/${name}.conf
            '';
            restart = mkDefault "always";
          };
          users.users.${cfg.user} = { uid = 1000 + n; home = mkForce cfg.dataDir; isSystemUser = true; extraGroups = [ "wheel" ]; };
          environment.systemPackages = [ cfg.package ];
          environment.etc."${name}.conf".text = ''
            port = ${toString cfg.port}
            ${cfg.extraConfig}
            ${concatStringsSep "\n" (mapAttrsToList (key: value: "${key} = ${toString value}") cfg.settings)}
            ${concatStringsSep "\n" (mapAttrsToList (host: vhost: "host ${vhost.serverName} ${toString vhost.port} ${concatStringsSep "," vhost.aliases}") cfg.hosts)}
          '';
          assertions = [ { assertion = cfg.port != 22; message = "port 22 is taken"; } ];
        })
        (mkIf (cfg.enable && cfg.openFirewall) { networking.firewall.allowedPorts = [ cfg.port ]; })
        { services.${name}.settings.level = mkDefault cfg.logLevel; }
      ];
    };
  user = { lib, ... }: {
    services = listToAttrs (genList (k:
      let n = k * 3; in
      lib.nameValuePair "service${toString n}" {
        enable = true;
        openFirewall = n - n / 2 * 2 == 0;
        settings = { threads = n; mode = lib.mkForce "fast"; };
        extraConfig = lib.mkIf (n > 5) "extra = ${toString n}";
        hosts = { "a${toString n}.example.org" = { port = 8000 + n; aliases = [ "www" ]; }; "b${toString n}.example.org" = { }; };
      }) 60);
  };
  system = extra: lib.evalModules { specialArgs = { inherit pkgs; }; modules = [ base user extra ] ++ genList service 180; };
in
map (n: (system { environment.etc.number.text = toString n; }).config.system.build.toplevel.drvPath) (genList lib.id 3)

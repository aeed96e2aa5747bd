# The library: what the modules here and the guest module of Launchnix use.
let
  inherit (builtins)
    attrNames
    concatLists
    concatStringsSep
    elem
    elemAt
    filter
    foldl'
    genList
    isAttrs
    isFunction
    isList
    isString
    length
    map
    ;

  lib = rec {
    inherit (builtins)
      attrNames
      attrValues
      concatLists
      concatMap
      concatStringsSep
      elem
      elemAt
      filter
      foldl'
      functionArgs
      genList
      hasAttr
      head
      isAttrs
      isBool
      isFunction
      isInt
      isList
      isString
      length
      listToAttrs
      map
      mapAttrs
      tail
      toJSON
      ;

    trivial = {
      release = "26.05";
    };
    version = "26.05stand-in";
    wording = import ./wording.nix;

    id = x: x;
    const = x: _: x;
    optional = yes: x: if yes then [ x ] else [ ];
    optionals = yes: xs: if yes then xs else [ ];
    optionalAttrs = yes: set: if yes then set else { };
    optionalString = yes: text: if yes then text else "";
    concatMapStrings = f: xs: concatStringsSep "" (map f xs);
    concatMapStringsSep =
      between: f: xs:
      concatStringsSep between (map f xs);
    versionAtLeast = version: least: builtins.compareVersions version least >= 0;
    nameValuePair = name: value: { inherit name value; };
    mapAttrs' = f: set: builtins.listToAttrs (map (name: f name set.${name}) (attrNames set));
    mapAttrsToList = f: set: map (name: f name set.${name}) (attrNames set);
    filterAttrs =
      keep: set:
      builtins.listToAttrs (
        concatLists (
          map (name: if keep name set.${name} then [ (nameValuePair name set.${name}) ] else [ ]) (attrNames set)
        )
      );
    unique = foldl' (seen: x: if elem x seen then seen else seen ++ [ x ]) [ ];
    last = xs: elemAt xs (length xs - 1);
    range = from: to: if from > to then [ ] else genList (n: from + n) (to - from + 1);
    isDerivation = x: isAttrs x && (x.type or null) == "derivation";
    showOption = concatStringsSep ".";
    getName = package: package.pname or (builtins.parseDrvName package.name).name;

    inherit (import ./modules.nix lib)
      evalModules
      mkAfter
      mkBefore
      mkDefault
      mkEnableOption
      mkForce
      mkIf
      mkMerge
      mkOption
      mkOrder
      mkOverride
      mkRemovedOptionModule
      mkRenamedOptionModule
      ;
    types = import ./types.nix lib;
    modules = { inherit (lib) evalModules mkRemovedOptionModule mkRenamedOptionModule; };
    options = { inherit (lib) mkOption mkEnableOption; };
  };
in
lib

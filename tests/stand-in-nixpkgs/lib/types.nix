# Types of options: what a value may be (`check`), and what several definitions come to (`merge`).
lib:
let
  inherit (builtins)
    all
    attrNames
    concatLists
    concatMap
    concatStringsSep
    elem
    genList
    head
    isAttrs
    isBool
    isFunction
    isInt
    isList
    isPath
    isString
    length
    map
    tail
    ;
  old = lib.wording == "2017";

  listed = lib.concatMapStrings (d: "\n- In `${d.file}': ${builtins.toJSON d.value}");
  files = definitions: concatStringsSep " and " (map (d: "`${d.file}'") definitions);

  # One value, or the same several times.
  same =
    loc: definitions:
    let
      first = (head definitions).value;
      name = lib.showOption loc;
    in
    if all (d: d.value == first) (tail definitions) then
      first
    else if old then
      throw "The option `${name}' has conflicting definitions, in ${files definitions}."
    else
      throw "The option `${name}' has conflicting definition values:${listed definitions}\nUse `lib.mkForce value` or `lib.mkDefault value` to change the priority on any of these definitions.";

  once =
    loc: definitions:
    if length definitions == 1 then
      (head definitions).value
    else if old then
      throw "The unique option `${lib.showOption loc}' is defined multiple times, in ${files definitions}."
    else
      throw "The option `${lib.showOption loc}' is defined multiple times while it's expected to be unique.\nDefinition values:${listed definitions}\nUse `lib.mkForce value` or `lib.mkDefault value` to change the priority on any of these definitions.";

  simple = description: check: {
    inherit description check;
    merge = same;
  };

  # What several definitions of a part come to, through an option of its own: messages name the part.
  merged =
    loc: type: definitions:
    let
      option = (
        lib.evalModules {
          prefix = genList (builtins.elemAt loc) (length loc - 1);
          modules = map (d: {
            _file = d.file;
            config.${lib.last loc} = d.value;
          }) definitions
          ++ [ { options.${lib.last loc} = lib.mkOption { inherit type; }; } ];
        }
      ).options;
    in
    option.${lib.last loc};
  value =
    loc: type: definitions:
    (merged loc type definitions).value;

  types = rec {
    unspecified = simple "unspecified value" (_: true);
    raw = simple "raw value" (_: true) // { merge = once; };
    anything = unspecified;
    bool = simple "boolean" isBool // { oldDescription = "a Boolean"; };
    int = simple "signed integer" isInt // { name = "int"; oldDescription = "an integer"; };
    str = simple "string" isString // { name = "str"; oldDescription = "a string"; };
    path = simple "absolute path" (x: isPath x || isString x && builtins.substring 0 1 x == "/" || lib.isDerivation x);
    package = simple "package" lib.isDerivation // { merge = once; };
    port = ints.between 0 65535 // { description = "16 bit unsigned integer; between 0 and 65535 (both inclusive)"; };
    ints.between = low: high: simple "integer between ${toString low} and ${toString high} (both inclusive)" (x: isInt x && low <= x && x <= high);
    ints.unsigned = simple "unsigned integer, meaning >=0" (x: isInt x && x >= 0);
    ints.positive = simple "positive integer, meaning >0" (x: isInt x && x > 0);
    attrs = {
      description = "attribute set";
      check = isAttrs;
      empty = { };
      merge = _: definitions: builtins.foldl' (all: d: all // d.value) { } definitions;
    };
    lines = {
      description = "strings concatenated with \"\\n\"";
      check = isString;
      merge = _: definitions: concatStringsSep "\n" (map (d: d.value) definitions);
    };
    enum = values: simple "one of ${concatStringsSep ", " (map builtins.toJSON values)}" (x: elem x values);
    nullOr = type: {
      name = "nullOr";
      nestedTypes.elemType = type;
      description = "null or ${type.description}";
      check = x: x == null || type.check x;
      merge =
        loc: definitions:
        if all (d: d.value == null) definitions then null else type.merge loc definitions;
      getSubOptions = type.getSubOptions or (_: { });
    };
    either = one: other: {
      name = "either";
      nestedTypes = {
        left = one;
        right = other;
      };
      description = "${one.description} or ${other.description}";
      check = x: one.check x || other.check x;
      merge =
        loc: definitions:
        if all (d: one.check d.value) definitions then one.merge loc definitions else other.merge loc definitions;
    };
    listOf = type: {
      name = "listOf";
      # Before types had names for those that they are made of, there was this one.
      ${if old then "functor" else "nestedTypes"} = if old then { wrapped = type; } else { elemType = type; };
      description = "list of ${type.description}";
      check = isList;
      empty = [ ];
      merge =
        loc: definitions:
        concatLists (
          genList (
            n:
            let
              d = builtins.elemAt definitions n;
            in
            genList (
              m:
              value (loc ++ [ "[definition ${toString (n + 1)}-entry ${toString (m + 1)}]" ]) type [
                {
                  inherit (d) file;
                  value = builtins.elemAt d.value m;
                }
              ]
            ) (length d.value)
          ) (length definitions)
        );
      getSubOptions = prefix: (type.getSubOptions or (_: { })) (prefix ++ [ "*" ]);
      nested = type;
    };
    attrsOf = type: {
      name = "attrsOf";
      nestedTypes.elemType = type;
      description = "attribute set of ${type.description}";
      check = isAttrs;
      empty = { };
      merge =
        loc: definitions:
        let
          names = lib.unique (concatMap (d: attrNames d.value) definitions);
          defined =
            name:
            map (d: {
              inherit (d) file;
              value = d.value.${name};
            }) (builtins.filter (d: d.value ? ${name}) definitions);
          options = builtins.listToAttrs (map (name: lib.nameValuePair name (merged (loc ++ [ name ]) type (defined name))) names);
        in
        builtins.mapAttrs (_: o: o.value) (lib.filterAttrs (_: o: o.isDefined) options);
      getSubOptions = prefix: (type.getSubOptions or (_: { })) (prefix ++ [ "<name>" ]);
      nested = type;
    };
    lazyAttrsOf = type: attrsOf type // {
      merge =
        loc: definitions:
        builtins.mapAttrs (
          name: _:
          value (loc ++ [ name ]) type (
            map (d: {
              inherit (d) file;
              value = d.value.${name};
            }) (builtins.filter (d: d.value ? ${name}) definitions)
          )
        ) (builtins.foldl' (names: d: names // d.value) { } definitions);
    };
    submodule =
      module:
      let
        evaluated =
          loc: more:
          lib.evalModules {
            prefix = loc;
            specialArgs.name = lib.last loc;
            modules = [ module ] ++ more;
          };
      in
      {
        name = "submodule";
        description = "submodule";
        check = x: isAttrs x || isFunction x || isPath x;
        empty = { };
        merge =
          loc: definitions:
          (evaluated loc (
            map (
              d:
              if isAttrs d.value then
                {
                  _file = d.file;
                  config = d.value;
                }
              else
                d.value
            ) definitions
          )).config;
        getSubOptions = prefix: builtins.removeAttrs (evaluated prefix [ ]).options [ "_module" ];
      };
  };
in
types

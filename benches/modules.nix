# A small module system: options with types and defaults, definitions with priorities, a fixed point.
# 20 modules of 50 options each, evaluated 30 times.
let
  range = count: builtins.genList (n: n) count;
  mkOption = default: type: { _type = "option"; inherit default type; };
  mkForce = value: { _type = "override"; priority = 50; inherit value; };
  types = {
    int = { name = "int"; check = builtins.isInt; merge = values: builtins.head values; };
    list = { name = "list"; check = builtins.isList; merge = builtins.concatLists; };
    str = { name = "str"; check = builtins.isString; merge = builtins.concatStringsSep " "; };
  };
  module = index: { config, ... }: {
    options = builtins.listToAttrs (
      map (n: {
        name = "m${toString index}-o${toString n}";
        value =
          if n - n / 3 * 3 == 0 then mkOption n types.int
          else if n - n / 3 * 3 == 1 then mkOption [ ] types.list
          else mkOption "" types.str;
      }) (range 50)
    );
    config = {
      "m${toString index}-o0" = mkForce (index + 1);
      "m${toString index}-o1" = [ index ];
      "m0-o4" = [ config."m${toString index}-o0" ];
      "m0-o5" = "from-${toString index}";
    };
  };
  evalModules = modules:
    let
      evaluated = map (m: m { inherit config; }) modules;
      options = builtins.foldl' (all: m: all // m.options) { } evaluated;
      definitions = builtins.zipAttrsWith (_: values: values) (map (m: m.config) evaluated);
      priority = value: if builtins.isAttrs value && value._type or "" == "override" then value.priority else 100;
      strip = value: if builtins.isAttrs value && value._type or "" == "override" then value.value else value;
      config = builtins.mapAttrs (
        name: option:
        let
          all = definitions.${name} or [ ];
          highest = builtins.foldl' (best: value: if priority value < best then priority value else best) 1000 all;
          wanted = map strip (builtins.filter (value: priority value == highest) all);
          checked = map (value: if option.type.check value then value else throw "${name}: not ${option.type.name}") wanted;
        in
        if all == [ ] then option.default else option.type.merge checked
      ) options;
    in
    config;
  instance = n: evalModules (map module (range 20) ++ [ (_: { options = { }; config."m1-o8" = "instance-${toString n}"; }) ]);
in
map (n: builtins.stringLength (builtins.toJSON (instance n))) (range 30)

# A module system: declarations and definitions of options, from modules that may import others.
#
# Definitions are first spread over the tree of options (`below`), then each option takes what was defined for it
# (`taken`): conditions are resolved, the strongest priority wins, the type merges the rest.
lib:
let
  inherit (builtins)
    addErrorContext
    attrNames
    concatLists
    concatMap
    concatStringsSep
    elem
    filter
    foldl'
    functionArgs
    head
    isAttrs
    isFunction
    isList
    isPath
    isString
    length
    listToAttrs
    map
    mapAttrs
    sort
    tail
    ;
  old = lib.wording == "2017";

  tagged = tag: rest: { _type = tag; } // rest;
  hasTag = tag: x: isAttrs x && (x._type or null) == tag;

  # Shows a value in a message.
  shown =
    x:
    if isAttrs x then
      (if lib.isDerivation x then "<derivation ${x.name}>" else "{ ... }")
    else if isList x then
      "[ ${concatStringsSep " " (map shown x)} ]"
    else if isFunction x then
      "<function>"
    else
      builtins.toJSON x;
  listed = definitions: lib.concatMapStrings (d: "\n- In `${d.file}': ${shown d.value}") definitions;
  files = definitions: concatStringsSep " and " (map (d: "`${d.file}'") definitions);

  # --- modules -------------------------------------------------------------------------------------------------------

  structural = [
    "_file"
    "_class"
    "key"
    "imports"
    "disabledModules"
    "options"
    "config"
    "freeformType"
    "meta"
  ];

  normal =
    file: module:
    let
      where = module._file or file;
      explicit = module ? config || module ? options;
      stray = filter (name: !(elem name structural)) (attrNames module);
    in
    if !(isAttrs module) then
      throw "Expected a module, but found a value of type ${builtins.typeOf module}: ${shown module}, while trying to load a module into ${file}."
    else if explicit && stray != [ ] then
      throw "Module `${where}' has an unsupported attribute `${head stray}'. This is caused by introducing a top-level `config' or `options' attribute. Add configuration attributes immediately on the top level instead, or move all of them (namely: ${concatStringsSep " " stray}) into the explicit `config' attribute."
    else
      {
        file = where;
        imports = module.imports or [ ];
        options = module.options or { };
        config =
          if explicit then module.config or { } else builtins.removeAttrs module structural;
        freeform = module.freeformType or null;
      };

  # --- definitions ---------------------------------------------------------------------------------------------------

  # A definition of a set, as definitions of its attributes: `{ file; value; }` with a plain set each.
  spread =
    prefix: definition:
    let
      again = value: spread prefix (definition // { inherit value; });
      inherit (definition) value;
    in
    if hasTag "merge" value then
      concatMap again value.contents
    else if hasTag "if" value then
      map (d: d // { value = mapAttrs (_: mkIf value.condition) d.value; }) (again value.content)
    else if hasTag "override" value then
      map (d: d // { value = mapAttrs (_: mkOverride value.priority) d.value; }) (again value.content)
    else if isAttrs value || old then
      [ definition ]
    else
      throw "In module `${definition.file}', you're trying to define a value of type `${builtins.typeOf value}'\nrather than an attribute set for the option\n`${lib.showOption prefix}'!\n\nA set belongs here.\n";

  # What applies of a definition: `{ file; value; priority; order; }`.
  applied =
    definition:
    let
      again = more: value: map (d: d // more d) (applied (definition // { inherit value; }));
      inherit (definition) value;
    in
    if hasTag "merge" value then
      concatMap (again (_: { })) value.contents
    else if hasTag "if" value then
      if !(old || builtins.isBool value.condition) then
        throw "‘mkIf’ called with a non-Boolean condition"
      else if value.condition then
        again (_: { }) value.content
      else
        [ ]
    else if hasTag "override" value then
      again (_: { inherit (value) priority; }) value.content
    else if hasTag "order" value then
      again (_: { order = value.priority; }) value.content
    else
      [
        {
          inherit (definition) file;
          inherit value;
          priority = 100;
          order = 1000;
        }
      ];

  strongest =
    definitions:
    let
      best = foldl' (best: d: if d.priority < best then d.priority else best) 9999 definitions;
    in
    sort (a: b: a.order < b.order) (filter (d: d.priority == best) definitions);

  wrongType =
    name: type: definitions:
    if old then
      throw "The option value `${name}' in `${(head definitions).file}' is not ${type.oldDescription or "of type `${type.description}'"}."
    else
      throw "A definition for option `${name}' is not of type `${type.description}'. ${lib.optionalString (type ? nestedTypes) "TypeError: "}Definition values:${listed definitions}";

  option =
    loc: declarations: definitions:
    let
      name = lib.showOption loc;
      declared = foldl' (all: d: all // d.value) { } declarations;
      type = declared.type or lib.types.unspecified;
      default = lib.optional (declared ? default) {
        file = (head declarations).file;
        value = mkOverride 1500 declared.default;
      };
      own = concatMap applied definitions;
      taken = strongest (own ++ concatMap applied default);
      wrong = filter (d: !(type.check d.value)) taken;
      merged =
        if declared.readOnly or false && length own > (if declared ? default then 0 else 1) then
          throw "The option `${name}' is read-only, but it's set multiple times. Definition values:${listed own}"
        else if taken == [ ] then
          type.empty or (
            if old then
              throw "The option `${name}' is used but not defined."
            else
              throw "The option `${name}' was accessed but has no value defined. Try setting the option."
          )
        else if wrong != [ ] then
          wrongType name type wrong
        else
          type.merge loc taken;
    in
    declared
    // {
      _type = "option";
      inherit loc type;
      declarations = map (d: d.file) declarations;
      definitions = map (d: d.value) taken;
      files = map (d: d.file) taken;
      isDefined = taken != [ ];
      value = addErrorContext "while evaluating the option `${name}':" ((declared.apply or lib.id) merged);
    };

  # --- the tree ------------------------------------------------------------------------------------------------------

  # Options and what no option takes, from `{ file; value; }` lists of declarations and definitions.
  tree =
    prefix: declarations: definitions:
    let
      spreadOut = concatMap (spread prefix) definitions;
      names = lib.unique (concatMap (d: attrNames d.value) declarations);
      at = name: filter (d: d.value ? ${name});
      child = name: map (d: d // { value = d.value.${name}; });
      node =
        name:
        let
          here = child name (at name declarations);
          below = child name (at name spreadOut);
        in
        if builtins.any (d: hasTag "option" d.value) here then
          {
            result = option (prefix ++ [ name ]) here below;
            unmatched = [ ];
          }
        else
          tree (prefix ++ [ name ]) here below;
      nodes = listToAttrs (map (name: lib.nameValuePair name (node name)) names);
      strange = lib.unique (
        concatMap (d: filter (name: !(nodes ? ${name})) (attrNames d.value)) spreadOut
      );
    in
    {
      result = mapAttrs (_: n: n.result) nodes;
      unmatched =
        concatMap (name: nodes.${name}.unmatched) names
        ++ map (name: {
          loc = prefix ++ [ name ];
          definitions = child name (at name spreadOut);
        }) strange;
    };

  values = mapAttrs (_: o: if hasTag "option" o then o.value else values o);

  evalModules =
    {
      modules,
      specialArgs ? { },
      prefix ? [ ],
      check ? true,
    }:
    let
      arguments = {
        inherit lib options;
        config = all;
      }
      // specialArgs;

      call =
        file: function:
        let
          wanted = mapAttrs (
            name: _:
            addErrorContext "while evaluating the module argument `${name}' in \"${file}\":" (
              arguments.${name} or all._module.args.${name}
            )
          ) (functionArgs function);
        in
        function (arguments // wanted);

      load =
        file: module:
        let
          path = toString module;
          value = if isPath module || isString module then import module else module;
          where = if isPath module || isString module then path else file;
          read = normal where (if isFunction value then call where value else value);
        in
        [ (read // { key = if isPath module || isString module then path else null; }) ]
        ++ concatMap (load read.file) read.imports;

      loaded = concatMap (load "<unknown-file>") ([ internal ] ++ modules);
      once = foldl' (
        seen: m: if m.key != null && builtins.any (s: s.key == m.key) seen then seen else seen ++ [ m ]
      ) [ ] loaded;

      internal = {
        _file = "lib/modules.nix";
        options._module = {
          args = mkOption {
            type = lib.types.lazyAttrsOf lib.types.raw;
            default = { };
          };
          check = mkOption {
            type = lib.types.bool;
            default = check;
          };
          freeformType = mkOption {
            type = lib.types.raw;
            default = null;
          };
        };
        config._module.args = specialArgs;
      };

      parsed = tree prefix (map (m: {
        inherit (m) file;
        value = m.options;
      }) once) (map (m: {
        inherit (m) file;
        value = m.config;
      }) once);
      options = parsed.result;
      declared = values options;

      freeform = foldl' (found: m: if m.freeform != null then m.freeform else found) null once;
      loose = listToAttrs (
        map (
          u:
          let
            name = lib.last u.loc;
          in
          lib.nameValuePair name (freeform.nested.merge u.loc (strongest (concatMap applied u.definitions)))
        ) (filter (u: length u.loc == length prefix + 1) parsed.unmatched)
      );
      all = declared // lib.optionalAttrs (freeform != null) loose;

      first = head parsed.unmatched;
      missing =
        if old then
          throw "The option `${lib.showOption first.loc}' defined in `${(head first.definitions).file}' does not exist."
        else
          throw "The option `${lib.showOption first.loc}' does not exist. Definition values:${listed first.definitions}";
      checked =
        if declared._module.check && freeform == null && parsed.unmatched != [ ] then missing else all;
    in
    {
      inherit options;
      config = builtins.removeAttrs checked [ "_module" ];
      _module = all._module;
    };

  # --- what modules are written with ---------------------------------------------------------------------------------

  mkOption = tagged "option";
  mkEnableOption =
    what:
    mkOption {
      type = lib.types.bool;
      default = false;
      description = "Whether to enable ${what}.";
    };
  mkIf = condition: content: tagged "if" { inherit condition content; };
  mkMerge = contents: tagged "merge" { inherit contents; };
  mkOverride = priority: content: tagged "override" { inherit priority content; };
  mkDefault = mkOverride 1000;
  mkForce = mkOverride 50;
  mkOrder = priority: content: tagged "order" { inherit priority content; };
  mkBefore = mkOrder 500;
  mkAfter = mkOrder 1500;

  nested =
    path: value:
    if path == [ ] then value else { ${head path} = nested (tail path) value; };
  get = path: set: foldl' (set: name: set.${name}) set path;
  mkRemovedOptionModule =
    path: reason:
    { options, ... }:
    {
      options = nested path (mkOption { type = lib.types.raw; });
      config.assertions = [
        {
          assertion = !(get path options).isDefined;
          message = "The option definition `${lib.showOption path}' in ${files (map (file: { inherit file; }) (get path options).files)} no longer has any effect; please remove it.\n${reason}";
        }
      ];
    };
  mkRenamedOptionModule =
    from: to:
    { config, options, ... }:
    let
      old = get from options;
    in
    {
      options = nested from (mkOption { type = lib.types.raw; });
      config = mkMerge [
        {
          warnings = lib.optional old.isDefined "The option `${lib.showOption from}' defined in ${files (map (file: { inherit file; }) old.files)} has been renamed to `${lib.showOption to}'.";
        }
        (mkIf old.isDefined (nested to old.value))
      ];
    };
in
{
  inherit
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
}

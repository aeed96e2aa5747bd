# The user's modules without what is mistaken in them.
#
# `modules` has an attribute for each module to leave out, named after its place: where its root is in the deployment, and
# its number among the imports on the way, or the name of its imports. `closed` has those that are to be called with no more
# than they take, `structure` what may stand beside `config`. `definitions` is a tree of names of options: `null` where what
# has that name is to be left out, a string where that is to be its name, and a list where it is to have another value: of
# that value, and of a tree for what is such a value already. `types` is one of names of declarations, `true` where there is
# none and one is to be. `meant` says which part of a module is meant by an attribute of another name. `wrap` makes a function
# that asks for what modules ask for, calls one, and hands on what that gives.
{
  modules,
  closed,
  structure,
  definitions,
  types,
  meant,
  wrap,
  nixpkgs,
}:
let
  inherit (builtins)
    attrNames
    concatLists
    elemAt
    filter
    functionArgs
    genList
    intersectAttrs
    isAttrs
    isBool
    isFunction
    isInt
    isList
    isPath
    isString
    length
    listToAttrs
    mapAttrs
    removeAttrs
    stringLength
    substring
    typeOf
    ;

  # A value without what a tree names.
  without =
    tree: value:
    if isFunction value then
      wrap (submodule tree) value
    else if isAttrs value then
      looked without tree value
    else if isList tree then
      replaced tree value
    else if isList value then
      concatLists (genList (entry tree value) (length value))
    else
      value;

  # What a module defines without what a tree names: whatever is no set defines nothing.
  defined = tree: value: if isAttrs value then looked defined tree value else { };

  # A set without what a tree names; `within` does the same for what has a property.
  looked =
    within: tree: value:
    let
      kind = value._type or null;
    in
    if kind == "if" then
      value
      // {
        condition = if isBool value.condition then value.condition else true;
        content = within tree value.content;
      }
    else if kind == "override" then
      value
      // {
        priority = if isInt value.priority then value.priority else 100;
        content = within tree value.content;
      }
    else if kind == "order" then
      value // { content = within tree value.content; }
    else if kind == "merge" then
      value
      // {
        contents = map (within tree) (if isList value.contents then value.contents else [ value.contents ]);
      }
    else if isList tree then
      replaced tree value
    else if value ? _type || value ? drvPath then
      value
    else
      pruned without tree value;

  # A value of the type of the one that was meant, or that one.
  replaced =
    tree: value:
    let
      meant = elemAt tree 0;
    in
    if typeOf value != typeOf meant then
      meant
    else if isAttrs value then
      without (elemAt tree 1) value
    else
      value;

  # A set without what a tree names; `inside` does the same for what it holds.
  pruned =
    inside: tree: value:
    let
      known = intersectAttrs value tree;
      renamed = filter (name: isString known.${name} && !(value ? ${known.${name}})) (attrNames known);
      rename = name: {
        name = known.${name};
        value = value.${name};
      };
    in
    removeAttrs (value // mapAttrs (name: below: inside below value.${name}) known) (
      filter (name: isString known.${name} || known.${name} == null) (attrNames known)
    )
    // listToAttrs (map rename renamed);

  untyped =
    tree: value:
    if tree == true then
      { _type = "option"; }
    else if isAttrs value then
      pruned untyped tree value
    else
      value;

  entry =
    tree: list: index:
    let
      name = "[entry ${toString (index + 1)}]";
      item = elemAt list index;
    in
    if !(tree ? ${name}) then
      [ item ]
    else if tree.${name} == null then
      [ ]
    else
      [ (without tree.${name} item) ];

  submodule =
    tree: module:
    if isAttrs module && module ? config then
      module // { config = without tree module.config; }
    else
      without tree module;

  # A module without what is named above; `known` is what its file makes known of it.
  mend =
    known: place: module:
    if modules ? ${place} then
      { }
    else if isFunction module || isAttrs module && module ? __functor then
      wrap (mend known place) (if closed ? ${place} then given module else module)
    else if isPath module || isString module then
      if isOfNixpkgs module then
        module
      else
        mend {
          key = toString module;
          _file = toString module;
        } place (import module)
    else if !(isAttrs module) || module ? outPath then
      module
    else if module ? _type then
      known // { config = defined definitions module; }
    else
      let
        misnamed = filter (name: meant ? ${name}) (attrNames module);
        plain = removeAttrs module misnamed;
        mended =
          known
          // (if plain ? config || plain ? options then explicit plain else without definitions plain)
          // imported "imports" "" place plain
          // imported "require" "require/" place plain;
      in
      if misnamed == [ ] then
        mended
      else
        mended // { imports = mended.imports or [ ] ++ map (part place module) misnamed; };

  # A part of a module that has another name than it should.
  part =
    place: module: name:
    if meant.${name} == "imports" then
      { imports = (imported name "${name}/" place module).${name}; }
    else if meant.${name} == "options" then
      { options = untyped types module.${name}; }
    else
      { config = without definitions module.${name}; };

  sets = options: if isAttrs options then options else { };

  given = module: arguments: module (intersectAttrs (functionArgs module) arguments);

  explicit =
    module:
    removeAttrs module (filter (name: !(structure ? ${name})) (attrNames module))
    // (if module ? config then { config = defined definitions module.config; } else { })
    // (if module ? options then { options = untyped types (sets module.options); } else { });

  imported =
    name: between: place: module:
    if module ? ${name} then
      {
        ${name} =
          let
            list = module.${name};
          in
          if modules ? "${place}/${name}" then
            [ ]
          else if isList list then
            genList (
              index: mend { } "${place}/${between}${toString index}" (elemAt list index)
            ) (length list)
          else
            [ ];
      }
    else
      { };

  isOfNixpkgs =
    path:
    let
      root = "${toString nixpkgs}/";
    in
    substring 0 (stringLength root) (toString path) == root;
in
place: mend { } (builtins.concatStringsSep "." place)

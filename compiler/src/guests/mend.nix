# The user's modules without what is mistaken in them.
#
# `modules` has an attribute for each module to leave out, named after its place: where its root is in the deployment, and
# its number among the imports on the way. `definitions` is a tree of names of options, `null` where what has that name is to
# be left out. `wrap` makes a function that asks for what modules ask for, calls one, and hands on what that gives.
{
  modules,
  definitions,
  wrap,
  nixpkgs,
}:
let
  inherit (builtins)
    attrNames
    concatLists
    elemAt
    filter
    genList
    intersectAttrs
    isAttrs
    isFunction
    isList
    isPath
    isString
    length
    mapAttrs
    removeAttrs
    stringLength
    substring
    ;

  # A value without what a tree names.
  without =
    tree: value:
    if isFunction value then
      wrap (submodule tree) value
    else if isAttrs value then
      let
        kind = value._type or null;
        known = intersectAttrs value tree;
      in
      if kind == "if" || kind == "override" || kind == "order" then
        value // { content = without tree value.content; }
      else if kind == "merge" then
        value // { contents = map (without tree) value.contents; }
      else if value ? _type || value ? drvPath then
        value
      else
        removeAttrs (value // mapAttrs (name: below: without below value.${name}) known) (
          filter (name: tree.${name} == null) (attrNames known)
        )
    else if isList value then
      concatLists (genList (entry tree value) (length value))
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
      wrap (mend known place) module
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
      known // { config = without definitions module; }
    else
      known
      // (if module ? config || module ? options then explicit module else without definitions module)
      // imported "imports" "" place module
      // imported "require" "require/" place module;

  explicit =
    module:
    module // (if module ? config then { config = without definitions module.config; } else { });

  imported =
    name: between: place: module:
    if module ? ${name} then
      {
        ${name} =
          let
            list = module.${name};
          in
          if isList list then
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

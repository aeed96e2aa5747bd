# What makes a machine of the shop from what differs between machines.
let
  prefixes = {
    edge = "192.0.2";
    app = "10.40.0";
    data = "10.41.0";
  };

  # `addresses` says on which networks a machine is, and the last part of its address there.
  mk =
    {
      addresses,
      deployment ? { },
      machine ? { },
    }:
    let
      networks = builtins.attrNames addresses;
      inherit (builtins) elemAt genList length;
      # The guest's cards are called ens3, ens4 and so on, in the order of `interfaces`.
      card = index: "ens${toString (3 + index)}";
    in
    {
      deployment = {
        interfaces = map (network: { inherit network; }) networks;
        staticIPs = genList (
          index:
          let
            network = elemAt networks index;
          in
          {
            interface = card index;
            ips = [ "${prefixes.${network}}.${toString addresses.${network}}" ];
          }
        ) (length networks);
      }
      // deployment;
      inherit machine;
    };

  # `count` machines that are alike but for their number: name1, name2, and so on.
  several =
    name: count: make:
    builtins.listToAttrs (
      builtins.genList (index: {
        name = "${name}${toString (index + 1)}";
        value = mk (make (index + 1));
      }) count
    );
in
{
  inherit mk several;
}

# Terms that other modules want to be accepted.
{ config, lib, ... }:
{
  options.security.terms.accept = lib.mkEnableOption "what the terms forbid otherwise";
  config.assertions = [
    {
      assertion = config.services.swarm.encrypted -> config.security.terms.accept;
      message = "Accept the terms by setting `security.terms.accept` to `true`.";
    }
  ];
}

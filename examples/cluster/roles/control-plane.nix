{ addresses, numbered, on }:
numbered "control" 3 (number: {
  deployment =
    on [
      {
        network = "cluster";
        host = 10 + number;
      }
      {
        network = "state";
        host = 20 + number;
      }
    ]
    // {
      cpus = 4;
      autostart = true;
    };
  machine.services.kubernetes = {
    roles = [ "master" ];
    masterAddress = addresses.of "cluster" 11;
  };
})

--- a tab in the YAML of cloud-init ---
{ machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false; initialDisks.boot.fromImage = ./images/debian-12.qcow2;
    cloudInit.userData = "#cloud-config\npackages:\n\t- nginx\n";
  };
}

# error[LNX0403] 3:55-3:56: `cloudInit.userData` is not YAML
#   here: a tab: YAML is indented with spaces

--- a line of YAML in an indented string is indented unlike the others ---
{ machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false; initialDisks.boot.fromImage = ./images/debian-12.qcow2;
    cloudInit.userData = ''
      #cloud-config
      users:
        - name: admin
          shell: /bin/bash
         sudo: ALL
      packages: [ nginx ]
    '';
  };
}

# error[LNX0403] 8:10-8:15: `cloudInit.userData` is not YAML
#   here: this line is indented unlike those it belongs to

--- a function makes the YAML of many machines ---
let
  mk = name: motd: {
    inherit name;
    value.deployment = {
      cpus = 1; ram = 512; nixos = false; initialDisks.boot.fromImage = ./images/debian-12.qcow2;
      cloudInit.userData = ''
        #cloud-config
        hostname: ${name}
        motd: ${motd}
      '';
    };
  };
in {
  machines = builtins.listToAttrs [ (mk "a" "fine") (mk "b" "@home: sweet") ];
}

# error[LNX0403] 14:62-14:68: `cloudInit.userData` is not YAML
#   here: no text can begin with `@` without quotes

--- a space is missing behind the colon of YAML ---
{ machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false; initialDisks.boot.fromImage = ./images/debian-12.qcow2;
    cloudInit = { userData = "#cloud-config\npackages:[nginx]\n"; metaData = "- local-hostname: web\n"; };
  };
}

# error[LNX0403] 3:46-3:62: `cloudInit.userData` is not a mapping
#   here: names with values belong here
#   help: write `name: value`, with a space behind the colon, one on each line
# error[LNX0403] 3:79-3:80: `cloudInit.metaData` is not a mapping
#   here: names with values belong here
#   help: write `name: value`, with a space behind the colon, one on each line

--- a name at the top of YAML comes again ---
{ machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false; initialDisks.boot.fromImage = ./images/debian-12.qcow2;
    cloudInit.userData = ''
      #cloud-config
      packages: [ nginx ]
      runcmd:
        - [ systemctl, restart, nginx ]
      packages: [ htop ]
    '';
  };
}

# warning[LNX0701] 5:7-5:15: `packages` has no effect here
#   here: `packages` comes again
#   8:7-8:15: this one is used
#   help: make one of them, or remove one

--- scripts and templates are no YAML ---
{ machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false; initialDisks.boot.fromImage = ./images/debian-12.qcow2;
    cloudInit.userData = "## template: jinja\n#cloud-config\na: {{ b }}: c\n";
  };
  machines.b.deployment = {
    cpus = 1; ram = 512; nixos = false; initialDisks.boot.fromImage = ./images/debian-12.qcow2;
    cloudInit.userData = "#!/bin/sh\na: b: c\n";
  };
  machines.c.deployment = {
    cpus = 1; ram = 512; nixos = false; initialDisks.boot.fromImage = ./images/debian-12.qcow2;
    cloudInit = { userData = "#cloud-config\n"; networkConfig = "version: 2\nethernets: { eth0: { dhcp4: true } }\n"; };
  };
}

# fine

--- YAML of a file has the number of the line ---
{ machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false; initialDisks.boot.fromImage = ./images/debian-12.qcow2;
    cloudInit.userData = ./user-data.yaml;
  };
}
=== user-data.yaml ===
#cloud-config
write_files:
  - path: /etc/motd
    content: "welcome
# error[LNX0403] 3:26-3:42: `cloudInit.userData` is not YAML
#   here: line 4: this quote is not closed

--- brackets-of-another-kind ---
{
  networks.lan = {
    mode = "nat";
    subnet = "10.20.0.0/24";
  ];
  machines = {
    a.deployment = (
      cpus = 1; ram = 512; nixos = false; diskSize = 1000;
      interfaces = { { network = "lan"; } ];
    };
    b.deployment = {
      cpus = 0; ram = 512; nixos = false; diskSize = 1000;
      tags = [ "x" "y" };
      bootOrder = (
        "boot"
        "PXE"
      ];
    };
  };
}

# error[LNX0101] 5:3-5:4: syntax error, ']' closes what '{' opens
#   here: '}' belongs here
#   2:18-2:19: this is what it closes
#   help: write `}` instead of `]`
#   fix (unsafe): 5:3-5:4 -> `}`
# error[LNX0101] 7:20-7:21: syntax error, '(' opens what '}' closes
#   here: '{' belongs here
#   10:5-10:6: this is what closes it
#   help: write `{` instead of `(`
#   fix (unsafe): 7:20-7:21 -> `{`
# error[LNX0101] 9:20-9:21: syntax error, '{' opens what ']' closes
#   here: '[' belongs here
#   9:43-9:44: this is what closes it
#   help: write `[` instead of `{`
#   fix (unsafe): 9:20-9:21 -> `[`
# error[LNX0401] 12:14-12:15: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 13:24-13:25: syntax error, '}' closes what '[' opens
#   here: ']' belongs here
#   13:14-13:15: this is what it closes
#   help: write `]` instead of `}`
#   fix (unsafe): 13:24-13:25 -> `]`
# error[LNX0101] 14:19-14:20: syntax error, '(' opens what ']' closes
#   here: '[' belongs here
#   17:7-17:8: this is what closes it
#   help: write `[` instead of `(`
#   fix (unsafe): 14:19-14:20 -> `[`

--- a-bracket-too-many-beside-a-name ---
{
  machines.a.deployment = {
    cpus} = 1;
    ram = 512; nixos = false; diskSize = 1000;
  };
  machines.b.deployment = { cpus = 0; ram = 512; nixos = false; diskSize = 1000; };
  machines.c.deployment = {}
    cpus = 1; ram = 512; nixos = false; diskSize = 1000;
  };
}

# error[LNX0101] 3:9-3:10: syntax error, there is one '}' too many
#   here: closes nothing
#   help: remove it, or open what it should close
#   fix (unsafe): 3:9-3:10 -> ``
# error[LNX0401] 6:36-6:37: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 7:28-7:29: syntax error, there is one '}' too many
#   here: closes nothing
#   help: remove it, or open what it should close
#   fix (unsafe): 7:28-7:29 -> ``

--- a-brace-opened-before-a-value ---
{
  machines.d.deployment = { cpus = { 1; ram = 512; nixos = false; diskSize = 1000; };
  machines.e.deployment = { cpus = 0; ram = 512; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 2:36-2:37: syntax error, there is one '{' too many
#   here: opens nothing
#   help: remove it, or close it where it ends
#   fix (unsafe): 2:36-2:37 -> ``
# error[LNX0401] 3:36-3:37: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- a-line-with-a-bracket-missing ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false; diskSize = 1000;
    interfaces = [
        network = "default";
        model = "e1000";
      }
    ];
  };
  machines.b = {
      cpus = 1;
      ram = 512;
    };
  };
  machines.c.deployment = { cpus = 0; ram = 512; nixos = false; diskSize = 1000; };
}

# error[LNX0101] 5:9-5:9: syntax error, nothing opens what '}' closes
#   here: '{' is missing here
#   7:7-7:8: closed here
#   help: add `{` before the lines that it holds
#   fix (unsafe): 5:9-5:9 -> `{ `
# error[LNX0101] 13:5-13:6: syntax error, there is one '}' too many
#   here: closes nothing
#   11:7-11:7: the line that opens it may be missing here
#   help: remove it, or add what it should close, such as `name = {`, before the lines that it holds
# error[LNX0401] 15:36-15:37: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512

--- quotes-of-texts-of-several-lines ---
{
  machines.a.deployment = {
    cpus = 1; ram = 512; nixos = false; diskSize = 1000;
    cloudInit.userData =
      #cloud-config
      hostname: a
      packages: [ "curl", vim ]
    '';
  };
  machines.b.deployment = {
    cpus = 0; ram = 512; nixos = false; diskSize = 1000;
    cloudInit.userData = ''
      #cloud-config
      hostname: b
    ";
    extraConfig = "
      <devices>
        <memballoon model='virtio'/>
      </devices>
    '';
  };
  machines.c.deployment = {
    cpus = 1; ram = 512; nixos = false; diskSize = 1000;
    cloudInit.userData = ''
      #cloud-config
      hostname: c
  };
  machines.d.deployment = {
    cpus = 1; ram = 0; nixos = false; diskSize = 1000;
    cloudInit.metaData = ''
      instance-id: d
    '';
  };
}

# error[LNX0101] 4:25-4:25: syntax error, nothing starts the text that ends with `''`
#   here: `''` is missing here
#   8:5-8:7: the text ends here
#   help: add `''` where the text starts
#   fix (unsafe): 4:25-4:25 -> ` ''`
# error[LNX0401] 11:12-11:13: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 15:5-15:6: syntax error, this does not end a text that starts with `''`
#   here: `''` belongs here
#   12:26-12:28: the text starts here
#   help: text of several lines stands between `''` and `''`
#   fix (unsafe): 15:5-15:6 -> `''`
# error[LNX0101] 16:19-16:20: syntax error, this does not start a text that ends with `''`
#   here: `''` belongs here
#   20:5-20:7: the text ends here
#   help: text of several lines stands between `''` and `''`
#   fix (unsafe): 16:19-16:20 -> `''`
# error[LNX0101] 24:26-24:28: syntax error, unexpected end of file, expecting indented string or '${' or end of an indented string
#   here: this string is never closed
#   help: add `''` where the string ends
# error[LNX0401] 29:21-29:22: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

--- parameters-of-the-shell-in-a-script ---
{
  machines.a.deployment = {
    cpus = 0; ram = 512; nixos = false; diskSize = 1000;
    cloudInit.userData = ''
      #!/bin/sh
      list=(a b)
      echo ${#list[@]} of ''${list[@]}
      echo "${1:-none}" "${HOME:-/root}" "''${USER:-root}"
      for file in *.txt; do
        mv "$file" "${file%.*}.md"
      done
    '';
  };
  machines.b.deployment = { cpus = 1; ram = 0; nixos = false; diskSize = 1000; description = "b of ${SITE:-home}"; };
}

# error[LNX0401] 3:12-3:13: `cpus` cannot be 0
#   here: must be at least 1
#   note: a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write
#   help: write a number from 1 to 512
# error[LNX0101] 7:12-7:23: syntax error, `${` starts an expression of Nix, and this is none
#   here: a parameter of the shell
#   help: where the text itself is meant, write `''${#list[@]}`
#   fix (unsafe): 7:12-7:12 -> `''`
# error[LNX0101] 8:13-8:23: syntax error, `${` starts an expression of Nix, and this is none
#   here: a parameter of the shell
#   help: where the text itself is meant, write `''${1:-none}`
#   fix (unsafe): 8:13-8:13 -> `''`
# error[LNX0101] 8:26-8:40: syntax error, `${` starts an expression of Nix, and this is none
#   here: a parameter of the shell
#   help: where the text itself is meant, write `''${HOME:-/root}`
#   fix (unsafe): 8:26-8:26 -> `''`
# error[LNX0101] 10:21-10:31: syntax error, `${` starts an expression of Nix, and this is none
#   here: a parameter of the shell
#   help: where the text itself is meant, write `''${file%.*}`
#   fix (unsafe): 10:21-10:21 -> `''`
# error[LNX0401] 14:45-14:46: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216
# error[LNX0101] 14:100-14:113: syntax error, `${` starts an expression of Nix, and this is none
#   here: a parameter of the shell
#   help: where the text itself is meant, write `\${SITE:-home}`
#   fix (unsafe): 14:100-14:100 -> `\`

--- a-comma-for-a-dot ---
{
  networks,lan = { mode = "nat"; subnet = "10.20.0.0/24"; };
  machines.a = {
    deployment.cpus = 1;
    deployment,ram = 512;
    deployment.nixos = false;
    deployment.diskSize = 0;
    deployment.interfaces = [ { network = "lan"; } ];
  };
}

# error[LNX0101] 2:11-2:12: syntax error, unexpected ',', expecting '.' or '='
#   here: names are joined by a dot
#   help: write `.` instead of `,`
#   fix (unsafe): 2:11-2:12 -> `.`
# error[LNX0101] 5:15-5:16: syntax error, unexpected ',', expecting '.' or '='
#   here: names are joined by a dot
#   help: write `.` instead of `,`
#   fix (unsafe): 5:15-5:16 -> `.`
# error[LNX0401] 7:27-7:28: `diskSize` cannot be 0
#   here: must be at least 1 MiB
#   note: 64 TiB is more than a file of a storage pool holds; sizes are in MiB, not in bytes
#   help: write a number from 1 to 67108864

--- what-a-broken-line-may-have-said ---
{
  defaults.deployment = {
    nixos = false; diskSize = 1000;
    cpus 2 =;
  };
  networks = {
    = lan { subnet = "10.20.0.0/24"; };
  };
  machines.a.deployment = { ram = 512; interfaces = [ { network = "lan"; } ]; };
  machines.b.deployment = { ram = 0; };
}
# error[LNX0101] 4:10-4:11: syntax error, unexpected integer, expecting '.' or '='
#   here: the name does not end before this
#   help: put a name in quotes that starts with a digit or has a space in it
# error[LNX0101] 7:5-7:6: syntax error, unexpected '=', expecting 'inherit'
# error[LNX0401] 10:35-10:36: `ram` cannot be 0
#   here: must be at least 1 MiB
#   note: QEMU's machines address at most 16 TiB; sizes are in MiB, not in bytes
#   help: write a number from 1 to 16777216

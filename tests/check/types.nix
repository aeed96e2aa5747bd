--- ram-has-a-unit ---
{ deployment = { name = "web"; cpus = 1; ram = "4 GiB"; nixos = false; }; }
# error[LNX0301] 1:48-1:55: `ram` is a string, but must be an integer
#   here: a string
#   help: `ram` is in MiB: write `4096`
#   fix (safe): 1:48-1:55 -> 4096

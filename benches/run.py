#!/usr/bin/env python3
"""Runs each program beside `nix-instantiate`, in turn, and prints ratios of wall time, processor time and memory.

The programs whose names begin with `check-` are deployments: `launchnix check`, which looks into every option, stands
beside `nix-instantiate --eval --strict --json`, which only prints the values. `check-10000` is measured against
`check-1000`: ten times the machines are to take ten times as long.

    benches/run.py [--launchnix PATH] [--nix PATH] [--nixpkgs PATH] [--runs N] [PROGRAM ...]

Where a nixpkgs is given, `nixos` evaluates a whole NixOS system of it, and both have to come to the same `.drv` path.

A ratio below 1 means that Launchnix is faster or smaller. Medians of N runs (5 unless told) after one that does
not count; the two programs take turns, so that a busy machine slows both.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
# Program, flags, and the wall ratio that is aimed at.
PROGRAMS = {
    "start-up": ([], 0.12),
    "calls": ([], 0.4),
    "fold": ([], 0.5),
    "attribute-sets": ([], 0.6),
    "lists": ([], 0.6),
    "sort": (["--strict"], 0.6),
    "sort-keys": (["--strict"], 0.6),
    "appending": (["--strict"], 1.0),
    "patterns": (["--strict"], 0.6),
    "strings": (["--strict"], 0.5),
    "regexes": (["--strict"], 0.5),
    "modules": (["--strict"], 0.5),
    "fleet": (["--strict", "--json"], 0.3),
    "derivations": (["--strict"], 0.5),
    "system": (["--strict"], 0.5),
    "parsing": ([], 1.2),
}
# What a nixpkgs is needed for.
NIXOS = "nixos"
NIXOS_AIM = 0.5
# Deployments that are checked: how many machines, and the wall ratio that is aimed at.
DEPLOYMENTS = {
    "check-1": (1, None),
    "check-1000": (1000, 0.3),
    "check-1000-map": (1000, 0.3),
    "check-10000": (10000, None),
}


def parsing_program(directory):
    """A file of some 5 MB that is nearly all syntax."""
    path = directory / "parsing.nix"
    with path.open("w") as file:
        file.write("{\n")
        for n in range(40000):
            file.write(
                f"  name{n} = {{ pkgs, lib ? null, ... }}@args: let x = {n}; in\n"
                f'    if x == {n} then [ "a${{toString x}}" args.pkgs.hello (x + 1) ] else {{ inherit pkgs; y.z = x; }};\n'
            )
        file.write("}\n")
    return path


def deployment(directory, name, count):
    """A fleet: each machine written out, or, for names that end with `-map`, made by a function."""
    path = directory / f"{name}.nix"
    options = (
        "deployment = {{ cpus = {cpus}; ram = 2048; nixos = false; description = \"machine {n}\"; "
        "initialDisks.root.size = 10240; "
        'interfaces = [ {{ network = "default"; mac = "52:54:00:{high:02x}:{middle:02x}:{low:02x}"; }} ]; }};'
    )
    with path.open("w") as file:
        file.write("{\n")
        if name.endswith("-map"):
            file.write(
                f"""  machines = builtins.listToAttrs (
    builtins.genList (n: {{
      name = "m${{toString n}}";
      value.deployment = {{
        cpus = 1 + n - n / 4 * 4;
        ram = 2048;
        nixos = false;
        description = "machine ${{toString n}}";
        initialDisks.root.size = 10240;
        interfaces = [ {{ network = "default"; }} ];
      }};
    }}) {count}
  );
"""
            )
        else:
            for n in range(count):
                text = options.format(cpus=1 + n % 4, n=n, high=n >> 16, middle=n >> 8 & 255, low=n & 255)
                file.write(f"  machines.m{n} = {{ {text} }};\n")
        file.write("}\n")
    return path


def measure(command, environment):
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{process.stderr.read().decode()}")
    return wall, usage.ru_maxrss, usage.ru_utime + usage.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--launchnix", default="launchnix")
    parser.add_argument("--nix", default="nix-instantiate")
    parser.add_argument("--nixpkgs", type=pathlib.Path, help="a nixpkgs on disk, for the program `nixos`")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("programs", nargs="*", metavar="PROGRAM")
    options = parser.parse_args()
    environment = {**os.environ, "NIX_REMOTE": "dummy://", "NIX_PATH": ""}
    version = subprocess.run([options.nix, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    print(f"launchnix eval beside {version}, medians of {options.runs}")
    print(f"{'program':16} {'launchnix':>10} {'nix':>10} {'wall':>6} {'aim':>6} {'processor':>9} {'memory':>7}")
    with tempfile.TemporaryDirectory() as temporary:
        directory = pathlib.Path(temporary)
        for name in options.programs or [*PROGRAMS, *([NIXOS] if options.nixpkgs else []), *DEPLOYMENTS]:
            if name == NIXOS:
                aim = NIXOS_AIM
                arguments = ["--eval", "--arg", "nixpkgs", str(options.nixpkgs.resolve()), str(HERE / "nixos.nix")]
                ours = [options.launchnix, "eval", *arguments[1:]]
                theirs = [options.nix, *arguments]
                require_equal(ours, theirs, environment)
            elif name in DEPLOYMENTS:
                count, aim = DEPLOYMENTS[name]
                path = deployment(directory, name, count)
                ours = [options.launchnix, "check", str(path)]
                theirs = [options.nix, "--eval", "--strict", "--json", str(path)]
            else:
                flags, aim = PROGRAMS[name]
                path = parsing_program(directory) if name == "parsing" else HERE / f"{name}.nix"
                ours = [options.launchnix, "eval", *flags, str(path)]
                theirs = [options.nix, "--eval", *flags, str(path)]
            if name == "check-10000":
                theirs = [options.launchnix, "check", str(deployment(directory, "check-1000", 1000))]
                aim = 10
            compare(name, ours, theirs, aim, options.runs, environment)


def require_equal(ours, theirs, environment):
    """Ends the run if the two programs print different things."""
    results = [
        subprocess.run(command, stdout=subprocess.PIPE, env=environment, text=True, check=True).stdout
        for command in (ours, theirs)
    ]
    if results[0] != results[1]:
        sys.exit(f"{ours} printed {results[0]}, but {theirs} printed {results[1]}")


def compare(name, ours, theirs, aim, runs, environment):
    measure(ours, environment)
    measure(theirs, environment)
    pairs = [(measure(ours, environment), measure(theirs, environment)) for _ in range(runs)]
    wall = [statistics.median(pair[side][0] for pair in pairs) for side in (0, 1)]
    ratio = statistics.median(pair[0][0] / pair[1][0] for pair in pairs)
    memory = statistics.median(pair[0][1] / pair[1][1] for pair in pairs)
    processor = statistics.median(pair[0][2] / pair[1][2] for pair in pairs)
    aim = "" if aim is None else f"{aim:.2f}"
    print(f"{name:16} {wall[0] * 1000:8.1f}ms {wall[1] * 1000:8.1f}ms {ratio:6.2f} {aim:>6} {processor:9.2f} {memory:7.2f}", flush=True)


if __name__ == "__main__":
    main()

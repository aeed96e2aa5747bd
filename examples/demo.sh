#!/usr/bin/env bash
# Shows what Launchnix does with the examples, on libvirt's in-process driver: there is nothing to start, and what
# is made is gone when the program ends.
set -euo pipefail
cd "$(dirname "$0")/.."

target=${CARGO_TARGET_DIR:-target}
out=$target/demo
uri=test:///default
bold='' plain=''
if [[ -t 1 && -z ${NO_COLOR:-} ]]; then
  bold=$'\e[1m' plain=$'\e[0m'
fi

heading() {
  printf '\n%s== %s%s\n' "$bold" "$1" "$plain"
}

# Shows a command as a person would type it, runs it, and holds it to the exit status that it should have.
run() {
  local expected=$1 status=0
  shift
  printf '\n%s$ launchnix %s%s\n' "$bold" "$*" "$plain"
  "$target/debug/launchnix" "$@" </dev/null || status=$?
  [[ $status == "$expected" ]] || {
    echo "demo: exit status $status where $expected was expected" >&2
    exit 1
  }
}

heading "Building"
cargo build --locked --workspace --bins
rm -rf "$out"
mkdir -p "$out"

heading "A first draft with mistakes: all of them in one run, each at the place to change (exit status 1)"
run 1 check examples/mistake

heading "The same for a program to read: one JSON object per line"
run 1 check examples/mistake --format json | cut -c 1-150

heading "What a code means"
run 0 explain LNX0302

heading "One machine, in the format of the first Launchnix"
run 0 check examples/old
run 0 compile examples/old --out "$out/old"
(cd "$out" && find old -type f | sort)
run 0 apply "$out/old" --connect $uri

heading "A fleet: a network, a pool, two web servers made by a function, and a database"
run 0 compile examples/fleet --out "$out/fleet"
sed -n '1,25p' "$out/fleet/domains/web1.xml"
run 0 plan "$out/fleet" --connect $uri
run 0 apply "$out/fleet" --connect $uri

heading "Guests that do not run NixOS: a cloud image, an installation medium"
run 0 compile examples/guest --out "$out/guest"
run 0 plan "$out/guest" --connect $uri

heading "Done"
cat <<TEXT
The build directories are in $out. On a machine with libvirt:

  launchnix compile examples/fleet --out build
  launchnix plan build
  launchnix apply build
TEXT

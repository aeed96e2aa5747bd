#!/usr/bin/env bash
# Everything that `make test` checks, in order of how soon it fails. Goes on after a failure, so that one run tells
# all; the last line counts what passed and failed.
set -uo pipefail
cd "$(dirname "$0")/.."

export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-never}
# A snapshot that differs fails; it is never written.
export INSTA_UPDATE=no
target=${CARGO_TARGET_DIR:-target}
mkdir -p "$target"
target=$(realpath "$target")
log=$(mktemp "$target/test-log.XXXXXX")
trap 'rm -f "$log"' EXIT
failed_steps=0

step() {
  local title=$1 started=$SECONDS
  shift
  printf '\n==> %s\n' "$title"
  if "$@" 2>&1 </dev/null | tee -a "$log"; then
    printf -- '--- %s: fine, %s s\n' "$title" $((SECONDS - started))
  else
    printf -- '--- %s: FAILED, %s s\n' "$title" $((SECONDS - started))
    failed_steps=$((failed_steps + 1))
  fi
}

documentation() {
  RUSTDOCFLAGS='-D warnings' cargo doc --locked --quiet --workspace --no-deps
}

# The tests that need root and a hypervisor of their own; `cargo test` alone leaves them out.
real_guest() {
  local run=(cargo test --locked --quiet --workspace --test hypervisor -- --ignored --nocapture)
  if [[ $(id -u) == 0 ]]; then
    "${run[@]}"
  else
    local host
    host=$(rustc --version --verbose | sed -n 's/^host: //p' | tr 'a-z-' 'A-Z_')
    env "CARGO_TARGET_${host}_RUNNER=sudo env PATH=$PATH LAUNCHNIX_PROGRAMS=$LAUNCHNIX_PROGRAMS" "${run[@]}"
    local status=$?
    sudo chown -R "$(id -u):$(id -g)" "$target/fixtures"
    return $status
  fi
}

step "formatting" cargo fmt --check
step "lints" cargo clippy --locked --quiet --workspace --all-targets -- -D warnings
step "programs" cargo build --locked --quiet --workspace --bins --tests
export LAUNCHNIX_PROGRAMS=$target/debug
step "tests" cargo test --locked --quiet --workspace --no-fail-fast
if command -v apt-get >/dev/null; then
  step "a real libvirtd and guest" real_guest
else
  printf '\n==> a real libvirtd and guest: left out, as the guest is made from Debian packages\n'
fi
step "documentation" documentation

awk -v failed="$failed_steps" '
  /^test result:/ {
    for (field = 1; field < NF; field++) {
      if ($(field + 1) == "passed;") passed += $field
      if ($(field + 1) == "failed;") broken += $field
    }
  }
  END { printf "\n%d passed, %d failed\n", passed, (broken > failed ? broken : failed) }
' "$log"
[[ $failed_steps == 0 ]]

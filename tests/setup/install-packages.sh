#!/usr/bin/env bash
# install-packages.sh build|test
#
# Installs the Debian packages that building (and `make demo`) or testing needs, where they are missing. Where apt
# is not the package manager it installs nothing, says what to do if something is missing, and is no obstacle.
set -euo pipefail

# What compiles the workspace: the C compiler that links it, and libvirt's library, whose in-process driver
# `test:///default` is also all that the demo needs.
build=(gcc libc6-dev pkg-config libvirt-dev)

# What the tests need besides: a libvirtd and QEMU of their own, the parts of a small guest, schemas to validate
# against, C++ Nix as the evaluator's oracle, and what fetches from repositories. Nothing of it is started as a service.
test=(
  libvirt-daemon libvirt-daemon-driver-qemu libvirt-clients qemu-system-x86 qemu-utils
  dnsmasq-base iptables iproute2 openssh-client util-linux
  busybox-static dropbear-bin cpio syslinux syslinux-common mtools dosfstools fdisk
  libxml2-utils nix-bin git mercurial
)
# Parts of the libvirt daemon that newer Debian releases ship as packages of their own.
test_where_known=(libvirt-daemon-driver-network libvirt-daemon-driver-storage libvirt-daemon-lock libvirt-daemon-log)

installed() {
  [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# The version that apt would install, or nothing.
candidate() {
  apt-cache policy "$1" 2>/dev/null | awk '$1 == "Candidate:" && $2 != "(none)" { print $2 }'
}

as_root() {
  if [[ $(id -u) == 0 ]]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    echo "install-packages: needs root, or sudo, to run: $*" >&2
    exit 3
  fi
}

case ${1:-} in
  build) wanted=("${build[@]}") ;;
  test) wanted=("${build[@]}" "${test[@]}") ;;
  *) echo "usage: install-packages.sh build|test" >&2; exit 2 ;;
esac

if ! command -v apt-get >/dev/null; then
  if ! pkg-config --exists libvirt 2>/dev/null; then
    echo "install-packages: libvirt's development files are missing; this is neither Debian nor a Nix shell." >&2
    echo "Install what the lists in $0 name, by your system's names for it." >&2
    exit 3
  fi
  exit 0
fi

missing=()
for package in "${wanted[@]}"; do
  installed "$package" || missing+=("$package")
done
((${#missing[@]})) || exit 0

echo "Installing: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
# Another apt may be at work on a machine that has just started: wait for it.
apt=(apt-get --quiet --quiet -o DPkg::Lock::Timeout=580 -o Acquire::Retries=3)
as_root "${apt[@]}" update </dev/null

for package in "${test_where_known[@]}"; do
  [[ $1 == test ]] && ! installed "$package" && [[ -n $(candidate "$package") ]] && missing+=("$package")
done
# A qemu-utils from backports forbids the release's own qemu-system-x86, as the two share their version; take the
# utilities down to the version of the emulator.
if [[ " ${missing[*]} " == *" qemu-system-x86 "* ]]; then
  missing+=("qemu-utils=$(candidate qemu-system-x86)")
fi
# Without what is merely recommended: that would bring services which start by themselves.
as_root env DEBIAN_FRONTEND=noninteractive \
  "${apt[@]}" install --yes --allow-downgrades --no-install-recommends "${missing[@]}" </dev/null >/dev/null

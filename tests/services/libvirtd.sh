#!/usr/bin/env bash
# libvirtd.sh DIRECTORY CACHE
#
# Runs a system-mode libvirtd of its own, prints `ready URI` on standard output, and lives until its standard
# input is closed. Needs root; needs no systemd, D-Bus or cgroup manager, and changes nothing outside
# DIRECTORY and CACHE (which holds only libvirt's record of what this QEMU can do, and may be shared).
#
# Everything it starts (daemons, dnsmasq, guests) lives in one PID namespace, and with it in one network and one
# mount namespace. When the holder of the other end of standard input goes away, however it dies, the first
# process of that namespace ends and the kernel ends the rest: nothing can be left behind by a killed test run.
# A command joins the network with `nsenter --net --target PID`, where PID is this script's process.
set -euo pipefail

if [[ ${1:-} != --inside ]]; then
  directory=$(realpath "${1:?usage: libvirtd.sh DIRECTORY CACHE}")
  mkdir -p "${2:?usage: libvirtd.sh DIRECTORY CACHE}"
  cache=$(realpath "$2")
  exec unshare --mount --net --pid --fork --kill-child --propagation private -- \
    bash "$0" --inside "$directory" "$cache"
fi
directory=$2 cache=$3

mount -t proc proc /proc
# As `ip netns exec` does: /sys/class/net must show the interfaces of the new network namespace.
mount -t sysfs sysfs /sys
ip link set lo up

# Process id files and locks that programs keep in /run by fixed names.
mount -t tmpfs tmpfs /run

mkdir -p "$directory"/{etc,lib/images,lib/qemu,run,log} /etc/libvirt /var/{lib,cache,log}/libvirt /run/libvirt
chmod 755 "$directory" "$directory"/{etc,lib,lib/images,run,log}
mount --bind "$directory/etc" /etc/libvirt
mount --bind "$directory/lib" /var/lib/libvirt
mount --bind "$directory/run" /run/libvirt
mount --bind "$directory/log" /var/log/libvirt
mount --bind "$cache" /var/cache/libvirt
# libvirt needs accounts that come with the package which installs libvirtd as a service; where they are missing
# they exist in this mount namespace alone.
id=64055
for account in libvirt-qemu libvirt-dnsmasq; do
  getent passwd "$account" >/dev/null && continue
  [[ -e $directory/etc/passwd ]] || cp /etc/passwd /etc/group "$directory/etc/"
  echo "$account:x:$id:$id::/nonexistent:/usr/sbin/nologin" >> "$directory/etc/passwd"
  echo "$account:x:$id:" >> "$directory/etc/group"
  id=$((id + 1))
done
for file in passwd group; do
  [[ ! -e $directory/etc/$file ]] || mount --bind "$directory/etc/$file" "/etc/$file"
done
chown libvirt-qemu:libvirt-qemu /var/lib/libvirt/qemu

# Stock kernels do not boot under every KVM that a container is lent; tests emulate, and capabilities must say so. The
# guests' account must not be able to open what stands for it: libvirt would take KVM for usable and ask QEMU for its
# capabilities again at every turn, which costs seconds.
if [[ -e /dev/kvm ]]; then
  (umask 077 && : > "$directory/no-kvm")
  mount --bind "$directory/no-kvm" /dev/kvm
fi

cat > /etc/libvirt/libvirtd.conf <<CONF
unix_sock_rw_perms = "0700"
auth_unix_ro = "none"
auth_unix_rw = "none"
host_uuid = "$(cat /proc/sys/kernel/random/uuid)"
log_outputs = "3:file:/var/log/libvirt/libvirtd.log"
CONF
# QEMU's own mount namespaces need /dev/kvm to be a device.
cat > /etc/libvirt/qemu.conf <<CONF
user = "libvirt-qemu"
group = "libvirt-qemu"
security_driver = "none"
namespaces = []
cgroup_controllers = []
max_core = 0
CONF

# The daemons get no standard input: only this shell may hold the pipe that says how long to live.
virtlogd </dev/null >/dev/null 2>&1 &
virtlockd </dev/null >/dev/null 2>&1 &
libvirtd </dev/null >/dev/null 2>"$directory/log/stderr" &
daemon=$!

uri="qemu+unix:///system?socket=$directory/run/libvirt-sock"
for ((attempt = 0; attempt < 300; attempt++)); do
  if virsh --quiet --connect "$uri" uri </dev/null >/dev/null 2>&1; then
    # The first look at QEMU takes seconds; what a test measures shall not depend on whose turn that is.
    virsh --quiet --connect "$uri" domcapabilities --virttype qemu </dev/null >/dev/null
    echo "ready $uri"
    cat >/dev/null
    exit 0
  fi
  kill -0 "$daemon" 2>/dev/null || break
  sleep 0.1
done
echo "libvirtd did not come up" >&2
tail -n 20 "$directory/log/stderr" "$directory/log/libvirtd.log" >&2 || true
exit 1

#!/usr/bin/env bash
# make-guest.sh DIRECTORY
#
# Makes a small Linux guest from Debian packages, once: the kernel for cloud machines, busybox, dropbear. DIRECTORY
# then holds `guest.qcow2` (boots by BIOS), `id_ed25519` and `id_ed25519.pub` (root's key in the guest). The guest
# takes an address by DHCP on each interface, answers ssh on port 22 and obeys the ACPI power button.
#
# It may run several times at once, and be killed: DIRECTORY appears whole, by a rename, or not at all.
set -euo pipefail

out=${1:?usage: make-guest.sh DIRECTORY}
mkdir -p "$(dirname "$out")"
out=$(realpath -m "$out")
exec 9>"$out.lock"
flock --timeout 300 9
[[ ! -e $out/guest.qcow2 ]] || exit 0

# The lock is ours: what else is here was left by a run that was killed.
rm -rf "$out".??????
work=$(mktemp -d "$out.XXXXXX")
trap 'rm -rf "$work"' EXIT
made=$work/made
mkdir "$made"

kernel() {
  # Unpacked, never installed. apt drops its rights to _apt, which need not be able to write here; it then says so
  # and downloads as root.
  local package
  # Container images come without apt's lists.
  apt-cache show linux-image-cloud-amd64 >/dev/null 2>&1 || apt-get -o DPkg::Lock::Timeout=300 update --quiet --quiet
  package=$(apt-cache depends linux-image-cloud-amd64 | awk '/Depends: linux-image-[0-9]/ { print $2; exit }')
  [[ -n $package ]] || { echo "make-guest: apt knows no cloud kernel; run apt-get update" >&2; exit 3; }
  (cd "$work" && apt-get -o Acquire::Retries=3 download --quiet --quiet "$package" 2>"$work/apt.log") || {
    cat "$work/apt.log" >&2
    exit 3
  }
  dpkg --extract "$work"/linux-image-*.deb "$work/kernel"
}

keys() {
  ssh-keygen -q -t ed25519 -N '' -C launchnix-test -f "$made/id_ed25519"
  dropbearkey -t ed25519 -f "$work/host_key" >/dev/null 2>&1
}

initramfs() {
  local root=$work/root modules library name
  mkdir -p "$root"/{bin,sbin,proc,sys,dev/pts,run,tmp,lib/modules,etc/dropbear,etc/acpi/PWRF,root/.ssh,var/log}
  cp /bin/busybox "$root/bin/"
  for name in $(busybox --list); do
    [[ $name == busybox ]] || ln -s busybox "$root/bin/$name"
  done
  ln -s bin/busybox "$root/init"

  cp /usr/sbin/dropbear "$root/sbin/"
  ldd /usr/sbin/dropbear | grep -o '/lib[^ ]*' | sort -u | while read -r library; do
    mkdir -p "$root/$(dirname "$library")"
    cp -L "$library" "$root/$library"
  done
  cp "$work/host_key" "$root/etc/dropbear/dropbear_ed25519_host_key"
  cp "$made/id_ed25519.pub" "$root/root/.ssh/authorized_keys"
  chmod 700 "$root/root" "$root/root/.ssh"
  chmod 600 "$root/root/.ssh/authorized_keys"
  echo 'root:x:0:0:root:/root:/bin/sh' > "$root/etc/passwd"
  echo 'root:x:0:' > "$root/etc/group"
  echo /bin/sh > "$root/etc/shells"

  # In the order in which they load, so that neither depmod nor modprobe is needed.
  modules=(
    drivers/virtio/virtio_ring drivers/virtio/virtio
    drivers/virtio/virtio_pci_legacy_dev drivers/virtio/virtio_pci_modern_dev drivers/virtio/virtio_pci
    net/core/failover drivers/net/net_failover drivers/net/virtio_net drivers/block/virtio_blk
    drivers/acpi/button drivers/input/evdev drivers/char/hw_random/virtio-rng
  )
  for name in "${modules[@]}"; do
    # What a kernel has built in is no module.
    for file in "$work"/kernel/lib/modules/*/kernel/"$name".ko*; do
      [[ -e $file ]] || continue
      case $file in
        *.xz) xz --decompress --stdout "$file" > "$root/lib/modules/${name##*/}.ko" ;;
        *) cp "$file" "$root/lib/modules/${name##*/}.ko" ;;
      esac
      echo "${name##*/}.ko" >> "$root/lib/modules/order"
    done
  done

  cat > "$root/etc/inittab" <<'FILE'
::sysinit:/etc/rc
::respawn:/bin/acpid -f -d -l /dev/null
::respawn:/sbin/dropbear -F -E -s
ttyS0::askfirst:-/bin/sh
::ctrlaltdel:/bin/reboot
::shutdown:/bin/umount -a -r
FILE
  cat > "$root/etc/rc" <<'FILE'
#!/bin/sh
export PATH=/bin:/sbin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev 2>/dev/null
mkdir -p /dev/pts
mount -t devpts devpts /dev/pts
mount -t tmpfs tmpfs /run
for module in $(cat /lib/modules/order); do insmod /lib/modules/$module; done
hostname guest
ip link set lo up
for interface in /sys/class/net/*; do
  interface=${interface##*/}
  [ $interface = lo ] && continue
  ip link set $interface up
  udhcpc -b -s /etc/dhcp -i $interface -T 1 -A 2 -t 60 >/dev/null 2>&1 &
done
echo "guest: ready after $(cut -d' ' -f1 /proc/uptime) s"
FILE
  cat > "$root/etc/dhcp" <<'FILE'
#!/bin/sh
case $1 in
  deconfig) ip link set $interface up ;;
  bound|renew)
    ip addr flush dev $interface
    ip addr add $ip/${mask:-24} dev $interface
    for gateway in $router; do ip route replace default via $gateway dev $interface; done
    echo "guest: $interface has $ip" >/dev/console
    ;;
esac
FILE
  printf '#!/bin/sh\npoweroff\n' > "$root/etc/acpi/PWRF/00000080"
  chmod +x "$root/etc/rc" "$root/etc/dhcp" "$root/etc/acpi/PWRF/00000080"
  (cd "$root" && find . -print0 | cpio --null --create --format newc --owner 0:0 --quiet | gzip -1) > "$work/initrd.img"
}

disk() {
  local raw=$work/guest.raw size=64 start=2048
  truncate --size "${size}M" "$raw"
  printf 'label: dos\nstart=%s, type=c, bootable\n' $start | sfdisk --quiet "$raw"
  dd if=/usr/lib/syslinux/mbr/mbr.bin of="$raw" bs=440 count=1 conv=notrunc status=none
  mkfs.vfat -F 32 --offset $start "$raw" $((size * 1024 - start / 2)) >/dev/null
  cat > "$work/syslinux.cfg" <<'FILE'
DEFAULT guest
PROMPT 0
TIMEOUT 0
LABEL guest
  KERNEL /vmlinuz
  INITRD /initrd.img
  APPEND console=ttyS0 quiet
FILE
  export MTOOLS_SKIP_CHECK=1
  mcopy -i "$raw@@$((start * 512))" "$work"/kernel/boot/vmlinuz-* ::/vmlinuz
  mcopy -i "$raw@@$((start * 512))" "$work/initrd.img" "$work/syslinux.cfg" ::/
  syslinux --install --offset $((start * 512)) "$raw"
  qemu-img convert -q -O qcow2 -c "$raw" "$made/guest.qcow2"
}

kernel
keys
initramfs
disk
rm -rf "$out"
mv "$made" "$out"

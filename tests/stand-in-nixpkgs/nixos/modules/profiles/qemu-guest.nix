{
  boot.initrd.availableKernelModules = [
    "virtio_net"
    "virtio_blk"
  ];
}

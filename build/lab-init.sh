#!/bin/busybox sh
# The first process of a lab guest. The virtio disk with the serial "lab" holds a tar whose "run" is done; what that leaves in /out goes back
# as a tar on the same disk, with its exit status and what it printed. Lines that start with "@@ " on the console tell the test how far it is.
# The guest ends by itself after limit=SECONDS of the kernel command line.
export PATH=/bin HOME=/ LC_ALL=C
/bin/busybox mkdir -p /proc /sys /dev /tmp /in /out /run /mnt
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t sysfs sysfs /sys
/bin/busybox mount -t devtmpfs dev /dev
/bin/busybox --install -s /bin
ln -sf kmod /bin/modprobe
echo 1 >/proc/sys/kernel/panic

limit=300
for word in $(cat /proc/cmdline); do
  case $word in limit=*) limit=${word#limit=} ;; esac
done
(sleep "$limit"; echo "@@ time is up" >/dev/console; poweroff -f) &

modprobe virtio_pci
modprobe virtio_blk
disk=
for block in /sys/block/vd*; do
  [ "$(cat "$block/serial")" != lab ] || disk=/dev/${block##*/}
done
[ -n "$disk" ] || { echo "@@ no lab disk" >/dev/console; poweroff -f; }
tar xf "$disk" -C /in

cat >/tmp/words <<'WORDS'
say() { echo "@@ $*" >/dev/console; }
# The shell would take its own.
mke2fs() { /bin/mke2fs "$@"; }
# The drivers of NVDIMMs; returns when the regions are there.
nvdimms() {
  for module in libnvdimm nfit nd_pmem nd_btt dax device_dax dax_pmem "$@"; do modprobe "$module"; done
  ndctl wait-scrub all >/dev/null 2>&1 || true
  cat /sys/bus/nd/devices/ndbus*/wait_probe 2>/dev/null || true
}
blank_labels() {
  ndctl disable-region all
  ndctl init-labels -f all
  ndctl enable-region all
}
WORDS
say() { echo "@@ $*" >/dev/console; }
say start
(. /tmp/words; set -eu; . /in/run) >/out/log 2>&1
echo $? >/out/status
dmesg >/out/dmesg
sync
tar cf "$disk" -C /out .
sync
say end
poweroff -f

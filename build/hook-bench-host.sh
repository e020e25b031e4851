#!/usr/bin/env bash
# Makes a host for the hooks' benchmark: build/hook-bench-host.sh FOLDER DEVICES PROGRAM. Below FOLDER: sysfs with that many fsdax namespaces of
# 1 GiB, their device files (sparse), a verified hypervisor, the hooks' folder, and domain XMLs as the engine sends them, with NVDIMMs
# (domain.xml) and without (plain.xml).
set -euo pipefail
. "$(dirname "$0")/common/arguments.sh"
[ $# -eq 3 ] || wrong "it takes FOLDER, DEVICES and PROGRAM"
[[ $2 =~ ^[1-9][0-9]{0,2}$ ]] || wrong "'$2' is no number of devices"
[ -x "$3" ] || wrong "$3 is no program"
root=$1
count=$2
program=$3
domains=$(dirname "$0")/../tests/TestData/domain
labels=$(dirname "$0")/../tests/TestData/labels/x86-v1.1-two-namespaces.bin.gz
bus=$root/sys/devices/ndbus0
# Each guest makes uuids of its own: these labels with others, the number of the device in each. Labels of version 1.1 have no checksum.
own_labels() {
  python3 - "$labels" "$1" <<'PYTHON'
import gzip, struct, sys
area = bytearray(gzip.open(sys.argv[1]).read())
first, = struct.unpack_from("<Q", area, 48)
for label in range(first, first + 8 * 128, 128):
    struct.pack_into("<H", area, label, int(sys.argv[2]))
sys.stdout.buffer.write(area)
PYTHON
}
mkdir -p "$root"/{dev,etc/nvdimm-extensions,sys/bus/nd/devices,sys/block,proc/self,var/lib/nvdimm-extensions/hypervisor}
: >"$root/var/lib/nvdimm-extensions/host-$(grep -Exs '[0-9a-f]{32}' /etc/machine-id || uname -n)"
: >"$root/proc/self/mountinfo"
echo "Filename Type Size Used Priority" >"$root/proc/swaps"
nvdimms=
for ((i = 0; i < count; i++)); do
  space=$bus/region$i/namespace$i.0
  pfn=$bus/region$i/pfn$i.0
  block=$pfn/block/pmem$i
  mkdir -p "$space" "$block/holders"
  printf '%s\n' "pfn$i.0" >"$space/holder"
  printf '%s\n' 1075838976 >"$space/size"
  printf '%08d-82b6-40ad-8962-6f0412bab47d\n' "$i" >"$space/uuid"
  echo 0 | tee "$space/numa_node" "$space/target_node" "$block/ro" >/dev/null
  printf '%s\n' "namespace$i.0" >"$pfn/namespace"
  printf '1%07d-82b6-40ad-8962-6f0412bab47d\n' "$i" >"$pfn/uuid"
  echo 2097152 >"$pfn/align"
  echo >"$space/alt_name"
  : >"$block/badblocks"
  echo 2097152 >"$block/size"
  echo "259:$i" >"$block/dev"
  ln -s "../devices/ndbus0/region$i/pfn$i.0/block/pmem$i" "$root/sys/block/pmem$i"
  ln -s ../.. "$block/device"
  ln -s "../../../devices/ndbus0/region$i/namespace$i.0" "$root/sys/bus/nd/devices/namespace$i.0"
  truncate -s 1G "$root/dev/pmem$i"
  own_labels "$i" | dd of="$root/dev/pmem$i" bs=1M seek=$((898 * 1048576 - 131072)) oflag=seek_bytes conv=notrunc status=none
  nvdimms+="<memory model=\"nvdimm\" access=\"shared\"><source><path>$root/dev/pmem$i</path><alignsize unit=\"KiB\">2048</alignsize><pmem></pmem></source>"
  nvdimms+="<target><size unit=\"KiB\">919552</size><node>0</node><label><size unit=\"KiB\">128</size></label></target><alias name=\"ua-$i\"></alias></memory>"
done
cp "$domains/ovirt-x86.xml" "$root/plain.xml"
sed -e "s|</devices>|$nvdimms</devices>|" -e 's|<maxMemory slots="16">[0-9]*|<maxMemory slots="64">134217728|' "$root/plain.xml" >"$root/domain.xml"
cat >"$root/etc/nvdimm-extensions/hook.conf" <<'CONF'
journal = no
unverified-hypervisor = warn
CONF
for point in before_vm_start after_vm_start before_vm_hibernate; do
  mkdir -p "$root/usr/libexec/vdsm/hooks/$point"
  cp "$program" "$root/usr/libexec/vdsm/hooks/$point/50_nvdimm"
done

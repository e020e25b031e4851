#!/usr/bin/env bash
# Makes the guests of the lab, where they are not there yet: artifacts/lab/guest/{amd64,arm64} with a Debian kernel, an initrd with ndctl, and for
# Arm the UEFI firmware, without which such a guest has no ACPI and no NVDIMM. All come from Debian packages that are downloaded and unpacked there.
# Nothing is installed, apt has lists of its own, root is not needed.
#   build/lab-guest.sh [amd64|arm64]…   both by default
set -euo pipefail
. "$(dirname "$0")/common/arguments.sh"
for argument; do
  case $argument in
    amd64 | arm64) ;;
    *) wrong "'$argument' is no guest; there are amd64 and arm64" ;;
  esac
done
[ $# -gt 0 ] || set -- amd64 arm64
build=$(cd "$(dirname "$0")" && pwd)
guests=$build/../artifacts/lab/guest
init=$build/../tests/Nvdimm.Lab.Tests/Guest/init
packages=(busybox-static kmod ndctl daxctl e2fsprogs xfsprogs fdisk)
programs=(ndctl daxctl kmod mke2fs e2fsck mkfs.xfs xfs_repair sfdisk)
modules=(virtio_pci virtio_blk ext4 crc32c_generic libnvdimm nfit nd_pmem nd_btt)

mkdir -p "$guests"
exec 9>"$guests/.lock"
flock -w 600 9 || { echo "another process has been making the lab's guests for ten minutes" >&2; exit 1; }
work=$(mktemp -d "$guests/work.XXXXXX")
trap 'rm -rf "$work"' EXIT

# Downloads packages with all that they need, and unpacks them: unpacked FOLDER ARCHITECTURE PACKAGE…
# An empty list of installed packages makes apt name every package that these need.
unpacked() {
  local folder=$1 options package
  options=(
    -qq -o APT::Architecture="$2" -o APT::Architectures="$2" -o Dir::State::status="$folder/status" -o Dir::State::lists="$folder/lists"
    -o Dir::Cache="$folder" -o APT::Sandbox::User= -o Debug::NoLocking=1)
  mkdir -p "$folder/archives/partial" "$folder/lists/partial" "$folder/root"
  touch "$folder/status"
  shift 2
  (
    # Where one of several lists cannot be had, the others may do.
    apt-get "${options[@]}" update || true
    apt-get "${options[@]}" --no-install-recommends --download-only -y install "$@" || exit 1
    # The kernel comes alone, without what would install it.
    cd "$folder/archives"
    [ -z "$kernel" ] || apt-get "${options[@]}" download \
      "$(apt-cache "${options[@]}" depends "$kernel" | sed -n 's/^ *Depends: \(linux-image-[0-9].*\)/\1/p' | head -1)"
  ) >"$folder/apt.log" 2>&1 || {
    echo "the packages of $(basename "$folder") for the lab cannot be downloaded with apt:" >&2
    tail -5 "$folder/apt.log" >&2
    exit 1
  }
  for package in "$folder"/archives/*.deb; do
    dpkg -x "$package" "$folder/root"
  done
}

# Busybox and kmod of this machine's architecture, whatever it has installed: they run with the unpacked libraries.
tools() {
  kernel='' unpacked "$work/tools" "$(dpkg --print-architecture)" busybox-static kmod
  tools=$work/tools/root
  loader=$(find "$tools" -name 'ld-linux-*' -type f -print -quit)
}
kmod() {
  local folders
  folders=$(dirname "$loader")
  "$loader" --library-path "$folders:$tools/usr/lib/$(basename "$folders")" --argv0 "$1" "$tools/bin/kmod" "${@:2}"
}

# Copies the libraries that a program or a library needs, and those that these need. Their names are texts in the file, whatever its architecture.
with_libraries() {
  local library
  grep -aoE 'lib[A-Za-z0-9_+.-]+\.so\.[0-9]+' "$1" | sort -u | while read -r library; do
    if [ ! -e "$initrd/lib/$library" ] && [ -e "$libraries/$library" ]; then
      cp -L "$libraries/$library" "$initrd/lib/"
      with_libraries "$initrd/lib/$library"
    fi
  done
}

# make ARCHITECTURE TRIPLET LOADER PACKAGE… -- MODULE…
make() {
  local architecture=$1 triplet=$2 interpreter=$3 root version program path more=()
  shift 3
  while [ "$1" != -- ]; do more+=("$1"); shift; done
  shift
  kernel=linux-image-$architecture unpacked "$work/$architecture" "$architecture" "${packages[@]}" "${more[@]}"
  root=$work/$architecture/root
  version=$(basename "$root"/boot/vmlinuz-*)
  version=${version#vmlinuz-}
  # Debian 12 has libraries in /lib and in /usr/lib.
  libraries=$work/$architecture/libraries
  mkdir -p "$libraries"
  find "$root/lib/$triplet" "$root/usr/lib/$triplet" -maxdepth 1 -name '*.so*' -exec ln -sf -t "$libraries" {} + 2>/dev/null || true

  initrd=$work/$architecture/initrd
  mkdir -p "$initrd"/{bin,lib64,lib/modules,usr,etc/ndctl.conf.d}
  ln -s bin "$initrd/sbin"
  ln -s ../bin "$initrd/usr/bin"
  ln -s ../bin "$initrd/usr/sbin"
  ln -s . "$initrd/lib/$triplet"
  cp "$root/bin/busybox" "$initrd/bin/"
  cp "$root"/etc/ndctl.conf.d/* "$initrd/etc/ndctl.conf.d/"
  cp -L "$libraries/$(basename "$interpreter")" "$initrd$interpreter"
  for program in "${programs[@]}"; do
    path=$(find "$root"/{,usr/}{bin,sbin} -name "$program" -type f | head -1)
    cp "$path" "$initrd/bin/"
    with_libraries "$path"
  done

  kmod depmod -b "$root" "$version"
  for module in "${modules[@]}" "$@"; do
    # Debian has an "install" rule for libnvdimm: -i passes it by.
    kmod modprobe -i -d "$root" -S "$version" --show-depends "$module" | awk '$1 == "insmod" { print $2 }'
  done | sort -u | while read -r file; do
    mkdir -p "$initrd/$(dirname "${file#"$root/"}")"
    cp "$file" "$initrd/${file#"$root/"}"
  done
  cp "$root/lib/modules/$version"/modules.{builtin,order,builtin.modinfo} "$initrd/lib/modules/$version/"
  kmod depmod -b "$initrd" "$version"

  printf 'root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n' >"$initrd/etc/passwd"
  printf 'root:x:0:\nnogroup:x:65534:\n' >"$initrd/etc/group"
  install -m 755 "$init" "$initrd/init"
  # The initrd comes last: where it is, the guest is whole.
  mkdir -p "$guests/$architecture" "$work/made"
  rm -f "$guests/$architecture/initrd.img"
  cp "$root/boot/vmlinuz-$version" "$work/made/vmlinuz"
  if [ "$architecture" = arm64 ]; then
    cp -L "$root/usr/share/AAVMF/AAVMF_CODE.fd" "$work/made/firmware.fd"
    cp -L "$root/usr/share/AAVMF/AAVMF_VARS.fd" "$work/made/variables.fd"
  fi
  mv "$work/made"/* "$guests/$architecture/"
  (cd "$initrd" && find . | "$tools/bin/busybox" cpio -o -H newc 2>/dev/null) | gzip -1 >"$work/initrd.img"
  mv "$work/initrd.img" "$guests/$architecture/initrd.img"
  echo "the lab's $architecture guest: Linux $version, initrd of $(stat -c %s "$guests/$architecture/initrd.img") bytes" >&2
}

for guest; do
  made=$guests/$guest/initrd.img
  if [ -e "$made" ] && [ ! "$build/lab-guest.sh" -nt "$made" ] && [ ! "$init" -nt "$made" ]; then
    continue
  fi
  [ -d "$work/tools" ] || tools
  case $guest in
    amd64)
      make amd64 x86_64-linux-gnu /lib64/ld-linux-x86-64.so.2 -- 9p 9pnet_virtio xfs dax device_dax dax_pmem kmem ;;
    arm64)
      # Debian's kernel 6.1 for Arm has no ZONE_DEVICE, so no fsdax and no devdax.
      make arm64 aarch64-linux-gnu /lib/ld-linux-aarch64.so.1 qemu-efi-aarch64 -- ;;
  esac
done

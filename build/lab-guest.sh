#!/usr/bin/env bash
# Makes the guest of the lab, where it is not there yet: artifacts/lab/guest/{vmlinuz,initrd.img}, a Debian kernel and an initrd with ndctl,
# from Debian packages that are downloaded and unpacked there. Nothing is installed, apt has lists of its own, root is not needed.
set -euo pipefail
. "$(dirname "$0")/common/arguments.sh"
no_arguments "$@"
build=$(cd "$(dirname "$0")" && pwd)
guest=$build/../artifacts/lab/guest
init=$build/../tests/Nvdimm.Lab.Tests/Guest/init
packages=(busybox-static kmod ndctl daxctl e2fsprogs xfsprogs fdisk)
programs=(ndctl daxctl kmod mke2fs e2fsck mkfs.xfs xfs_repair sfdisk)
modules=(virtio_pci virtio_blk 9p 9pnet_virtio ext4 crc32c_generic xfs libnvdimm nfit nd_pmem nd_btt dax device_dax dax_pmem kmem)

mkdir -p "$guest"
exec 9>"$guest/.lock"
flock -w 600 9 || { echo "another process has been making the lab's guest for ten minutes" >&2; exit 1; }
if [ -e "$guest/initrd.img" ] && [ ! "$build/lab-guest.sh" -nt "$guest/initrd.img" ] && [ ! "$init" -nt "$guest/initrd.img" ]; then
  exit 0
fi

work=$(mktemp -d "$guest/work.XXXXXX")
trap 'rm -rf "$work"' EXIT
root=$work/root
mkdir -p "$work/archives/partial" "$root" "$work/initrd"

# An empty list of installed packages makes apt name every package that these need. The kernel comes alone, without what would install it.
mkdir -p "$work/lists/partial"
touch "$work/status"
options=(-qq -o Dir::State::status="$work/status" -o Dir::State::lists="$work/lists" -o Dir::Cache="$work" -o APT::Sandbox::User= -o Debug::NoLocking=1)
download() {
  # Where one of several lists cannot be had, the others may do.
  apt-get "${options[@]}" update || true
  apt-get "${options[@]}" --no-install-recommends --download-only -y install "${packages[@]}" || return 1
  cd "$work/archives"
  apt-get "${options[@]}" download "$(apt-cache "${options[@]}" depends linux-image-amd64 | sed -n 's/^ *Depends: \(linux-image-[0-9].*\)/\1/p' | head -1)"
}
(download) >"$work/apt.log" 2>&1 || {
  echo "the packages of the lab's guest cannot be downloaded with apt:" >&2
  tail -5 "$work/apt.log" >&2
  exit 1
}
for package in "$work"/archives/*.deb; do
  dpkg -x "$package" "$root"
done
version=$(basename "$root"/boot/vmlinuz-*)
version=${version#vmlinuz-}

# The unpacked programs run with the unpacked libraries, whatever this machine has.
libraries=$root/lib/x86_64-linux-gnu:$root/usr/lib/x86_64-linux-gnu
loader() { "$root/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2" --library-path "$libraries" "$@"; }

initrd=$work/initrd
mkdir -p "$initrd"/{bin,lib64,lib/modules,usr,etc/ndctl.conf.d}
ln -s bin "$initrd/sbin"
ln -s ../bin "$initrd/usr/bin"
ln -s ../bin "$initrd/usr/sbin"
ln -s . "$initrd/lib/x86_64-linux-gnu"
cp "$root/bin/busybox" "$initrd/bin/"
cp "$root"/etc/ndctl.conf.d/* "$initrd/etc/ndctl.conf.d/"
cp "$root/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2" "$initrd/lib64/"
for program in "${programs[@]}"; do
  path=$(find "$root"/{,usr/}{bin,sbin} -name "$program" -type f | head -1)
  cp "$path" "$initrd/bin/"
  loader --list "$path" | awk '$2 == "=>" { print $3 }' | while read -r library; do
    [ "$library" != not ] || { echo "$program: a library is missing" >&2; exit 1; }
    cp -L "$library" "$initrd/lib/"
  done
done

loader --argv0 depmod "$root/bin/kmod" -b "$root" "$version"
for module in "${modules[@]}"; do
  # Debian has an "install" rule for libnvdimm: -i passes it by.
  loader --argv0 modprobe "$root/bin/kmod" -i -d "$root" -S "$version" --show-depends "$module" | awk '$1 == "insmod" { print $2 }'
done | sort -u | while read -r file; do
  mkdir -p "$initrd/$(dirname "${file#"$root/"}")"
  cp "$file" "$initrd/${file#"$root/"}"
done
cp "$root/lib/modules/$version"/modules.{builtin,order,builtin.modinfo} "$initrd/lib/modules/$version/"
loader --argv0 depmod "$root/bin/kmod" -b "$initrd" "$version"

printf 'root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n' >"$initrd/etc/passwd"
printf 'root:x:0:\nnogroup:x:65534:\n' >"$initrd/etc/group"
install -m 755 "$init" "$initrd/init"
(cd "$initrd" && find . | "$root/bin/busybox" cpio -o -H newc 2>/dev/null) | gzip -1 >"$work/initrd.img"
cp "$root/boot/vmlinuz-$version" "$guest/vmlinuz"
mv "$work/initrd.img" "$guest/initrd.img"
echo "the lab's guest: Linux $version, initrd of $(stat -c %s "$guest/initrd.img") bytes" >&2

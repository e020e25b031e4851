#!/usr/bin/env bash
# Installs from Debian the programs that tests run against, where it runs as root with apt. Elsewhere it only says what is missing:
# there the tests that need a program are skipped, with the reason. axe-core, which checks the page, comes from npm into artifacts/npm.
# With --list it only prints the names of the programs.
set -euo pipefail
. "$(dirname "$0")/common/arguments.sh"
declare -A packages=(
  [virt-xml-validate]=libvirt-clients
  [xmllint]=libxml2-utils
  [virsh]=libvirt-clients
  [libvirtd]=libvirt-daemon-system
  [virt-install]=virtinst
  [qemu-system-x86_64]=qemu-system-x86
  [qemu-system-ppc64]=qemu-system-ppc
  [qemu-system-aarch64]=qemu-system-arm
  [ndctl]=ndctl
  [mkfs.ext4]=e2fsprogs
  [mkfs.xfs]=xfsprogs
  [mkfs.btrfs]=btrfs-progs
  [mkfs.f2fs]=f2fs-tools
  [mkfs.vfat]=dosfstools
  [mkfs.ntfs]=ntfs-3g
  [mkfs.exfat]=exfatprogs
  [cryptsetup]=cryptsetup-bin
  [sfdisk]=fdisk
  [blkid]=util-linux
  [strace]=strace
  [setfacl]=acl
  [fence_rhevm]=fence-agents
  [zsh]=zsh
  [fish]=fish
  [mandoc]=mandoc
  [man]=man-db
  [chromium]=chromium
  [debootstrap]=debootstrap
  [systemd-nspawn]=systemd-container
  [objdump]=binutils
  [ssh]=openssh-client
  [sshd]=openssh-server
)
if [ "$*" = --list ]; then
  printf '%s\n' "${!packages[@]}"
  exit 0
fi
no_arguments "$@"
axe=4.14.1
npm="$(dirname "$0")/../artifacts/npm"
if ! grep -qs "\"version\": \"$axe\"" "$npm/node_modules/axe-core/package.json"; then
  if command -v npm >/dev/null; then
    npm install --silent --no-save --no-audit --no-fund --prefix "$npm" "axe-core@$axe"
  else
    echo "npm is not installed, so the page is not checked with axe-core"
  fi
fi
export PATH="$PATH:/usr/sbin:/sbin"
missing=()
for program in "${!packages[@]}"; do
  command -v "$program" >/dev/null || missing+=("${packages[$program]}")
done
[ -e /usr/share/libvirt/schemas/domain.rng ] || missing+=(libvirt0)
[ -e /usr/lib/python3/dist-packages/gi/__init__.py ] || missing+=(python3-gi)
compgen -G '/usr/lib/*/girepository-1.0/GoVirt-1.0.typelib' >/dev/null || missing+=(gir1.2-govirt-1.0)
[ ${#missing[@]} -gt 0 ] || exit 0

mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort -u)
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "not installed, so some tests will be skipped: ${missing[*]}"
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" libvirt-daemon-driver-qemu dbus >/dev/null

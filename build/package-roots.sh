#!/usr/bin/env bash
# Makes bare roots of Debian releases, in which tests install the packages of build/package.sh and run them: build/package-roots.sh [RELEASE…]
# Releases: bullseye (glibc 2.31, OpenSSL 1.1) and trixie (glibc 2.41, OpenSSL 3.5); both by default. The tests of build/test.sh look for all of them.
# A root has about 250 MiB, what the packages depend on, and systemd, which runs their service. It is made once, with debootstrap, in
# artifacts/package-roots or in the folder that NVDIMM_PACKAGE_ROOTS names; the tests write into a layer above it. Needs root and Debian.
set -euo pipefail
. "$(dirname "$0")/common/arguments.sh"
cd "$(dirname "$0")/.."
known=(bullseye trixie)
for release; do
  case " ${known[*]} " in
    *" $release "*) ;;
    *) wrong "no release is named '$release'; there are ${known[*]}" ;;
  esac
done
[ $# -gt 0 ] || set -- "${known[@]}"
roots=${NVDIMM_PACKAGE_ROOTS:-$PWD/artifacts/package-roots}
mkdir -p "$roots"
# Two that want the same roots make them once.
exec 9>"$roots/.lock"
flock 9
missing=()
for release; do
  # Earlier versions of this script made roots without systemd.
  [ -x "$roots/$release/lib/systemd/systemd" ] || missing+=("$release")
done
[ ${#missing[@]} -gt 0 ] || exit 0
. build/common/debian-roots.sh
for release in "${missing[@]}"; do
  rm -rf "$roots/$release.new"
  debootstrap --variant=minbase --include=acl,openssl,systemd-sysv "$release" "$roots/$release.new" "$mirror" >"$roots/$release.log" 2>&1 \
    || { echo "$release: its root could not be made; see $roots/$release.log" >&2; exit 1; }
  rm -rf "${roots:?}/$release"
  mv "$roots/$release.new" "$roots/$release"
done

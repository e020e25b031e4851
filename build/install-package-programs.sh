#!/usr/bin/env bash
# Installs from Debian what NativeAOT links with and what makes packages, where it runs as root with apt; elsewhere it says what is missing.
set -euo pipefail
. "$(dirname "$0")/common/arguments.sh"
no_arguments "$@"
export PATH="$PATH:/usr/sbin:/sbin"
declare -A packages=([clang]=clang [ld.lld]=lld [rpmbuild]=rpm [objdump]=binutils)
missing=()
for program in "${!packages[@]}"; do
  command -v "$program" >/dev/null || missing+=("${packages[$program]}")
done
[ -e /usr/include/zlib.h ] || missing+=(zlib1g-dev)
[ ${#missing[@]} -gt 0 ] || exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "not installed, so no packages can be made: ${missing[*]}" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null

#!/usr/bin/env bash
# Runs 'nvdimm verify' against the libvirt and QEMU of other Debian releases, each in a root of its own, and prints one line for each pair.
#   build/hypervisors.sh [--make] [RELEASE…] [-- ARGUMENT…]
# --make only makes the roots that are missing.
# Releases: bullseye, bookworm, trixie, sid, and NAME-backports; all of them by default. Arguments go to 'nvdimm verify', such as --samples 300.
# A root has about 700 MiB. It is made once, with debootstrap, in artifacts/hypervisors or in the folder that NVDIMM_HYPERVISORS names. Nothing
# outside the root is changed. Needs root and Debian.
# The exit status is 1 if a pair does something else than predicted, or could not be checked. Cases that a busy machine is too slow for (exit status 8
# of 'nvdimm verify') are named, and do not fail it, as in build/verify.sh.
set -euo pipefail
. "$(dirname "$0")/common/arguments.sh"
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
known=(bullseye bookworm bookworm-backports trixie trixie-backports sid)
roots=${NVDIMM_HYPERVISORS:-$PWD/artifacts/hypervisors}
releases=()
only_make=
while [ $# -gt 0 ]; do
  case $1 in
    --make) only_make=1; shift ;;
    --) shift; break ;;
    *)
      case " ${known[*]} " in
        *" $1 "*) releases+=("$1") ;;
        *) wrong "no release is named '$1'; there are ${known[*]}" ;;
      esac
      shift ;;
  esac
done
[ ${#releases[@]} -gt 0 ] || releases=("${known[@]}")
. build/common/debian-roots.sh

# Called where a failure is looked at, so that bash goes on after one (set -e): each step that can fail returns.
make_root() {
  local root=$1 suite=${2%-backports} extra=
  [ "$2" = "$suite" ] || extra=$2
  rm -rf "$root.new"
  debootstrap --variant=minbase --include=ca-certificates "$suite" "$root.new" "$mirror" || return
  {
    echo "deb $mirror $suite main"
    [ -z "$extra" ] || echo "deb $mirror $extra main"
  } >"$root.new/etc/apt/sources.list"
  rm -f "$root.new"/etc/apt/sources.list.d/*
  # Packages are fetched as this machine fetches its own. No daemon starts at its installation.
  mkdir -p "$root.new/etc/ssl/certs"
  [ ! -e /etc/ssl/certs/ca-certificates.crt ] || cp -L /etc/ssl/certs/ca-certificates.crt "$root.new/etc/ssl/certs/"
  cp -L /etc/resolv.conf /etc/hosts "$root.new/etc/"
  printf '#!/bin/sh\nexit 101\n' >"$root.new/usr/sbin/policy-rc.d"
  chmod 755 "$root.new/usr/sbin/policy-rc.d"
  unshare --mount --pid --fork --kill-child bash -euc '
    mount --make-rprivate /
    mount -t proc proc "$1/proc"
    export DEBIAN_FRONTEND=noninteractive LC_ALL=C
    chroot "$1" apt-get -o Acquire::Check-Valid-Until=false update -qq
    chroot "$1" apt-get install -qy --no-install-recommends ${2:+-t "$2"} qemu-system-x86 qemu-system-ppc qemu-system-arm \
      libvirt-daemon-system libvirt-clients libvirt-daemon-driver-qemu dbus libicu-dev
    chroot "$1" apt-get clean
  ' - "$root.new" "$extra" || return
  mv "$root.new" "$root"
}

status=0
mkdir -p "$roots" artifacts/hypervisors-reports
if [ -z "$only_make" ]; then
  # The tool with its runtime, which needs glibc 2.27: the same program for every release.
  tool=$PWD/artifacts/hypervisors-tool
  dotnet publish src/Nvdimm.Cli -c Release -r linux-x64 --self-contained -o "$tool" --verbosity quiet --nologo
  printf '%-20s %-10s %-10s %-8s %6s %11s %9s\n' RELEASE LIBVIRT QEMU GUESTS CASES MISMATCHES 'HOT PLUG'
fi
for release in "${releases[@]}"; do
  root=$roots/$release
  report=artifacts/hypervisors-reports/$release.json
  # Two that want the same roots make them once.
  if ! { flock 9 && { [ -d "$root" ] || make_root "$root" "$release" >"artifacts/hypervisors-reports/$release.log" 2>&1; }; } 9>"$roots/.lock"; then
    echo "$release: its root could not be made; see artifacts/hypervisors-reports/$release.log" >&2
    status=1
    continue
  fi
  [ -z "$only_make" ] || continue
  outcome=0
  "$tool/Nvdimm.Cli" verify --root "$root" --state-folder "$root/none" --json "$@" >"$report" 2>"${report%.json}.log" || outcome=$?
  case $outcome in
    0 | 6) ;;
    8) tail -n 1 "${report%.json}.log" >&2 ;;
    *)
      echo "$release: not checked (status $outcome): $(tail -n 1 "${report%.json}.log")" >&2
      status=1
      continue ;;
  esac
  [ "$outcome" -ne 6 ] || status=1
  /usr/bin/python3 - "$release" "$report" <<'PYTHON'
import json, sys
release, path = sys.argv[1:]
report = json.load(open(path))
version = {program["name"]: program["version"] for program in report["programs"]}
for architecture in dict.fromkeys(group["architecture"] for group in report["groups"]):
    groups = [group for group in report["groups"] if group["architecture"] == architecture]
    plugs = [plug for plug in report["hotPlugs"] if plug["architecture"] == architecture]
    qemu = next((version[name] for name in version if name.startswith("qemu") and {"x86_64": "x86"}.get(architecture, architecture)[:3] in name), "-")
    print("%-20s %-10s %-10s %-8s %6d %11d %4d of %d" % (
        release, version.get("libvirt", "-"), qemu, architecture, sum(group["cases"] for group in groups), sum(group["mismatches"] for group in groups),
        sum(not plug["mismatches"] for plug in plugs), len(plugs)))
PYTHON
done
exit "$status"

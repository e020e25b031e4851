#!/usr/bin/env bash
# The guest lab: real Linux guests, without KVM, that do with NVDIMMs what tests/Nvdimm.Lab.Tests/README.md says. Each boot is bounded in
# time, and no guest, daemon or file is left over.
#   build/lab.sh [scenario…] [--update]
# Scenarios: host guest restart drift hot-plug labels content domain arm dax-file real-backings restore; all of them by default.
# --update rewrites the captures of the scenario host in tests/TestData/ndctl where they differ, and what the parser makes of them.
set -euo pipefail
. "$(dirname "$0")/common/arguments.sh"
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
project=tests/Nvdimm.Lab.Tests
mapfile -t all < <(sed -n 's/^\[Category("\(.*\)")\]$/\1/p' "$project"/*Tests.cs | sort -u)
scenarios=()
update=0
for argument; do
  case " ${all[*]} --update " in
    *" $argument "*) ;;
    *) wrong "'$argument' is no scenario; there are ${all[*]}" ;;
  esac
  if [ "$argument" = --update ]; then update=1; else scenarios+=("$argument"); fi
done
if [ ${#scenarios[@]} -eq 0 ]; then
  if [ "$update" = 1 ]; then scenarios=(host); else scenarios=("${all[@]}"); fi
fi

build/install-test-programs.sh
# Whoever asks for the lab wants it to run: as in CI, what is missing fails each test that needs it, and says why.
export CI=true
guests=()
for scenario in "${scenarios[@]}"; do
  if [ "$scenario" = arm ]; then guests[1]=arm64; else guests[0]=amd64; fi
done
for guest in "${guests[@]}"; do
  build/lab-guest.sh "$guest" || echo "the lab's $guest guest could not be made: its tests fail" >&2
done

# Files and a libvirt of its own: another test run cannot end it, and what a killed run has left goes with it.
scratch=$(mktemp -d /tmp/nvdimm-lab.XXXXXX)
chmod 755 "$scratch"
mkdir "$scratch/files"
export TMPDIR=$scratch/files NVDIMM_TEST_LIBVIRT=$scratch/libvirt
finish() {
  local socket=$NVDIMM_TEST_LIBVIRT/run/libvirt/libvirt-sock connection name
  connection="qemu+unix:///session?socket=$socket"
  if [ -S "$socket" ]; then
    timeout 30 virsh -c "$connection" list --name | while read -r name; do
      [ -z "$name" ] || timeout 60 virsh -c "$connection" destroy "$name"
    done || true
    build/libvirt-for-tests.sh --stop || true
  fi
  rm -rf "$scratch"
}
trap finish EXIT

dotnet build "$project" -c Release -v q
filter=$(printf '|TestCategory=%s' "${scenarios[@]}")
status=0
NVDIMM_UPDATE_GOLDEN=$update dotnet test "$project/bin/Release/net10.0/Nvdimm.Lab.Tests.dll" --filter "${filter:1}" \
  --settings build/lab.runsettings --logger "console;verbosity=minimal" || status=$?
if [ "$update" = 1 ]; then
  # It fails wherever it rewrites: run both again to see that all is well.
  NVDIMM_UPDATE_GOLDEN=1 dotnet test tests/Nvdimm.Extensions.Ndctl.Tests -c Release --filter "Name~Parse_Capture_IsAsReviewed" || status=$?
fi
exit "$status"

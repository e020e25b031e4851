#!/usr/bin/env bash
# Feeds mutated inputs to everything that reads foreign bytes: build/fuzz.sh [target…] [--executions N] [--seed S] [--keep].
# Targets: ndctl domain ledger fingerprint labels content; without one, all of them one after the other. Default: 100,000 executions, seed 1.
# The mutations are guided: SharpFuzz makes copies of our libraries count their branches as afl-fuzz would have it, and inputs that take
# new ones are mutated further. It all happens in one process, which needs no afl++ and 50 microseconds for an input.
# What breaks something is left in artifacts/fuzz/<target>; --keep chooses the corpus in tests/TestData/fuzz anew.
# The exit status is 1 if something broke. What a crash or a hang (10 seconds for one input) was about is written there by the next run.
set -euo pipefail
. "$(dirname "$0")/common/arguments.sh"
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
all=(ndctl domain ledger fingerprint labels content)
targets=()
options=()
while [ $# -gt 0 ]; do
  case $1 in
    --executions | --seed)
      [[ ${2:-} =~ ^[0-9]+$ ]] || wrong "$1 needs a number"
      options+=("$1" "$2"); shift 2 ;;
    --keep) options+=("$1"); shift ;;
    *)
      [[ " ${all[*]} " = *" $1 "* ]] || wrong "'$1' is no target; there are ${all[*]}"
      targets+=("$1"); shift ;;
  esac
done
[ ${#targets[@]} -gt 0 ] || targets=("${all[@]}")

# One folder for each call, so that two can run at once.
mkdir -p artifacts/fuzz
programs=$(mktemp -d artifacts/fuzz/programs.XXXXXX)
# The ledger and the probe read files: in memory, where there is such a place.
TMPDIR=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm || echo /tmp)" nvdimm-fuzz.XXXXXX)
export TMPDIR
trap 'rm -rf "$programs" "$TMPDIR"' EXIT
dotnet build tests/Nvdimm.Fuzzing -c Release -v q --nologo
cp -r tests/Nvdimm.Fuzzing/bin/Release/net10.0/. "$programs"
dotnet "$programs/Nvdimm.Fuzzing.dll" instrument "$programs" >/dev/null

# Memory is bounded: an input that needs more than 1 GiB ends the process.
export DOTNET_GCHeapHardLimit=0x40000000 DOTNET_TieredPGO=0
status=0
for target in "${targets[@]}"; do
  dotnet "$programs/Nvdimm.Fuzzing.dll" run "$target" "${options[@]}" || status=1
done
exit "$status"

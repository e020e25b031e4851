#!/usr/bin/env bash
# Attacks hook, tool and development engine, and counts what was won. As root on Debian it installs what it needs. It works in a folder of its own in
# the system's temporary one, leaves nothing behind, and changes nothing elsewhere.
#   build/attack.sh           every fault, 1,000 swaps for each command, and the engine with 10,000 VMs: hours. NVDIMM_FAULTS=500 bounds the faults of
#                             each command, which makes 8,000 in about an hour on two quiet cores.
#   build/attack.sh --short   a part of it, as CI runs it: less than three minutes after the builds.
#   build/attack.sh [--short] --binaries DIR   takes nvdimm and nvdimm-hook from there, such as artifacts/linux/bin, instead of building them.
# faults: each system call of the hook and of every command of the tool that changes something fails with EIO, ENOSPC, EACCES or ENOMEM, or the process
#   is killed there. swaps: root works in a folder whose owner swaps, links, plants pipes and hard links. access: every endpoint of the engine, asked by
#   those who may not. engine: reads with 10,000 VMs against 100, as build/bench.sh measures them.
# The last line has the counts; the status is 0 only where nothing was torn, allowed, told untruly, left over or won.
set -euo pipefail
. "$(dirname "$0")/common/arguments.sh"
cd "$(dirname "$0")/.."
short=
binaries=
while [ $# -gt 0 ]; do
  case $1 in
    --short) short=1; shift ;;
    --binaries)
      [ -x "${2:-}/nvdimm" ] && [ -x "$2/nvdimm-hook" ] || wrong "--binaries needs a folder with nvdimm and nvdimm-hook"
      binaries=$(realpath "$2"); shift 2 ;;
    *) wrong "'$1' is no option; there are --short and --binaries DIR" ;;
  esac
done
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
[ "$(id -u)" -eq 0 ] || { echo "attack.sh: only root works in the folder of another user: run it as root" >&2; exit 1; }
build/install-test-programs.sh
# Whoever asks for the attack wants it to run: what is missing fails, and says why.
export CI=true

if [ -z "$binaries" ]; then
  binaries=$PWD/artifacts/attack
  build/hook.sh
  dotnet publish src/Nvdimm.Cli -c Release -r linux-x64 -p:PublishAot=true -o "$binaries/publish" -v quiet
  install -m 755 "$binaries/publish/Nvdimm.Cli" "$binaries/nvdimm"
  install -m 755 artifacts/hook/nvdimm-hook "$binaries/nvdimm-hook"
fi
project=tests/Nvdimm.Attack.Tests
dotnet build "$project" -c Release -v quiet

scratch=$(mktemp -d /tmp/nvdimm-attack.XXXXXX)
chmod 755 "$scratch"
mkdir "$scratch/files"
trap 'rm -rf "$scratch"' EXIT
export TMPDIR=$scratch/files NVDIMM_ATTACK_COUNTS=$scratch/counts NVDIMM_ATTACK_BINARIES=$binaries
if [ -n "$short" ]; then
  export NVDIMM_SWAPS=100 NVDIMM_FAULTS=24
else
  export NVDIMM_SWAPS=1000
fi
touch "$NVDIMM_ATTACK_COUNTS"
status=0
dotnet test "$project/bin/Release/net10.0/Nvdimm.Attack.Tests.dll" --settings build/attack.runsettings --logger "console;verbosity=minimal" || status=$?
if [ -z "$short" ]; then
  dotnet build tests/Nvdimm.Benchmarks -c Release -v quiet
  dotnet tests/Nvdimm.Benchmarks/bin/Release/net10.0/Nvdimm.Benchmarks.dll engine || status=$?
fi
awk '
  { sum[$1] += $2 }
  END {
    printf "%d faults, %d kills, %d swaps, %d requests: %d torn, %d allowed that must be refused, %d told untruly, %d left over, %d won, %d breaches\n",
      sum["faults"], sum["kills"], sum["swaps"], sum["requests"], sum["torn"], sum["allowed"], sum["untrue"], sum["left-over"], sum["won"], sum["breaches"]
    split("faults kills swaps requests", kinds, " ")
    for (at in kinds) if (!sum[kinds[at]]) { print "attack.sh: there were no " kinds[at] ": the attack did not do what it is for" >"/dev/stderr"; missing = 1 }
    exit missing || sum["torn"] + sum["allowed"] + sum["untrue"] + sum["left-over"] + sum["won"] + sum["breaches"]
  }' "$NVDIMM_ATTACK_COUNTS" || status=1
exit "$status"

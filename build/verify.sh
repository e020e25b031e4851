#!/usr/bin/env bash
# Asks the libvirt and QEMU of this machine whether they do what the sizer predicts, through a libvirt of its own that touches nothing of
# the system's. Arguments go to `nvdimm verify`, such as --samples 1000. Cases that a busy machine is too slow for (exit status 8) are named, and do
# not fail it.
set -euo pipefail
. "$(dirname "$0")/common/arguments.sh"
takes_value=
for argument; do
  if [ -n "$takes_value" ] && [ "${argument#--}" = "$argument" ]; then
    [ "$takes_value" = --arch ] || takes_value=
    continue
  fi
  case $argument in
    --arch | --samples | --seed | --strategy | --state-folder) takes_value=$argument ;;
    --record | --json) takes_value= ;;
    *) wrong "'$argument' is no argument; there are --arch, --samples, --seed, --strategy, --record, --state-folder and --json of 'nvdimm verify'" ;;
  esac
done
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
build/install-test-programs.sh
connection=$(build/libvirt-for-tests.sh)
status=0
dotnet run --project src/Nvdimm.Cli -c Release -- verify --connect "$connection" "$@" || status=$?
# A machine that is too busy for the largest devices of POWER guests says nothing of the sizes: the cases are named above.
[ "$status" -ne 8 ] || exit 0
exit "$status"

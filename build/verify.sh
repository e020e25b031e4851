#!/usr/bin/env bash
# Asks the libvirt and QEMU of this machine whether they do what the sizer predicts, through a libvirt of its own that touches nothing of
# the system's. Arguments go to `nvdimm verify`, such as --samples 1000.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
build/install-test-programs.sh
connection=$(build/libvirt-for-tests.sh)
dotnet run --project src/Nvdimm.Cli -c Release -- verify --connect "$connection" "$@"

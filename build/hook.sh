#!/usr/bin/env bash
# Builds the hooks' native program for oVirt hosts into artifacts/hook/nvdimm-hook.
# Needs clang, lld, binutils, zlib's headers and libc.a (Debian: clang lld binutils zlib1g-dev libc6-dev). The program is linked statically: it
# needs no library and no glibc.
set -euo pipefail
. "$(dirname "$0")/common/arguments.sh"
no_arguments "$@"
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet publish src/Nvdimm.Hook -c Release -r linux-x64 -o artifacts/hook -v quiet
touch artifacts/hook/nvdimm-hook

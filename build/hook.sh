#!/usr/bin/env bash
# Builds the hooks' native program for oVirt hosts into artifacts/hook/nvdimm-hook.
# Needs clang, lld and zlib's headers (Debian: clang lld zlib1g-dev). The binary needs glibc 2.34 or later where this machine has that or less.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet publish src/Nvdimm.Hook -c Release -r linux-x64 -o artifacts/hook -v quiet
touch artifacts/hook/nvdimm-hook

#!/usr/bin/env bash
# Measures what is promised of the libraries and the hooks on this machine, in tables of what, measured, required, ok: first the libraries, then the hooks
# (build/hook-bench.sh). The exit status is 1 if a requirement is missed. Needs the .NET SDK, /usr/bin/python3 and what build/hook-bench.sh needs.
set -euo pipefail
. "$(dirname "$0")/common/arguments.sh"
no_arguments "$@"
cd "$(dirname "$0")/.."
dotnet build --configuration Release tests/Nvdimm.Benchmarks --verbosity quiet --nologo
status=0
dotnet tests/Nvdimm.Benchmarks/bin/Release/net10.0/Nvdimm.Benchmarks.dll || status=1
build/hook-bench.sh || status=1
exit $status

#!/bin/sh
# Measures what the README promises, in one run on this machine, and ends with a table: what, measured, required, ok.
# The exit status is 1 if a requirement is missed. Needs the .NET SDK and /usr/bin/python3.
set -eu
cd "$(dirname "$0")/.."
dotnet build --configuration Release tests/Nvdimm.Benchmarks --verbosity quiet --nologo
exec dotnet tests/Nvdimm.Benchmarks/bin/Release/net10.0/Nvdimm.Benchmarks.dll

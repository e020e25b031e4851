#!/usr/bin/env bash
# Packs every package into artifacts/packages, then uses them as a stranger would: a program outside the repository that restores
# them from that folder, and the dotnet tool installed from it.
set -euo pipefail
. "$(dirname "$0")/common/arguments.sh"
no_arguments "$@"
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
packages=$PWD/artifacts/packages
rm -rf "$packages"

dotnet pack Nvdimm.Extensions.sln -c Release -o "$packages"

first=$(ls "$packages"/Nvdimm.Extensions.Ndctl.*.nupkg)
version=$(basename "$first" .nupkg)
version=${version#Nvdimm.Extensions.Ndctl.}
for package in Nvdimm.Extensions Nvdimm.Extensions.Ndctl Nvdimm.Extensions.Host Nvdimm.Extensions.Engine \
  Nvdimm.Extensions.DependencyInjection Nvdimm.Extensions.Testing Nvdimm.Cli; do
  [ -s "$packages/$package.$version.nupkg" ] || { echo "no package $package $version" >&2; exit 1; }
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp build/consumer/* "$scratch"
cp tests/TestData/ndctl/main-02-all-modes/list-N-v.json "$scratch"
cd "$scratch"
dotnet new nugetconfig >/dev/null
dotnet nuget add source "$packages" --name packed >/dev/null
NUGET_PACKAGES=$scratch/cache dotnet run --project consumer.csproj -p:NvdimmVersion="$version" -- list-N-v.json | tee output.txt
grep -q '^19 devices; /dev/dax0.0: Ok, guest 128 MiB, label at 136183808$' output.txt

NUGET_PACKAGES=$scratch/cache dotnet tool install Nvdimm.Cli --tool-path tools --version "$version" --source "$packages" >/dev/null
tools/nvdimm size --arch x86_64 --device-size 1GiB --align 2MiB
echo "packed $version: $(ls "$packages" | wc -l) files"

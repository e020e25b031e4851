#!/usr/bin/env bash
# Packs every package into artifacts/packages and looks into them (build/package-check.cs). Then it uses them as a stranger would: each complete
# program of a readme in a project outside the repository that restores the packages from that folder, and the dotnet tool installed from it.
#   NVDIMM_REPOSITORY_URL   where the repository is, such as https://github.com/OWNER/NAME: for the packages' links and SourceLink.
#                           Default: the remote 'origin', if it is an https address. Without either the packages have no links.
set -euo pipefail
. "$(dirname "$0")/common/arguments.sh"
no_arguments "$@"
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
root=$PWD
packages=$PWD/artifacts/packages
names=(Nvdimm.Extensions Nvdimm.Extensions.Ndctl Nvdimm.Extensions.Host Nvdimm.Extensions.Engine
  Nvdimm.Extensions.DependencyInjection Nvdimm.Extensions.Testing Nvdimm.Cli)

url=${NVDIMM_REPOSITORY_URL:-$(git remote get-url origin 2>/dev/null || true)}
case $url in
https://*) url=${url%.git} ;;
*)
  [ -z "${NVDIMM_REPOSITORY_URL:-}" ] || { echo "pack.sh: NVDIMM_REPOSITORY_URL is '$url', not an https address" >&2; exit 2; }
  echo "pack.sh: there is no NVDIMM_REPOSITORY_URL: the packages have no links to the repository" >&2
  url=
  ;;
esac
export NVDIMM_REPOSITORY_URL=$url

# Always as in CI, and apart from what a developer has built: the same bytes in every folder.
rm -rf "$packages"
for name in "${names[@]}"; do
  dotnet pack "src/$name" -c Release -v q -p:ContinuousIntegrationBuild=true --artifacts-path artifacts/pack -o "$packages"
done

first=$(ls "$packages"/Nvdimm.Extensions.Ndctl.*.nupkg)
version=$(basename "$first" .nupkg)
version=${version#Nvdimm.Extensions.Ndctl.}
for name in "${names[@]}"; do
  [ -s "$packages/$name.$version.nupkg" ] || { echo "no package $name $version" >&2; exit 1; }
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/check" "$scratch/hosts"
cp build/package-check.cs "$scratch/check"
cp build/consumer/consumer.csproj "$scratch"
cp tests/TestData/ndctl/main-02-all-modes/list-N-v.json "$scratch/hosts/host1.json"
cd "$scratch"
dotnet run --file check/package-check.cs -- "$packages" "$root/" "$url"

dotnet new nugetconfig >/dev/null
dotnet nuget add source "$packages" --name packed >/dev/null
for readme in "$root"/src/*/README.md; do
  arguments=$(sed -n 's/^<!-- complete program:\(.*\)-->$/\1/p' "$readme")
  grep -q '^<!-- complete program:' "$readme" || continue
  awk '/^<!-- complete program:/ { found = 1 } found && /^```csharp$/ { inside = 1; next } inside && /^```$/ { exit } inside' "$readme" >Program.cs
  arguments=${arguments//'{listing}'/hosts/host1.json}
  # shellcheck disable=SC2086 # the arguments are words
  NUGET_PACKAGES=$scratch/cache dotnet run --project consumer.csproj -p:NvdimmVersion="$version" -- ${arguments//'{folder}'/hosts} >output.txt
  [ -s output.txt ] || { echo "the program of $readme says nothing" >&2; exit 1; }
  case $readme in
  */Nvdimm.Extensions/README.md) grep -q '<path>/dev/pmem4</path>' output.txt ;;
  esac
done

NUGET_PACKAGES=$scratch/cache dotnet tool install Nvdimm.Cli --tool-path tools --version "$version" --source "$packages" >/dev/null
tools/nvdimm size --arch x86_64 --device-size 1GiB --align 2MiB
echo "packed $version: $(ls "$packages" | wc -l) files"

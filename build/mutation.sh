#!/usr/bin/env bash
# Mutation tests with Stryker (.config/dotnet-tools.json): changes the source in many small ways, one at a time, and runs the tests that are near.
# A change that no test notices has survived. Works on a copy of the last commit, as Stryker builds the changed assembly into the tests' folder.
#   build/mutation.sh core      Sizing and Policy of Nvdimm.Extensions
#   build/mutation.sh host      Start and Guard of Nvdimm.Extensions.Host, without what "session" has
#   build/mutation.sh session   what gathers the evidence of a start, and the start as a whole; its tests make a host of files each
# Further arguments go to Stryker. Ends with a table, every survivor, and artifacts/mutation/<part>/reports; fails below a score of 95 %.
set -euo pipefail
. "$(dirname "$0")/common/arguments.sh"
. "$(dirname "$0")/common/scratch.sh"
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
part=${1:-}
session='Start/DomainRules.cs Start/HostState.cs Start/StartConfirmation.cs Start/StartEvidenceReader.cs Start/StartMemoryUses.cs Start/StartSession.cs'
case $part in
  core) project=Nvdimm.Extensions
    mutated=$(cd src/$project && echo Sizing/*.cs Policy/*.cs)
    filter='FullyQualifiedName~Tests.Sizing|FullyQualifiedName~Tests.Policy' ;;
  # Not the random rows: they take two thirds of the tests' time, and every mutant runs what covers it. Nor, for "host", what needs a host of files.
  host) project=Nvdimm.Extensions.Host
    mutated=$(cd src/$project && printf '%s\n' Start/*.cs Guard/*.cs | grep -vxFf <(tr ' ' '\n' <<<"$session"))
    filter='(FullyQualifiedName~NullArgument|FullyQualifiedName~Tests.Guard|FullyQualifiedName~Tests.Start)'
    for slow in StartSession StartEvidenceTests HostState StartContent HugePageFile FallenBack Start_OfAnything; do filter+="&FullyQualifiedName!~$slow"; done ;;
  session) project=Nvdimm.Extensions.Host
    mutated=$session
    filter='FullyQualifiedName~NullArgument|(FullyQualifiedName~Tests.Start&FullyQualifiedName!~Start_OfAnything)' ;;
  *) wrong "'$part' is no part; there are core, host and session" ;;
esac
shift

output=$PWD/artifacts/mutation/$part
rm -rf "$output"
mkdir -p "$output"
git clone -q . "$output/source"
cd "$output/source/tests/$project.Tests"
dotnet tool restore
# Stryker mutates the whole project and counts every execution of each mutant before it applies --mutate. The comment in the other files
# keeps it from counting in inner loops, such as that of a hash.
mutate=()
elsewhere=()
for file in $mutated; do
  [ -e "../../src/$project/$file" ] || wrong "there is no $file in $project: build/mutation.sh has its old name"
  mutate+=(--mutate "$file")
  elsewhere+=(-not -path "*/src/$project/$file")
done
find "$output/source/src/$project" -name '*.cs' "${elsewhere[@]}" -exec sed -i 's|^namespace |// Stryker disable all\n&|' {} +
# The tests' files in memory, where no start waits for a disk.
TMPDIR=$(scratch_in_memory 1)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
dotnet stryker --project "$project.csproj" --configuration Release "${mutate[@]}" --test-case-filter "$filter" \
  --threshold-high 100 --threshold-low 95 --break-at 95 --reporter ClearText --reporter Json --reporter Html --output "$output" --skip-version-check "$@"

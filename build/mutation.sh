#!/usr/bin/env bash
# Mutation tests with Stryker (.config/dotnet-tools.json): changes the source in many small ways, one at a time, and runs the tests that are near.
# A change that no test notices has survived. Works on a copy of the last commit, as Stryker builds the changed assembly into the tests' folder.
#   build/mutation.sh core    Sizing and Policy of Nvdimm.Extensions
#   build/mutation.sh host    Start and Guard of Nvdimm.Extensions.Host
# Further arguments go to Stryker. Ends with a table, every survivor, and artifacts/mutation/<part>/reports; fails below a score of 95 %.
set -euo pipefail
. "$(dirname "$0")/common/arguments.sh"
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
part=${1:-}
case $part in
  core) project=Nvdimm.Extensions folders='Sizing Policy' filter='FullyQualifiedName~Tests.Sizing|FullyQualifiedName~Tests.Policy' ;;
  host) project=Nvdimm.Extensions.Host folders='Start Guard'
    # Not the random rows: they take two thirds of the tests' time, and every mutant runs what covers it.
    filter='FullyQualifiedName~Tests.Guard|(FullyQualifiedName~Tests.Start&FullyQualifiedName!~StartSessionTableTests&FullyQualifiedName!~Start_OfAnything)' ;;
  *) wrong "'$part' is no part; there are core and host" ;;
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
for folder in $folders; do
  mutate+=(--mutate "$folder/**/*.cs")
  elsewhere+=(-not -path "*/$folder/*")
done
find "$output/source/src/$project" -name '*.cs' "${elsewhere[@]}" -exec sed -i 's|^namespace |// Stryker disable all\n&|' {} +
dotnet stryker --project "$project.csproj" --configuration Release "${mutate[@]}" --test-case-filter "$filter" \
  --threshold-high 100 --threshold-low 95 --break-at 95 --reporter ClearText --reporter Json --reporter Html --output "$output" --skip-version-check "$@"

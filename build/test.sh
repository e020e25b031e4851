#!/usr/bin/env bash
# Restores, builds, checks the format, runs all tests, and sums up: coverage, then one line "N passed, N failed, N skipped".
# As root on Debian it installs what the tests run against: libvirt's schema validator, ndctl, libvirt and QEMU.
#   build/test.sh [scenario…]
# With scenarios of the guest lab (build/lab.sh) it runs these, too, and its sum counts them.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
results=artifacts/tests
minimum_coverage=95

build/install-test-programs.sh

rm -rf "$results"
mkdir -p "$results"
dotnet tool restore
dotnet restore Nvdimm.Extensions.sln
dotnet build Nvdimm.Extensions.sln --no-restore -c Release
build/package.sh || echo "there are no native programs and no packages: their tests are skipped, or fail in CI" >&2
dotnet format whitespace Nvdimm.Extensions.sln --no-restore --verify-no-changes
dotnet format style Nvdimm.Extensions.sln --no-restore --verify-no-changes

status=0
dotnet test Nvdimm.Extensions.sln --no-build -c Release --results-directory "$results" --collect "XPlat Code Coverage" \
  --settings build/tests.runsettings 2>&1 | tee "$results/console.txt" || status=$?

if [ $# -gt 0 ]; then
  build/lab.sh "$@" 2>&1 | tee -a "$results/console.txt" || status=$?
fi

dotnet tool run reportgenerator "-reports:$results/**/coverage.cobertura.xml" "-targetdir:$results/coverage" \
  "-reporttypes:TextSummary;JsonSummary" "-verbosity:Error"
sed -n '1,200p' "$results/coverage/Summary.txt"

# The summary's lines for whole assemblies start in the first column: "Nvdimm.Extensions    97.5%".
for assembly in Nvdimm.Extensions Nvdimm.Extensions.Ndctl; do
  covered=$(awk -v name="$assembly" '$1 == name { sub("%", "", $2); print $2 }' "$results/coverage/Summary.txt")
  if ! awk -v covered="${covered:-0}" -v minimum="$minimum_coverage" 'BEGIN { exit !(covered >= minimum) }'; then
    echo "line coverage of $assembly is ${covered:-unknown} %, below $minimum_coverage %" >&2
    status=1
  fi
done

# VSTest closes each project with "Passed!  - Failed:     0, Passed:    52, Skipped:     0, Total:    52, …"; projects run side by side
# and two of these may end up on one line.
grep -oE 'Failed: +[0-9]+, Passed: +[0-9]+, Skipped: +[0-9]+' "$results/console.txt" | awk -F '[^0-9]+' '
  { failed += $2; passed += $3; skipped += $4 }
  END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped }
' | tee "$results/summary.txt"
grep -qE '^[1-9][0-9]* passed' "$results/summary.txt" || { echo "no test ran" >&2; status=1; }
exit "$status"

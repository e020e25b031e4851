#!/usr/bin/env bash
# Runs the tests. It says what it is doing and how long each part took, and ends with one line "N passed, N failed, N skipped".
#   build/test.sh [scenario…] [attack]
#                               everything: restores, builds, makes the packages, checks the format, runs all tests, sums up the coverage.
#                               As root on Debian it installs what the tests run against: libvirt, QEMU, ndctl, a browser, shells.
#                               With scenarios of the guest lab (build/lab.sh) it runs these, too, and with "attack" the short attack on the
#                               packaged programs (build/attack.sh); its sum counts them.
#   build/test.sh --fast        all tests but the attack that need neither root nor libvirt, QEMU, a browser or a native build: under three
#                               minutes from a clean clone on a quiet machine. It plays fewer random sequences, installs nothing, checks neither
#                               format nor coverage, and hides the programs that it does without, so that a test which needs one fails.
set -euo pipefail
. "$(dirname "$0")/common/arguments.sh"
. "$(dirname "$0")/common/scratch.sh"
cd "$(dirname "$0")/.."
mapfile -t scenarios < <(sed -n 's/^\[Category("\(.*\)")\]$/\1/p' tests/Nvdimm.Lab.Tests/*Tests.cs | sort -u)
fast=
attack=
lab=()
for argument; do
  case " --fast attack ${scenarios[*]} " in
    *" $argument "*) ;;
    *) wrong "'$argument' is neither --fast nor attack nor a scenario of the lab; there are ${scenarios[*]}" ;;
  esac
  case $argument in
    --fast) fast=1 ;;
    attack) attack=1 ;;
    *) lab+=("$argument") ;;
  esac
done
[ -z "$fast" ] || [ $# -eq 1 ] || wrong "--fast runs neither the lab nor the attack"
# Tests run too briefly to profit from profile-guided optimization.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_TieredPGO=0
results=artifacts/tests
minimum_coverage=95
status=0
rm -rf "$results"
mkdir -p "$results"
TMPDIR=$(scratch_in_memory 8)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT

# Says what begins; at the end of a part how long it took.
part=
part() {
  [ -z "$part" ] || echo "== $part: $((SECONDS - began)) s"
  part=$1
  began=$SECONDS
  [ -z "$part" ] || echo "== $part"
}

# Names the failed tests once more, where one reads them: above the sum, each with the beginning of what it said.
failed() {
  ! grep -qE '^ *Failed [A-Z]' "$results/console.txt" || { echo "== failed tests" && grep -E -A 12 '^ *Failed [A-Z]' "$results/console.txt" | cut -c 1-400; }
}

# VSTest closes each project with "Passed!  - Failed:     0, Passed:    52, Skipped:     0, Total:    52, …"; projects run side by side
# and two of these may end up on one line.
sum() {
  grep -oE 'Failed: +[0-9]+, Passed: +[0-9]+, Skipped: +[0-9]+' "$results/console.txt" | awk -F '[^0-9]+' '
    { failed += $2; passed += $3; skipped += $4 }
    END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped }
  ' | tee "$results/summary.txt"
  grep -qE '^[1-9][0-9]* passed' "$results/summary.txt" || { echo "no test ran" >&2; status=1; }
}

if [ -n "$fast" ]; then
  # A folder of its own, without analyzers: the other builds stay as they are.
  out=$PWD/artifacts/fast
  part "build"
  projects=$(grep -oE 'tests[\\/][A-Za-z.]+[\\/][A-Za-z.]+\.Tests\.csproj' Nvdimm.Extensions.sln | tr '\\' / | grep -vE 'Lab|Attack')
  {
    echo '<Project DefaultTargets="Build"><Target Name="Restore"><MSBuild Projects="@(Test)" Targets="Restore" /></Target>'
    echo '<Target Name="Build"><MSBuild Projects="@(Test)" Targets="Build" BuildInParallel="true" /></Target><ItemGroup>'
    for project in $projects; do echo "<Test Include=\"$PWD/$project\" />"; done
    echo '</ItemGroup></Project>'
  } >"$results/fast.proj"
  dotnet build "$results/fast.proj" --artifacts-path "$out" -c Release -v quiet -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false \
    -p:EnablePackageValidation=false
  part "tests"
  hidden=$(mktemp -d)
  find ${PATH//:/ } /usr/sbin /sbin -mindepth 1 -maxdepth 1 \( -type f -o -type l \) -print0 2>/dev/null | xargs -0 ln -s -t "$hidden" 2>/dev/null || true
  build/install-test-programs.sh --list | (cd "$hidden" && xargs rm -f)
  assemblies=()
  for project in $projects; do
    name=$(basename "$project" .csproj)
    assemblies+=("$out/bin/$name/release/$name.dll")
  done
  env -u CI NVDIMM_TEST_FAST=1 NVDIMM_LIFECYCLES=200 NVDIMM_REPAIR_SEQUENCES=5 PATH="$hidden" dotnet test "${assemblies[@]}" --settings build/fast.runsettings 2>&1 | tee "$results/console.txt" || status=$?
  part ""
  failed
  sum
  exit "$status"
fi

part "programs that the tests run against"
build/install-test-programs.sh
# The roots in which the packages are tried are made while the solution is built.
roots=
if [ "$(id -u)" -eq 0 ] && command -v debootstrap >/dev/null; then
  build/package-roots.sh &
  roots=$!
fi
part "restore"
dotnet tool restore
dotnet restore Nvdimm.Extensions.sln
part "build"
dotnet build Nvdimm.Extensions.sln --no-restore -c Release
part "native programs and packages"
build/package.sh || echo "there are no native programs and no packages: their tests are skipped, or fail in CI" >&2
part "format"
dotnet format whitespace Nvdimm.Extensions.sln --no-restore --verify-no-changes
dotnet format style Nvdimm.Extensions.sln --no-restore --verify-no-changes
part "tests"
if [ -n "$roots" ]; then
  wait "$roots" || echo "there are not all roots: the tests in them are skipped, or fail in CI" >&2
fi
dotnet test Nvdimm.Extensions.sln --no-build -c Release --results-directory "$results" --collect "XPlat Code Coverage" \
  --settings build/tests.runsettings 2>&1 | tee "$results/console.txt" || status=$?
if [ ${#lab[@]} -gt 0 ]; then
  part "guest lab: ${lab[*]}"
  build/lab.sh "${lab[@]}" 2>&1 | tee -a "$results/console.txt" || status=$?
fi
if [ -n "$attack" ]; then
  part "attack"
  build/attack.sh --short --binaries artifacts/linux/bin 2>&1 | tee -a "$results/console.txt" || status=$?
fi

part "coverage"
dotnet tool run reportgenerator "-reports:$results/**/coverage.cobertura.xml" "-targetdir:$results/coverage" \
  "-reporttypes:TextSummary;JsonSummary" "-verbosity:Error"
grep -E '^Nvdimm|^  Line coverage' "$results/coverage/Summary.txt"

# The summary's lines for whole assemblies start in the first column: "Nvdimm.Extensions    97.5%".
for assembly in Nvdimm.Extensions Nvdimm.Extensions.Ndctl; do
  covered=$(awk -v name="$assembly" '$1 == name { sub("%", "", $2); print $2 }' "$results/coverage/Summary.txt")
  if ! awk -v covered="${covered:-0}" -v minimum="$minimum_coverage" 'BEGIN { exit !(covered >= minimum) }'; then
    echo "line coverage of $assembly is ${covered:-unknown} %, below $minimum_coverage %" >&2
    status=1
  fi
done

part ""
failed
sum
exit "$status"

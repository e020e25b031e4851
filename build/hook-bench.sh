#!/usr/bin/env bash
# Measures the hooks as whole processes, all in one run on this machine, and ends with a table: what, measured, required, ok.
# A restart is measured, with ledger and probe, on devices that have labels, where the VM's last run has released its claims: a first use also
# waits for the disk, twice for each device. The exit status is 1 if a requirement is missed. Needs hyperfine, /usr/bin/python3 and what build/hook.sh needs.
set -euo pipefail
cd "$(dirname "$0")/.."
build/install-package-programs.sh
command -v hyperfine >/dev/null || { echo "hyperfine is not installed, and measures whole processes here (Debian: hyperfine)" >&2; exit 1; }
build/hook.sh

# In memory where it can be, as sysfs, procfs and device files are on a host. On a disk with ext4 the benchmark would measure itself: each run
# gives its claims back, and ext4 looks through all inodes that were deleted in the last minutes before it gives one out (Linux v6.1
# fs/ext4/ialloc.c, recently_deleted), which no host does thousands of times in a minute.
scratch=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
if ! { cp "$(type -P true)" "$scratch/true" && "$scratch/true"; } 2>/dev/null; then
  rm -rf "$scratch"
  scratch=$(mktemp -d)
fi
trap 'rm -rf "$scratch"' EXIT
program=artifacts/hook/nvdimm-hook
hook=usr/libexec/vdsm/hooks/before_vm_start/50_nvdimm

mkdir "$scratch/empty"
cat >"$scratch/empty/empty.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>
<PublishAot>true</PublishAot><InvariantGlobalization>true</InvariantGlobalization></PropertyGroup></Project>
PROJECT
echo 'return 0;' >"$scratch/empty/Program.cs"
dotnet publish "$scratch/empty" -c Release -r linux-x64 -o "$scratch/empty/out" -v quiet
cat >"$scratch/rewrite.py" <<'PYTHON'
import os
from xml.dom import minidom
path = os.environ["_hook_domxml"]
document = minidom.parse(path)
with open(path, "w") as file:
    file.write(document.toxml())
PYTHON

counts=(1 4 16 64)
for count in "${counts[@]}"; do
  build/hook-bench-host.sh "$scratch/$count" "$count" "$program"
  cp "$scratch/$count/domain.xml" "$scratch/$count/payload.xml"
done
cp "$scratch/4/domain.xml" "$scratch/python.xml"
vm=5b0a7c1e-52b0-4c8e-9c7e-2f4a3a1c9d10

# The programs are started directly, without a shell or env between, and by turns, so that what else the machine does hits all of them:
# measure NAME VM HOST PAYLOAD COMMAND. Between two runs the claims of that host are given back, and nothing else is done.
rounds=7
measure() {
  vmId=$2 _hook_domxml=$4 hyperfine --shell=none --warmup 3 --runs 15 --prepare "find $scratch/$3/var/lib/nvdimm-extensions/claims -name *.claim -delete" \
    --export-json "$scratch/$1.$round.times" "$5" >/dev/null 2>&1
}
for host in "${counts[@]}"; do
  mkdir -p "$scratch/$host/var/lib/nvdimm-extensions/claims"
done
for ((round = 1; round <= rounds; round++)); do
  measure empty x 4 x "$scratch/empty/out/empty"
  measure plain aaaaaaaa-52b0-4c8e-9c7e-2f4a3a1c9d10 4 "$scratch/4/plain.xml" "$scratch/4/$hook"
  measure python "$vm" 4 "$scratch/python.xml" "/usr/bin/python3 $scratch/rewrite.py"
  for count in "${counts[@]}"; do
    measure "$count" "$vm" "$count" "$scratch/$count/payload.xml" "$scratch/$count/$hook"
  done
done
memory=$(/usr/bin/python3 - "$scratch/64/$hook" "$scratch/64/plain.xml" "$scratch/4/$hook" "$scratch/4/payload.xml" "$vm" <<'PYTHON'
import os, resource, subprocess, sys
for program, payload, vm in ((sys.argv[1], sys.argv[2], "x"), (sys.argv[3], sys.argv[4], sys.argv[5])):
    subprocess.run([program], stderr=subprocess.DEVNULL, env=dict(os.environ, vmId=vm, _hook_domxml=payload))
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
PYTHON
)
/usr/bin/python3 - "$scratch" "$memory" "$(stat -Lc %s "$program")" <<'PYTHON'
import glob, json, statistics, sys

def median(row):
    return statistics.median(time * 1000 for file in glob.glob(f"{sys.argv[1]}/{row}.*.times") for time in json.load(open(file))["results"][0]["times"])

empty, plain, python, one, four, sixteen, sixty_four = map(median, ("empty", "plain", "python", "1", "4", "16", "64"))
memory, size = int(sys.argv[2]), int(sys.argv[3])
for_each = (sixty_four - sixteen) / 48, (sixteen - four) / 12
rows = [
    ("an empty NativeAOT program", f"{empty:.2f} ms", "", True),
    ("before_vm_start without NVDIMM", f"{plain:.2f} ms", "", True),
    ("times an empty program", f"{plain / empty:.2f}", "<= 1.5", plain / empty <= 1.5),
    ("Python, minidom only", f"{python:.2f} ms", "", True),
    ("before_vm_start with 4 NVDIMMs", f"{four:.2f} ms", "", True),
    ("times as fast as Python", f"{python / four:.2f}", ">= 4", python / four >= 4),
    ("for 1, 16, 64 NVDIMMs", f"{one:.2f}, {sixteen:.2f}, {sixty_four:.2f} ms", "", True),
    ("for each more, 16 to 64 beside 4 to 16", f"{for_each[0]:.3f}, {for_each[1]:.3f} ms", "<= 2 times", for_each[0] <= 2 * for_each[1]),
    ("memory with 4 NVDIMMs", f"{memory / 1024:.1f} MiB", "<= 32 MiB", memory <= 32 * 1024),
    ("the program", f"{size / (1 << 20):.2f} MiB", "<= 10 MiB", size <= 10 << 20),
]
print(f"{'what':<40} | {'measured':<26} | {'required':<10} | ok")
for what, measured, required, ok in rows:
    print(f"{what:<40} | {measured:<26} | {required:<10} | {'yes' if ok else 'NO'}")
sys.exit(0 if all(ok for *_, ok in rows) else 1)
PYTHON

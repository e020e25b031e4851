#!/usr/bin/env bash
# Writes src/Nvdimm.Hook/start.order: the methods that a start runs, in the order in which it first runs them. The compiler puts them side by
# side in this order, so that a start faults in half as many pages of the program. A list that is out of date costs time and nothing else: names
# that are gone are passed over, methods that are new stand behind. It follows the program step by step, which takes minutes. x86-64 only.
set -euo pipefail
. "$(dirname "$0")/common/arguments.sh"
no_arguments "$@"
cd "$(dirname "$0")/.."
build/hook.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
build/hook-bench-host.sh "$scratch" 4 artifacts/hook/nvdimm-hook
/usr/bin/python3 - "$scratch" artifacts/hook/nvdimm-hook.dbg src/Nvdimm.Hook/start.order <<'PYTHON'
import bisect, ctypes, os, signal, subprocess, sys

scratch, debug, order = sys.argv[1:4]
program = f"{scratch}/usr/libexec/vdsm/hooks/before_vm_start/50_nvdimm"
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.restype = ctypes.c_long
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
TRACE_ME, PEEK_USER, SINGLE_STEP, INSTRUCTION_POINTER = 0, 3, 9, 16 * 8

symbols = [line.split(" ", 2) for line in subprocess.run(["nm", "-n", debug], capture_output=True, text=True, check=True).stdout.splitlines()]
symbols = [(int(address, 16), name) for address, _, name in symbols if address]
start, stop = (next(address for address, name in symbols if name == edge) for edge in ("__start___managedcode", "__stop___managedcode"))
symbols = [(address, name) for address, name in symbols if start <= address < stop and name != "__start___managedcode"]
addresses = [address for address, _ in symbols]

def run(payload, vm, met):
    """One start, step by step; adds the methods that it meets. With met None it only runs."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open("/dev/null", os.O_WRONLY), 2)
        if met is not None:
            libc.ptrace(TRACE_ME, 0, None, None)
        os.execve(program, [program], {"vmId": vm, "_hook_domxml": f"{scratch}/{payload}"})
    seen = set()
    _, status = os.waitpid(child, 0)
    while os.WIFSTOPPED(status):
        at = libc.ptrace(PEEK_USER, child, INSTRUCTION_POINTER, None)
        if start <= at < stop and at not in seen:
            seen.add(at)
            met.setdefault(symbols[bisect.bisect_right(addresses, at) - 1][1])
        caught = os.WSTOPSIG(status)
        libc.ptrace(SINGLE_STEP, child, None, 0 if caught == signal.SIGTRAP else caught)
        _, status = os.waitpid(child, 0)
    if status != 0:
        sys.exit(f"{payload}: status {status:#x}")
    for claim in subprocess.run(["find", f"{scratch}/var/lib/nvdimm-extensions/claims", "-name", "*.claim"], capture_output=True, text=True).stdout.split():
        os.unlink(claim)

vm = "5b0a7c1e-52b0-4c8e-9c7e-2f4a3a1c9d10"
run("domain.xml", vm, None)  # the first start writes the records
met = {}
run("plain.xml", "aaaaaaaa-52b0-4c8e-9c7e-2f4a3a1c9d10", met)
run("domain.xml", vm, met)
with open(order, "w") as file:
    file.write("".join(f"{name}\n" for name in met))
print(f"{len(met)} methods")
PYTHON

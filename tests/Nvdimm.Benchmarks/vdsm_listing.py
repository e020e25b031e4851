"""What VDSM 4.5 does with the output of ndctl (list_nvdimms in lib/vdsm/common/hostdev.py), timed in one warm process.

Reads the file that the argument names, answers with the number of devices, and then each line on standard input
with the nanoseconds that one more pass took.
"""
import json
import sys
import time


def devices(output):
    found = {}
    for entry in json.loads(output):
        file = entry.get("blockdev") or entry.get("chardev")
        if not file:
            try:
                file = entry["daxregion"]["devices"][0]["chardev"]
            except (KeyError, IndexError):
                continue
        params = {
            "capability": "nvdimm",
            "parent": "computer",
            "device_path": "/dev/" + file,
            "numa_node": entry["numa_node"],
            "mode": entry["mode"],
            "device_size": int(entry["size"]),
        }
        if "align" in entry:
            params["align_size"] = int(entry["align"])
        found[entry["dev"]] = {"params": params}
    return found


def main():
    with open(sys.argv[1], "rb") as file:
        output = file.read()
    for _ in range(10):
        count = len(devices(output))
    print(count, flush=True)
    for _ in sys.stdin:
        start = time.perf_counter_ns()
        devices(output)
        print(time.perf_counter_ns() - start, flush=True)


main()

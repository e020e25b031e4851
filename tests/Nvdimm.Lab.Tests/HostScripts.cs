namespace Nvdimm.Lab.Tests;

/// <summary>What guests do that play the host: they make namespaces and list them.</summary>
internal static class HostScripts
{
    public const string Main = Words
        + """
        nvdimms kmem
        first=7
        capture main-00-fresh
        blank_labels
        capture main-01-labels-initialised

        # Partitioned, every mode of a block device.
        on 0 -m fsdax -M dev -s 256M -n data-fs
        on 0 -m fsdax -M mem -s 128M
        on 0 -m sector -l 512 -s 128M -n "log dev é"
        on 0 -m sector -l 4096 -s 128M
        on 0 -m raw -s 64M
        on 0 -m fsdax -M dev -a 4K -s 64M
        # Character devices of several alignments.
        on 1 -m devdax -M dev -a 2M -s 256M -n guest0
        on 1 -m devdax -M mem -a 4K -s 128M
        on 1 -m devdax -M mem -a 2M -s 128M
        on 1 -m devdax -M dev -a 4K -s 128M
        on 2 -m devdax -M mem -a 1G -s 2G
        on 2 -m devdax -M dev -a 1G -s 3G
        # Of the two without a label area one stays raw, the other is converted in place.
        region=$(region_of 4)
        ndctl create-namespace -f -e "namespace${region#region}.0" -m fsdax -M dev
        # 5 stays empty. 6 is disabled afterwards. 7 is on a node without processor and memory.
        on 6 -m fsdax -M dev -s 128M
        on 6 -m devdax -M dev -s 128M
        on 6 -m raw -s 32M
        on 6 -m sector -s 64M
        on 7 -m devdax -M mem
        capture main-02-all-modes

        for name in $(ndctl list -N -r "$(region_of 6)" | sed -n 's/.*"dev":"\(namespace[0-9.]*\)".*/\1/p'); do
          ndctl disable-namespace "$name"
        done
        capture main-03-some-disabled
        """;

    public const string NoNuma = Words
        + """
        nvdimms
        blank_labels
        ndctl create-namespace -r region0 -m fsdax -M dev -s 128M
        ndctl create-namespace -r region0 -m devdax -M mem -s 128M
        ndctl create-namespace -r region0 -m raw -s 64M
        ndctl create-namespace -r region0 -m sector -s 64M
        capture nonuma
        """;

    public const string None = Words
        + """
        capture none-no-modules
        nvdimms
        capture none-modules-loaded
        """;

    /// <summary>
    /// Two words for a guest that has this machine's root over 9p: <c>share_host</c> mounts it at <c>/host</c>, with the guest's own devices, and
    /// <c>on_host</c> runs this assembly there.
    /// </summary>
    public static string ThisMachine =>
        $$"""
        share_host() {
          modprobe 9pnet_virtio
          modprobe 9p
          mkdir /host
          mount -t 9p -o trans=virtio,version=9p2000.L,cache=loose,msize=524288,ro host /host
          mount --bind /dev /host/dev
          mount -t proc proc /host/proc
          mount -t sysfs sysfs /host/sys
          mount -t tmpfs tmpfs /host/run
        }
        on_host() {
          DOTNET_EnableDiagnostics=0 DOTNET_EnableWriteXorExecute=0 DOTNET_TieredPGO=0 TMPDIR=/run \
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
            /bin/busybox chroot /host '{{Environment.ProcessPath}}' '{{typeof(Program).Assembly.Location}}' "$@"
        }

        """;

    /// <summary>One namespace that is the whole DIMM.</summary>
    public static string Single(string mode) => Words
        + $"""
        nvdimms
        blank_labels
        ndctl create-namespace -m {mode}
        capture single-{mode}
        """;

    private const string Words =
        """
        cat >/tmp/listings <<'LISTINGS'
        list ndctl list
        list-N-v ndctl list -N -v
        list-N-vv ndctl list -N -vv
        list-N-vvv ndctl list -N -vvv
        list-Nu ndctl list -Nu
        list-Nuv ndctl list -Nuv
        list-Niv ndctl list -Niv
        list-NX-v ndctl list -NX -v
        list-NDRBi-vv ndctl list -NDRBi -vv
        list-R ndctl list -R
        list-D-H ndctl list -D -H
        list-N-m-devdax-v ndctl list -N -v -m devdax
        list-N-n-ns00-v ndctl list -N -v -n NAMESPACE
        list-N-n-missing-v ndctl list -N -v -n namespace77.0
        daxctl-list-D daxctl list -D
        LISTINGS

        # The DIMM whose region is listed alone; region0 where there is but one.
        first=
        # A capture: the listings, and what the kernel says of the same devices.
        capture() {
          mkdir -p "/out/$1"
          namespace=namespace0.0
          [ -z "$first" ] || namespace=namespace$(region_of "$first" | sed s/region//).0
          while read -r name command; do ${command/NAMESPACE/$namespace} >"/out/$1/$name.json"; done </tmp/listings
          ndctl --version >"/out/$1/ndctl-version.txt"
          kernel >"/out/$1/sysfs.txt"
        }
        kernel() {
          for device in /sys/bus/nd/devices/namespace* /sys/bus/nd/devices/region* /sys/bus/dax/devices/*; do
            [ -d "$device" ] || continue
            echo "== $device -> $(readlink -f "$device")"
            for name in driver_override size align mode uuid alt_name sector_size numa_node target_node holder_class read_only; do
              [ ! -f "$device/$name" ] || echo "$name=$(cat "$device/$name" 2>/dev/null)"
            done
          done
          for device in /sys/block/pmem*; do
            [ -d "$device" ] || continue
            name=${device##*/}
            echo "== block $name -> $(readlink -f "$device")"
            echo "bytes_sysfs=$(($(cat "$device/size") * 512))"
            echo "getsize64=$(blockdev --getsize64 "/dev/$name")"
            echo "logical_block_size=$(cat "$device/queue/logical_block_size")"
            echo "ro=$(cat "$device/ro")"
            echo "numa_node=$(cat "$device/device/numa_node")"
            [ ! -f "$device/device/align" ] || echo "align=$(cat "$device/device/align")"
          done
        }
        # The region of a DIMM: their numbers do not follow each other.
        region_of() { ndctl list -R -D -d "nmem$1" -i | sed -n 's/.*"dev":"\(region[0-9]*\)".*/\1/p' | head -1; }
        on() { region=$(region_of "$1"); shift; ndctl create-namespace -r "$region" "$@"; }

        """;
}

namespace Nvdimm.Lab.Tests;

/// <summary>What guests do with their NVDIMM.</summary>
internal static class GuestScripts
{
    /// <summary>
    /// Labels are initialised; one namespace is partitioned, formatted and written, another of a second mode is written as it is. What it
    /// has written is in <c>sums</c>, what it sees in <c>listing.json</c>, the size of the region in <c>region</c>.
    /// </summary>
    public const string Fill =
        """
        nvdimms
        blank_labels
        ndctl create-namespace -r region0 -m fsdax -M mem -s 128M -n files
        ndctl create-namespace -r region0 -m sector -s 64M -n log
        printf 'size=48MiB\n,\n' | sfdisk -q /dev/pmem0
        mke2fs -q -t ext4 /dev/pmem0p1
        mount -t ext4 /dev/pmem0p1 /mnt
        dd if=/dev/urandom of=/mnt/data bs=1M count=16
        umount /mnt
        dd if=/dev/urandom of=/dev/pmem0p2 bs=1M count=8
        dd if=/dev/urandom of=/dev/pmem0.1s bs=1M count=8
        sync

        """ + Look;

    /// <summary>Finds again what <see cref="Fill"/> has written.</summary>
    public const string FindAgain = "nvdimms\n" + Look;

    /// <summary>A device whose labels nobody has initialised, written as it is, up to its last byte.</summary>
    public const string FillWithoutLabels =
        """
        nvdimms
        dd if=/dev/urandom of=/dev/pmem0 bs=1M count=4
        dd if=/dev/urandom of=/dev/pmem0 bs=1M count=1 seek=$(($(cat /sys/bus/nd/devices/region0/size) / 1048576 - 1))
        sync

        """ + LookWithoutLabels;

    /// <summary>Finds again what <see cref="FillWithoutLabels"/> has written.</summary>
    public const string FindAgainWithoutLabels = "nvdimms\n" + LookWithoutLabels;

    private const string Look =
        """
        cat /sys/bus/nd/devices/region0/size >/out/region
        ndctl list -N -v >/out/listing.json
        echo 3 >/proc/sys/vm/drop_caches
        mount -t ext4 -o ro /dev/pmem0p1 /mnt
        sha256sum /mnt/data >/out/sums
        umount /mnt
        for device in /dev/pmem0p2 /dev/pmem0.1s; do head -c 8388608 $device | sha256sum >>/out/sums; done
        """;

    private const string LookWithoutLabels =
        """
        cat /sys/bus/nd/devices/region0/size >/out/region
        ndctl list -N -v >/out/listing.json
        echo 3 >/proc/sys/vm/drop_caches
        sha256sum /dev/pmem0 >/out/sums
        """;
}

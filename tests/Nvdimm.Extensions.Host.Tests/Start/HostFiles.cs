namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>What procfs and sysfs show, for a host of files.</summary>
internal static class HostFiles
{
    /// <summary>Writes the mounts and the swap areas, of which there are none.</summary>
    public static void WriteMounts(this TemporaryFolder folder, string mountInfo = "")
    {
        folder.Write("proc/self/mountinfo", mountInfo);
        folder.Write("proc/swaps", "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n");
    }

    /// <summary>Writes that /dev/pmemN can be written and has no holder.</summary>
    public static void WriteBlockDevice(this TemporaryFolder folder, int number)
    {
        folder.Write($"sys/block/pmem{number}/dev", $"259:{number}\n");
        folder.Write($"sys/block/pmem{number}/ro", "0\n");
        Directory.CreateDirectory(folder.PathOf("sys", "block", $"pmem{number}", "holders"));
    }
}

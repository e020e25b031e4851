using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Devices;

/// <summary>The DAX devices of the kernel.</summary>
internal static class DaxDevices
{
    private const string Folder = "/sys/bus/dax/devices";

    /// <summary>
    /// The warning about the DAX devices that are in no NVDIMM namespace, such as CXL memory and the memory ranges of <c>hmem</c>; null if
    /// there are none.
    /// </summary>
    /// <param name="root">The folder below which <c>sys</c> is.</param>
    /// <exception cref="IOException">The devices cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to list the devices.</exception>
    public static Finding? WithoutNamespace(string root)
    {
        var folder = Path.Join(root, Folder);
        var names = (SmallFolder.NamesOrNull(folder, start: "dax") ?? []).Where(name => !IsInNamespace(Path.Join(folder, name))).ToList();
        return names.Count == 0 ? null : Finding.Warning(NvdimmCodes.DaxWithoutNamespace, ("devices", string.Join(", ", names)));
    }

    // Linux v6.1 drivers/dax/pmem.c: the device of a namespace is below its region, and so below ndbusN.
    private static bool IsInNamespace(string device) =>
        (File.ResolveLinkTarget(device, returnFinalTarget: true)?.FullName ?? device).Split('/')
            .Any(part => part.StartsWith("ndbus", StringComparison.Ordinal));
}

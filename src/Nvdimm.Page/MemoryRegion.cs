using System.Text.RegularExpressions;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;

namespace Nvdimm.Page;

/// <summary>A region of a host's persistent memory, from which its namespaces are allocated. Immutable.</summary>
/// <param name="Name">The kernel name, such as <c>region0</c>; <c>files</c> for files that stand for devices.</param>
/// <param name="Size">The size in bytes; if the host does not report it, the sum of its devices.</param>
/// <param name="Available">The bytes that no namespace uses.</param>
/// <param name="Devices">The names of its devices, in their order.</param>
internal sealed partial record MemoryRegion(string Name, ByteSize Size, ByteSize Available, ValueList<string> Devices)
{
    private const string Files = "files";

    /// <summary>Groups devices by their regions, in the order of the names.</summary>
    /// <param name="devices">
    /// The devices of one host. If a device's region is not among the listed ones, a region with the total size of its devices is assumed.
    /// </param>
    /// <param name="listed">The regions that the host lists, without their devices; empty if it lists none.</param>
    public static IEnumerable<MemoryRegion> Of(IEnumerable<NvdimmDevice> devices, IEnumerable<MemoryRegion> listed)
    {
        var listedByName = listed.ToDictionary(region => region.Name, StringComparer.Ordinal);
        var byRegion = devices.ToLookup(RegionOf, StringComparer.Ordinal);
        return listedByName.Keys
            .Union(byRegion.Select(group => group.Key), StringComparer.Ordinal)
            .Order(DeviceNameComparer.Instance)
            .Select(name => listedByName.TryGetValue(name, out var region)
                ? region with { Devices = Names(byRegion[name]) }
                : new MemoryRegion(name, Sum(byRegion[name]), default, Names(byRegion[name])));
    }

    /// <summary>
    /// The region of a device. If the listing has no regions, the kernel's name of the device contains the region's number (Linux v6.1,
    /// <c>drivers/nvdimm/namespace_devs.c</c>: <c>namespace%d.%d</c>).
    /// </summary>
    private static string RegionOf(NvdimmDevice device) =>
        device.Region ?? (NamespaceName().Match(device.Name) is { Success: true } match ? $"region{match.Groups["region"].Value}" : Files);

    private static ValueList<string> Names(IEnumerable<NvdimmDevice> devices) =>
        devices.Select(device => device.Name).Order(DeviceNameComparer.Instance).ToValueList();

    private static ByteSize Sum(IEnumerable<NvdimmDevice> devices) =>
        devices.Aggregate(ByteSize.Zero, (sum, device) => sum + (device.Size ?? ByteSize.Zero));

    [GeneratedRegex(@"\Anamespace(?<region>[0-9]+)\.", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamespaceName();
}

using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ndctl.Json;

namespace Nvdimm.Extensions.Ndctl;

/// <summary>Converts a listed namespace to a device.</summary>
internal static class NamespaceMapper
{
    /// <summary>
    /// Returns the entry of an object that was read to its end: a device if it is a namespace with a name, otherwise the object.
    /// </summary>
    public static ListedEntry Finish(ListedObject listed)
    {
        listed.AddMisplacedKeys();
        return listed is { ResolvedKind: ObjectKind.Namespace, Dev: { } name }
            ? new ListedEntry(Map(listed, name))
            : new ListedEntry(listed);
    }

    private static NvdimmDevice Map(ListedObject listed, string name)
    {
        var device = new NvdimmDevice
        {
            Name = name,
            Uuid = listed.Values.Uuid,
            RawUuid = listed.Values.RawUuid,
            Label = listed.Values.Name,
            Path = Path(listed),
            Mode = Mode(listed.Values.Mode),
            ReportedMode = listed.Values.Mode,
            Map = Map(listed.Values.Map),
            Size = Size(listed.Values.Size),
            Align = Align(listed),
            SectorSize = Size(listed.Values.SectorSize),
            NumaNode = (int?)listed.Values.NumaNode,
            TargetNode = (int?)listed.Values.TargetNode,
            IsDisabled = string.Equals(listed.Values.State, "disabled", StringComparison.Ordinal),
            DaxDevices = listed.Values.DaxDevices?.ToValueList() ?? [],
            BadBlockCount = listed.Values.BadBlockCount ?? Blocks(listed.Values.BadBlocks ?? []),
            BadBlocks = listed.Values.BadBlocks?.ToValueList() ?? [],
        };
        NamespaceFindings.Add(device, listed);
        return listed.Findings is null ? device : device with { Findings = listed.Findings.ToValueList() };
    }

    /// <summary>The namespace's own alignment; if the key is missing, as before ndctl 64, that of its dax region.</summary>
    private static Alignment? Align(ListedObject listed) =>
        (listed.Seen.Contains(NdctlKey.Align) ? listed.Values.Align : listed.Values.DaxRegionAlign) is > 0 and var bytes
            ? Alignment.FromBytes(bytes)
            : null;

    /// <summary>The device file in VDSM's order of preference: the block device, the character device, the first dax device.</summary>
    private static string? Path(ListedObject listed) =>
        (listed.Values.BlockDevice
            ?? listed.Values.CharDevice
            ?? (listed.Values.DaxDevices is [var first, ..] ? first.CharDevice : null)) is { } name ? $"/dev/{name}" : null;

    /// <summary>The number of blocks in the ranges; saturates at 2^63 - 1.</summary>
    private static long Blocks(List<BadBlockRange> ranges) =>
        ranges.Aggregate(0L, (sum, range) => range.Length > long.MaxValue - sum ? long.MaxValue : sum + range.Length);

    private static ByteSize? Size(long? bytes) => bytes is { } size ? ByteSize.FromBytes(size) : null;

    private static NamespaceMode Mode(string? mode) => mode switch
    {
        "raw" => NamespaceMode.Raw,
        "sector" => NamespaceMode.Sector,
        "fsdax" or "memory" => NamespaceMode.Fsdax,
        "devdax" or "dax" => NamespaceMode.Devdax,
        _ => NamespaceMode.Unknown,
    };

    private static NamespaceMap Map(string? map) => map switch
    {
        "none" => NamespaceMap.None,
        "mem" => NamespaceMap.Memory,
        "dev" => NamespaceMap.Device,
        _ => NamespaceMap.Unspecified,
    };
}

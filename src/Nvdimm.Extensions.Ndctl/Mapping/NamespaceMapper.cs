using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ndctl.Json;

namespace Nvdimm.Extensions.Ndctl.Mapping;

/// <summary>Makes a device of a listed namespace.</summary>
internal static class NamespaceMapper
{
    public static NvdimmDevice Map(ListedObject listed, string? bus, string? region, string? readOnlyDimm)
    {
        var device = new NvdimmDevice
        {
            Name = listed.Dev!,
            Uuid = listed.Uuid,
            RawUuid = listed.RawUuid,
            Label = listed.Name,
            Path = Path(listed),
            Mode = Mode(listed.Mode),
            ReportedMode = listed.Mode,
            Map = Map(listed.Map),
            Size = Size(listed.Size),
            Align = listed.Align is > 0 ? Alignment.FromBytes(listed.Align.Value) : null,
            SectorSize = Size(listed.SectorSize),
            NumaNode = (int?)listed.NumaNode,
            TargetNode = (int?)listed.TargetNode,
            Region = region,
            Bus = bus,
            IsDisabled = string.Equals(listed.State, "disabled", StringComparison.Ordinal),
            DaxDevices = listed.DaxDevices?.ToValueList() ?? [],
            BadBlockCount = listed.BadBlockCount ?? listed.BadBlocks?.Count ?? 0,
            BadBlocks = listed.BadBlocks?.ToValueList() ?? [],
        };
        return device with { Findings = [.. listed.Findings ?? [], .. NamespaceFindings.Of(device, listed, readOnlyDimm)] };
    }

    /// <summary>The device file, chosen as VDSM does: the block device, the character device, the first dax device.</summary>
    private static string? Path(ListedObject listed) =>
        (listed.BlockDevice ?? listed.CharDevice ?? (listed.DaxDevices is [var first, ..] ? first.CharDevice : null)) is { } name ? $"/dev/{name}" : null;

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

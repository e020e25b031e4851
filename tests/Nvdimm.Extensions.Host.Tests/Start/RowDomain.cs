using System.Globalization;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>The domain of a row: one NVDIMM as libvirt takes it, or a file of a field case.</summary>
internal sealed record RowDomain
{
    /// <summary>The target size in bytes.</summary>
    public long Target { get; init; } = RowNames.EngineTarget;

    /// <summary>The alignment in bytes; null for a domain without.</summary>
    public long? Align { get; init; } = 2 * RowNames.MiB;

    /// <summary>The label size in bytes; null for a domain without.</summary>
    public long? Label { get; init; } = 128 * RowNames.KiB;

    /// <summary>Its own access; null for none.</summary>
    public string? Access { get; init; } = "shared";

    /// <summary>The access of memoryBacking; null for none.</summary>
    public string? BackingAccess { get; init; }

    public bool IsReadOnly { get; init; }

    /// <summary>The uuid of the NVDIMM; null for none.</summary>
    public Guid? Uuid { get; init; }

    /// <summary>The guest's node.</summary>
    public int Node { get; init; }

    /// <summary>The host node that each guest node is pinned to; null for one guest node that is not pinned.</summary>
    public ValueList<int>? Pins { get; init; }

    /// <summary>The RAM in bytes.</summary>
    public long Ram { get; init; } = RowNames.GiB;

    /// <summary>The file in tests/TestData/field-domains that is the domain; null for the parts above.</summary>
    public string? File { get; init; }

    /// <summary>The text, with the device behind a path.</summary>
    public string Xml(string path, GuestArchitecture architecture) => File is { } file
        ? TestFiles.Text("field-domains", file).Replace("/dev/pmem0", path, StringComparison.Ordinal)
        : $"""
            <domain type='qemu'>
              <name>{RowNames.Vm}</name>
              <uuid>{RowNames.VmId}</uuid>
              <maxMemory slots='16' unit='KiB'>{KiB(8 * RowNames.GiB + Ram)}</maxMemory>
              <memory unit='KiB'>{KiB(Ram)}</memory>
              {(BackingAccess is null ? "" : $"<memoryBacking><access mode='{BackingAccess}'/></memoryBacking>")}
              <vcpu>{Nodes}</vcpu>
              {Numatune}
              <os><type arch='{architecture}' machine='{(architecture.Family == GuestFamily.Power ? "pseries" : "q35")}'>hvm</type></os>
              {(architecture.Family == GuestFamily.Power ? "" : "<features><acpi/></features>")}
              <cpu><numa>{string.Concat(Enumerable.Range(0, Nodes).Select(Cell))}</numa></cpu>
              <devices>
                <memory model='nvdimm'{(Access is null ? "" : $" access='{Access}'")}>
                  {(Uuid is { } uuid ? $"<uuid>{uuid:D}</uuid>" : "")}
                  <source><path>{path}</path>{(Align is { } align ? $"<alignsize unit='KiB'>{KiB(align)}</alignsize>" : "")}</source>
                  <target><size unit='KiB'>{KiB(Target)}</size><node>{Node}</node>{(Label is { } label ? $"<label><size unit='KiB'>{KiB(label)}</size></label>" : "")}{(IsReadOnly ? "<readonly/>" : "")}</target>
                </memory>
              </devices>
            </domain>
            """;

    private int Nodes => Pins?.Count ?? 1;

    private string Numatune => Pins is { } pins
        ? $"<numatune>{string.Concat(pins.Select((host, cell) => $"<memnode cellid='{cell}' mode='strict' nodeset='{host}'/>"))}</numatune>"
        : "";

    private static string KiB(long bytes) => (bytes / RowNames.KiB).ToString(CultureInfo.InvariantCulture);

    private string Cell(int number) => $"<cell id='{number}' cpus='{number}' memory='{KiB(Ram / Nodes)}' unit='KiB'/>";
}

namespace Nvdimm.DevEngine.Storage;

/// <summary>A snapshot of a VM.</summary>
internal sealed record SnapshotRow
{
    public string Id { get; init; } = "";

    public string VmId { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>The time in milliseconds since 1970.</summary>
    public long Date { get; init; }

    /// <summary>The VM's configuration (<see cref="VmConfiguration"/>); null in a snapshot of an earlier version of this program.</summary>
    public string? Configuration { get; init; }

    /// <summary>1 if the snapshot contains the memory; else 0.</summary>
    public long HasMemory { get; init; }
}

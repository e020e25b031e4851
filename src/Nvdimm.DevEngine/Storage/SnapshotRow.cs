namespace Nvdimm.DevEngine.Storage;

/// <summary>A snapshot of a VM.</summary>
internal sealed record SnapshotRow
{
    public string Id { get; init; } = "";

    public string VmId { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>When it was taken, in milliseconds since 1970.</summary>
    public long Date { get; init; }

    /// <summary>What the VM was configured with (<see cref="VmConfiguration"/>); null for a snapshot of an earlier version of this program.</summary>
    public string? Configuration { get; init; }

    /// <summary>1 where it holds the memory.</summary>
    public long HasMemory { get; init; }
}

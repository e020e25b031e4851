namespace Nvdimm.DevEngine.Storage;

/// <summary>A host device in the configuration of a VM.</summary>
internal sealed record VmHostDeviceRow
{
    public string VmId { get; init; } = "";

    /// <summary>The category that it is of.</summary>
    public string Capability { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>What identified it when it was attached; null where it had nothing.</summary>
    public string? Identity { get; init; }
}

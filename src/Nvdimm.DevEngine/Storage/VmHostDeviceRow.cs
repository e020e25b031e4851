namespace Nvdimm.DevEngine.Storage;

/// <summary>A host device in the configuration of a VM.</summary>
internal sealed record VmHostDeviceRow
{
    public string VmId { get; init; } = "";

    /// <summary>The device's category.</summary>
    public string Capability { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>The device's identity when it was attached; null if it had none.</summary>
    public string? Identity { get; init; }
}

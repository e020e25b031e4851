namespace Nvdimm.Extensions.Host.Start;

/// <summary>What a VM does with a device.</summary>
public enum StartOutcome
{
    /// <summary>The VM does not start.</summary>
    Refused,

    /// <summary>It starts with what was asked for.</summary>
    AsAsked,

    /// <summary>It starts with the layout that the device has, which differs from what was asked for.</summary>
    Kept,
}

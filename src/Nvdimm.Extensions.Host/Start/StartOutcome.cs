namespace Nvdimm.Extensions.Host.Start;

/// <summary>The outcome of a start decision.</summary>
public enum StartOutcome
{
    /// <summary>The VM does not start.</summary>
    Refused,

    /// <summary>The VM starts with the asked layout.</summary>
    AsAsked,

    /// <summary>The VM starts with the device's existing layout, which differs from the asked one.</summary>
    Kept,
}

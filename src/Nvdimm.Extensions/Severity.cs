namespace Nvdimm.Extensions;

/// <summary>The effect of a finding on an operation.</summary>
public enum Severity
{
    /// <summary>The operation continues; a person should know of the finding.</summary>
    Warning,

    /// <summary>The operation is refused, or the device is unusable.</summary>
    Error,
}

namespace Nvdimm.Extensions;

/// <summary>What a finding does to an operation.</summary>
public enum Severity
{
    /// <summary>The operation may go on; a person should know.</summary>
    Warning,

    /// <summary>The operation is refused, or the device unusable.</summary>
    Error,
}

namespace Nvdimm.Extensions.Engine.Models;

/// <summary>The severity of a posted event (<c>log_severity</c> of the API).</summary>
public enum OvirtEventSeverity
{
    /// <summary>Information.</summary>
    Normal,

    /// <summary>A possible problem.</summary>
    Warning,

    /// <summary>An error.</summary>
    Error,

    /// <summary>A problem that a person must act on.</summary>
    Alert,
}

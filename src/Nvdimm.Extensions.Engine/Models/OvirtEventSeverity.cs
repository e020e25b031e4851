namespace Nvdimm.Extensions.Engine.Models;

/// <summary>How bad a posted event is (<c>log_severity</c> of the API).</summary>
public enum OvirtEventSeverity
{
    /// <summary>Good to know.</summary>
    Normal,

    /// <summary>May become bad.</summary>
    Warning,

    /// <summary>Bad.</summary>
    Error,

    /// <summary>Somebody has to act.</summary>
    Alert,
}

namespace Nvdimm.Extensions.Engine.Models;

/// <summary>An external event to post.</summary>
/// <param name="Description">The text.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Origin">Who posts it.</param>
/// <param name="CustomId">A number of the poster's that tells its events apart.</param>
public sealed record NewOvirtEvent(string Description, OvirtEventSeverity Severity, string Origin, int CustomId)
{
    /// <summary>How bad it is.</summary>
    public OvirtEventSeverity Severity { get; init => field = EnumArgument.Checked(value); } = EnumArgument.Checked(Severity);

    /// <summary>The id of the VM that it is about; null where it is about none.</summary>
    public string? VmId { get; init; }

    /// <summary>The id of the host that it is about; null where it is about none.</summary>
    public string? HostId { get; init; }
}

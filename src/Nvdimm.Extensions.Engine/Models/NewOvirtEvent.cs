namespace Nvdimm.Extensions.Engine.Models;

/// <summary>An external event to post.</summary>
/// <param name="Description">The text.</param>
/// <param name="Severity">The severity.</param>
/// <param name="Origin">The name of the program that posts it.</param>
/// <param name="CustomId">A number by which the origin tells its events apart.</param>
public sealed record NewOvirtEvent(string Description, OvirtEventSeverity Severity, string Origin, int CustomId)
{
    /// <summary>The severity.</summary>
    public OvirtEventSeverity Severity { get; init => field = EnumArgument.Checked(value); } = EnumArgument.Checked(Severity);

    /// <summary>The id of the VM that the event concerns; null if there is none.</summary>
    public string? VmId { get; init; }

    /// <summary>The id of the host that the event concerns; null if there is none.</summary>
    public string? HostId { get; init; }
}

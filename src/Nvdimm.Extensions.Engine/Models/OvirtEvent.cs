using System.Globalization;

namespace Nvdimm.Extensions.Engine.Models;

/// <summary>An event as the API returns it.</summary>
/// <param name="Id">The id; later events have larger ones.</param>
/// <param name="Description">The text.</param>
public sealed record OvirtEvent(long Id, string Description)
{
    /// <summary>The engine's code, such as 10800 for added host devices; null if the API does not state it.</summary>
    public int? Code { get; init; }

    /// <summary>
    /// The severity in the API's words: <c>normal</c>, <c>warning</c>, <c>error</c>, <c>alert</c>; null if the API does not state it.
    /// </summary>
    public string? Severity { get; init; }

    /// <summary>The poster: <c>oVirt</c> for the engine itself; null if the API does not state it.</summary>
    public string? Origin { get; init; }

    /// <summary>The number that the poster gave the event; null if there is none.</summary>
    public int? CustomId { get; init; }

    /// <summary>The time of the event; null if the API does not state it.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The id of the VM that the event concerns; null if there is none.</summary>
    public string? VmId { get; init; }

    /// <summary>The id of the host that the event concerns; null if there is none.</summary>
    public string? HostId { get; init; }

    /// <summary>Returns all properties. The culture has no effect.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"OvirtEvent {{ Id = {Id}, Description = {Description}, Code = {Code}, Severity = {Severity}, Origin = {Origin}, "
        + $"CustomId = {CustomId}, Time = {Time:O}, VmId = {VmId}, HostId = {HostId} }}");
}

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

/// <summary>An external event to post.</summary>
public sealed record NewOvirtEvent
{
    /// <summary>The text.</summary>
    public required string Description { get; init; }

    /// <summary>The severity.</summary>
    public required OvirtEventSeverity Severity { get; init => field = EnumArgument.Checked(value, last: OvirtEventSeverity.Alert); }

    /// <summary>The name of the program that posts it.</summary>
    public required string Origin { get; init; }

    /// <summary>A number by which the origin tells its events apart.</summary>
    public required int CustomId { get; init; }

    /// <summary>The id of the VM that the event concerns; null if there is none.</summary>
    public string? VmId { get; init; }

    /// <summary>The id of the host that the event concerns; null if there is none.</summary>
    public string? HostId { get; init; }

    /// <summary>Returns all properties. The culture has no effect.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"NewOvirtEvent {{ Description = {Description}, Severity = {Severity}, Origin = {Origin}, "
        + $"CustomId = {CustomId}, VmId = {VmId}, HostId = {HostId} }}");
}

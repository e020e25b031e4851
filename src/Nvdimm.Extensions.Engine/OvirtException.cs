using System.Net;
using Nvdimm.Extensions.Engine.Faults;

namespace Nvdimm.Extensions.Engine;

/// <summary>An engine refused, failed, or could not be reached: what was asked and what came back. It never holds a password or a token.</summary>
public sealed class OvirtException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="request">What was asked, such as <c>POST vms/123/hostdevices</c>.</param>
    /// <param name="failure">What happened.</param>
    /// <param name="detail">What came back, or what happened below, in words for people.</param>
    /// <param name="inner">What happened below.</param>
    /// <exception cref="ArgumentNullException"><paramref name="detail"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such failure.</exception>
    public OvirtException(string request, OvirtFailure failure, string detail, Exception? inner = null)
        : base($"{request}: {detail}", inner)
    {
        ArgumentNullException.ThrowIfNull(detail);
        Request = request;
        Failure = EnumArgument.Checked(failure, nameof(failure));
        IsOutcomeUnknown = failure is OvirtFailure.Interrupted or OvirtFailure.TimedOut;
        Detail = detail;
        Codes = FaultCodes.In(detail);
    }

    /// <summary>What was asked, such as <c>POST vms/123/hostdevices</c>.</summary>
    public string Request { get; }

    /// <summary>What happened.</summary>
    public OvirtFailure Failure { get; }

    /// <summary>The status of the answer; null where none came.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The reason of the engine's fault, such as <c>Operation Failed</c>; null where there is none.</summary>
    public string? Reason { get; init; }

    /// <summary>The detail of the engine's fault, or what happened, in words for people.</summary>
    public string Detail { get; }

    /// <summary>The codes that the detail identifies, the engine's literal names and ours; empty where it identifies none.</summary>
    public ValueList<string> Codes { get; }

    /// <summary>How long the engine asks to wait before the next try; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// Whether the change that was asked for may have been made, or may still be made. Default: yes where the answer was lost
    /// (<see cref="OvirtFailure.Interrupted"/>, <see cref="OvirtFailure.TimedOut"/>), otherwise no. For a request that only reads it means nothing.
    /// </summary>
    public bool IsOutcomeUnknown { get; init; }

    /// <summary>The same after the engine was asked what became of the change, and did not tell.</summary>
    internal OvirtException Unseen(OvirtException blind) => new(Request, Failure, $"{Detail}; and what became of it cannot be seen: {blind.Message}", blind)
    {
        Status = Status,
        Reason = Reason,
        IsOutcomeUnknown = true,
    };
}

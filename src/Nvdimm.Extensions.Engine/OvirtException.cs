using System.Net;
using Nvdimm.Extensions.Engine.Faults;

namespace Nvdimm.Extensions.Engine;

/// <summary>
/// An engine refused, failed, or could not be reached. The exception has the request and the answer, but never a password or a token.
/// </summary>
public sealed class OvirtException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="request">The request, such as <c>POST vms/123/hostdevices</c>.</param>
    /// <param name="failure">The kind of failure.</param>
    /// <param name="detail">The engine's answer, or the cause, in words.</param>
    /// <param name="inner">The cause; null if there is none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> or <paramref name="detail"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="failure"/> is not a defined value.</exception>
    public OvirtException(string request, OvirtFailure failure, string detail, Exception? inner = null)
        : base($"{request}: {detail}", inner)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(detail);
        Request = request;
        Failure = EnumArgument.Checked(failure, last: OvirtFailure.BadAnswer, nameof(failure));
        IsOutcomeUnknown = failure is OvirtFailure.Interrupted or OvirtFailure.TimedOut;
        Detail = detail;
        Codes = FaultCodes.In(detail);
    }

    /// <summary>The request, such as <c>POST vms/123/hostdevices</c>.</summary>
    public string Request { get; }

    /// <summary>The kind of failure.</summary>
    public OvirtFailure Failure { get; }

    /// <summary>The HTTP status of the answer; null if there was no answer.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The reason of the engine's fault, such as <c>Operation Failed</c>; null if there is none.</summary>
    public string? Reason { get; init; }

    /// <summary>The detail of the engine's fault, or the cause, in words.</summary>
    public string Detail { get; }

    /// <summary>The codes that were recovered from the detail, the engine's literal names and ours; empty if none were.</summary>
    public ValueList<string> Codes { get; }

    /// <summary>The time that the engine asks to wait before the next try; null if it does not state one.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// Whether the requested change may have been made, or may still be made. Default: true if the answer was lost
    /// (<see cref="OvirtFailure.Interrupted"/>, <see cref="OvirtFailure.TimedOut"/>), otherwise false. It has no meaning for a request that
    /// only reads.
    /// </summary>
    public bool IsOutcomeUnknown { get; init; }

    /// <summary>Returns this failure of a change, whose result could not be read from the engine either.</summary>
    internal OvirtException WithoutCheck(OvirtException blind) =>
        new(Request, Failure, $"{Detail}; and what became of it cannot be seen: {blind.Message}", blind)
        {
            Status = Status,
            Reason = Reason,
            IsOutcomeUnknown = true,
        };
}

/// <summary>The kind of failure of a request to an engine.</summary>
public enum OvirtFailure
{
    /// <summary>The engine refused, with 4xx and its reasons.</summary>
    Refused,

    /// <summary>The resource of the request does not exist.</summary>
    NotFound,

    /// <summary>The user or the password is wrong, or the user lacks the permission.</summary>
    Unauthorized,

    /// <summary>The engine, or a proxy in front of it, failed, with 5xx.</summary>
    ServerFailed,

    /// <summary>
    /// The engine could not be reached: its address is unknown, the connection failed, or its certificate is not trusted.
    /// </summary>
    NotReached,

    /// <summary>The connection broke before the answer was complete.</summary>
    Interrupted,

    /// <summary>There was no answer in time.</summary>
    TimedOut,

    /// <summary>The answer does not follow the API: it is malformed, truncated, too large, or not JSON.</summary>
    BadAnswer,
}

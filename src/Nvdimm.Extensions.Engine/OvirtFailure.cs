namespace Nvdimm.Extensions.Engine;

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

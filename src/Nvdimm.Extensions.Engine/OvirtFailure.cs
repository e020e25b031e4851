namespace Nvdimm.Extensions.Engine;

/// <summary>How a request to an engine failed.</summary>
public enum OvirtFailure
{
    /// <summary>The engine refused: 4xx with its reasons.</summary>
    Refused,

    /// <summary>What the request is about does not exist.</summary>
    NotFound,

    /// <summary>The user or the password is wrong, or the user may not do that.</summary>
    Unauthorized,

    /// <summary>The engine, or something in front of it, failed: 5xx.</summary>
    ServerFailed,

    /// <summary>The engine could not be reached: no address, no connection, no trust.</summary>
    NotReached,

    /// <summary>The connection broke while the engine answered.</summary>
    Interrupted,

    /// <summary>No answer came in time.</summary>
    TimedOut,

    /// <summary>The answer is not what the API says it should be: malformed, truncated, too large, or something else.</summary>
    BadAnswer,
}

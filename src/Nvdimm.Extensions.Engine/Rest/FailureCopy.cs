namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>The same failure with something else about it.</summary>
internal static class FailureCopy
{
    /// <summary>The same failure for another caller, or with other texts.</summary>
    public static OvirtException Of(OvirtException failure, string detail, string? reason, Exception? inner) =>
        new(failure.Request, failure.Failure, detail, inner)
    {
        Status = failure.Status,
        Reason = reason,
        RetryAfter = failure.RetryAfter,
        IsOutcomeUnknown = failure.IsOutcomeUnknown,
    };

    /// <summary>The same failure of a change, which may have been made.</summary>
    public static OvirtException Unknown(OvirtException failure) => new(failure.Request, failure.Failure, failure.Detail, failure.InnerException ?? failure)
    {
        Status = failure.Status,
        Reason = failure.Reason,
        RetryAfter = failure.RetryAfter,
        IsOutcomeUnknown = true,
    };
}

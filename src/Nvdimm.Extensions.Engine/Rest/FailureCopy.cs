namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>The same failure with something else about it.</summary>
internal static class FailureCopy
{
    /// <summary>The same failure for another caller, or with other texts.</summary>
    public static OvirtException Of(OvirtException failure, string detail, string? reason, Exception? inner) =>
        Copy(failure, (detail, reason), inner, failure.IsOutcomeUnknown);

    /// <summary>The same failure of a change, which may have been made.</summary>
    public static OvirtException Unknown(OvirtException failure) =>
        Copy(failure, (failure.Detail, failure.Reason), failure.InnerException ?? failure, isOutcomeUnknown: true);

    private static OvirtException Copy(OvirtException failure, (string Detail, string? Reason) texts, Exception? inner, bool isOutcomeUnknown)
    {
        return new OvirtException(failure.Request, failure.Failure, texts.Detail, inner)
        {
            Status = failure.Status,
            Reason = texts.Reason,
            RetryAfter = failure.RetryAfter,
            IsOutcomeUnknown = isOutcomeUnknown,
        };
    }
}

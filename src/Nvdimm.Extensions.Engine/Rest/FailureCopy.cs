namespace Nvdimm.Extensions.Engine.Rest;

/// <summary>Copies a failure with changes.</summary>
internal static class FailureCopy
{
    /// <summary>Copies a failure with other texts, or for another caller.</summary>
    public static OvirtException Of(OvirtException failure, string detail, string? reason, Exception? inner) =>
        Copy(failure, (detail, reason), inner, failure.IsOutcomeUnknown);

    /// <summary>Copies a failure of a change that may have been made.</summary>
    public static OvirtException Unknown(OvirtException failure) =>
        Copy(failure, (failure.Detail, failure.Reason), failure.InnerException ?? failure, isOutcomeUnknown: true);

    private static OvirtException Copy(
        OvirtException failure, (string Detail, string? Reason) texts, Exception? inner, bool isOutcomeUnknown)
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

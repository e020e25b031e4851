namespace Nvdimm.Extensions.Host.Hooks;

/// <summary>A hook cannot go on.</summary>
/// <param name="finding">Why.</param>
/// <param name="inner">What the system said.</param>
internal sealed class HookException(Finding finding, Exception? inner = null) : Exception(finding.Message, inner)
{
    /// <summary>Why.</summary>
    public Finding Finding => finding;

    /// <summary>Something could not be done.</summary>
    public static HookException Failed(string what, Exception failure) =>
        new(Finding.Error(NvdimmCodes.HookFailed, ("what", what), ("reason", failure.Message.TrimEnd('.'))), failure);

    /// <summary>The payload is not what it should be.</summary>
    public static HookException Payload(string what, string reason, Exception? failure = null) =>
        new(Finding.Error(NvdimmCodes.HookPayload, ("what", what), ("reason", reason.TrimEnd('.'))), failure);
}

namespace Nvdimm.Extensions.Host.Start;

/// <summary>What a caller wants of the start decision. The defaults are the strictest answers, and keep nothing.</summary>
public sealed record StartPolicy
{
    /// <summary>What may replace the asked layout. Default: nothing.</summary>
    public KeepFrom KeepFrom { get; init => field = EnumArgument.Checked(value); } = KeepFrom.Nowhere;

    /// <summary>
    /// What becomes of a start where the installed libvirt and QEMU are not the verified pair. Default: refuse. A pair that was verified and
    /// contradicts the predictions always refuses.
    /// </summary>
    public UnverifiedReaction UnverifiedHypervisor { get; init => field = EnumArgument.Checked(value); } = UnverifiedReaction.Refuse;

    /// <summary>What becomes of an NVDIMM whose writes never reach the device (private access, or read-only). Default: warn.</summary>
    public StartReaction LostWrites { get; init => field = EnumArgument.Checked(value); } = StartReaction.Warn;

    /// <summary>
    /// What becomes of the first use of a device that holds content, such as a file system, which fits the layout. Default: warn. Content that
    /// the layout would cut always refuses.
    /// </summary>
    public StartReaction Content { get; init => field = EnumArgument.Checked(value); } = StartReaction.Warn;
}

namespace Nvdimm.Extensions.Host.Start;

/// <summary>The caller's policy for start decisions. The defaults are the strictest reactions, and keep no layout.</summary>
public sealed record StartPolicy
{
    /// <summary>Which layout may replace the asked one. Default: none.</summary>
    public KeepFrom KeepFrom { get; init => field = EnumArgument.Checked(value); } = KeepFrom.Nowhere;

    /// <summary>
    /// The reaction if the installed libvirt and QEMU are not the verified pair. Default: refuse. A verified pair that contradicts the
    /// predictions always refuses.
    /// </summary>
    public UnverifiedReaction UnverifiedHypervisor { get; init => field = EnumArgument.Checked(value); } = UnverifiedReaction.Refuse;

    /// <summary>The reaction to an NVDIMM whose writes never reach the device (private access, or read-only). Default: warn.</summary>
    public StartReaction LostWrites { get; init => field = EnumArgument.Checked(value); } = StartReaction.Warn;

    /// <summary>
    /// The reaction to the first use of a device with content, such as a file system, that fits the layout. Default: warn. Content that the
    /// layout would cut always refuses.
    /// </summary>
    public StartReaction Content { get; init => field = EnumArgument.Checked(value); } = StartReaction.Warn;
}

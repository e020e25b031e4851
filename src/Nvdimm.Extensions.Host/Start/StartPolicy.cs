namespace Nvdimm.Extensions.Host.Start;

/// <summary>The caller's policy for start decisions. The defaults are the strictest reactions, and keep no layout.</summary>
public sealed record StartPolicy
{
    /// <summary>Which layout may replace the asked one. Default: none.</summary>
    public KeepFrom KeepFrom { get; init => field = EnumArgument.Checked(value, last: KeepFrom.RecordThenLabels); } = KeepFrom.Nowhere;

    /// <summary>
    /// The reaction if the installed libvirt and QEMU are not the verified pair. Default: refuse. A verified pair that contradicts the
    /// predictions always refuses.
    /// </summary>
    public UnverifiedReaction UnverifiedHypervisor { get; init => field = EnumArgument.Checked(value, last: UnverifiedReaction.Warn); } =
        UnverifiedReaction.Refuse;

    /// <summary>The reaction to an NVDIMM whose writes never reach the device (private access, or read-only). Default: warn.</summary>
    public StartReaction LostWrites { get; init => field = EnumArgument.Checked(value, last: StartReaction.Warn); } = StartReaction.Warn;

    /// <summary>
    /// The reaction to the first use of a device with content, such as a file system, that fits the layout. Default: warn. Content that the
    /// layout would cut always refuses.
    /// </summary>
    public StartReaction Content { get; init => field = EnumArgument.Checked(value, last: StartReaction.Warn); } = StartReaction.Warn;
}

/// <summary>The reaction of a start to a doubt.</summary>
public enum StartReaction
{
    /// <summary>The VM does not start.</summary>
    Refuse,

    /// <summary>The VM starts, with a warning.</summary>
    Warn,
}

/// <summary>Which layout may replace the asked one if the device was used with another layout.</summary>
public enum KeepFrom
{
    /// <summary>None: the start is refused, and the decision names the existing layout of the device.</summary>
    Nowhere,

    /// <summary>The layout in the ledger's record.</summary>
    Record,

    /// <summary>The layout in the ledger's record; without a record, the layout of the only labels on the device.</summary>
    RecordThenLabels,
}

/// <summary>The reaction of a start if <c>nvdimm verify</c> has not checked the installed libvirt and QEMU on this host.</summary>
public enum UnverifiedReaction
{
    /// <summary>The VM does not start.</summary>
    Refuse,

    /// <summary>
    /// The VM starts with a warning if each version lies between two that were verified elsewhere, or is a later one of the newest verified
    /// major version (<see cref="Sizing.HypervisorProfile.Near"/>); otherwise it does not start. With a pair that failed its check on this
    /// host no VM starts, whatever the reaction.
    /// </summary>
    Known,

    /// <summary>The VM starts, with a warning.</summary>
    Warn,
}

namespace Nvdimm.Extensions.Sizing;

/// <summary>
/// What sizing a device came to: a layout that starts, or every reason why there is none and the figures up to there.
/// <c>default</c> is the refusal of an empty device.
/// </summary>
public readonly record struct SizingResult
{
    /// <summary>What was asked.</summary>
    public SizingRequest Request { get; internal init; }

    /// <summary>
    /// Whether target size and alignment were given, to keep a layout that the device has already (<see cref="NvdimmSizer.Keep"/>),
    /// and not computed. The request's strategy had no part in it then.
    /// </summary>
    public bool IsKept { get; internal init; }

    /// <summary>
    /// Whether the domain has no <c>&lt;alignsize&gt;</c>, so that <see cref="AlignSize"/> is what QEMU takes by itself. Only
    /// <see cref="NvdimmSizer.Keep"/> gives it.
    /// </summary>
    public bool LeavesAlignToQemu { get; internal init; }

    /// <summary>The alignment; null only for an unsupported architecture.</summary>
    public Alignment? AlignSize => Stage >= SizingStage.Align ? Align : null;

    /// <summary>The target size; null where the engine computes none.</summary>
    public ByteSize? TargetSize => Stage >= SizingStage.Target ? Target : null;

    /// <summary>The size that libvirt gives QEMU; null where libvirt refuses.</summary>
    public ByteSize? BackendSize => Stage >= SizingStage.Backend ? Backend : null;

    /// <summary>The layout; null where it is refused. Each call makes a new one, which is the only allocation of sizing.</summary>
    public NvdimmLayout? Layout => IsRefused ? null : new NvdimmLayout(this);

    /// <summary>Whether it does not start, so that there is no layout.</summary>
    public bool IsRefused => Stage != SizingStage.Guest;

    /// <summary>Whether it starts.</summary>
    public LayoutVerdict Verdict => IsRefused ? LayoutVerdict.Refused : Bits == SizingFindings.None ? LayoutVerdict.Ok : LayoutVerdict.Warning;

    /// <summary>
    /// Why it is refused, every reason and not the first only; or the warnings of a layout that starts. Empty for <see cref="LayoutVerdict.Ok"/>
    /// and never for <see cref="LayoutVerdict.Refused"/>.
    /// </summary>
    public ValueList<Finding> Findings => LayoutFindings.Of(this);

    /// <summary>The codes of <see cref="Findings"/>.</summary>
    public ValueList<string> Codes => Findings.Select(finding => finding.Code).ToValueList();

    /// <summary>Which figures there are.</summary>
    internal SizingStage Stage { get; init; }

    internal Alignment Align { get; init; }

    internal ByteSize Target { get; init; }

    internal ByteSize Backend { get; init; }

    internal ByteSize Guest { get; init; }

    /// <summary>What speaks against it; none and no layout is <c>default</c>, whose device is empty.</summary>
    internal SizingFindings Bits
    {
        get => IsRefused && field == SizingFindings.None ? SizingFindings.DeviceTooSmall : field;
        init;
    }

    /// <summary>The result that a layout is from.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="layout"/> is null.</exception>
    public static SizingResult Of(NvdimmLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return layout.Result;
    }
}

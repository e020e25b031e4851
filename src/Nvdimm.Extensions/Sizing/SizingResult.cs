namespace Nvdimm.Extensions.Sizing;

/// <summary>
/// The result of sizing a device: a layout that starts, or every reason why there is none, with the figures computed so far. <c>default</c>
/// is the refusal of an empty device.
/// </summary>
public readonly record struct SizingResult
{
    /// <summary>The request that was sized.</summary>
    public SizingRequest Request { get; internal init; }

    /// <summary>
    /// Whether target size and alignment were given, to keep the layout that the device already has (<see cref="NvdimmSizer.Keep"/>). Then
    /// the request's strategy was ignored.
    /// </summary>
    public bool IsKept { get; internal init; }

    /// <summary>
    /// Whether the domain has no <c>&lt;alignsize&gt;</c>, so that QEMU takes <see cref="AlignSize"/> by itself. Only
    /// <see cref="NvdimmSizer.Keep"/> sets it.
    /// </summary>
    public bool LeavesAlignToQemu { get; internal init; }

    /// <summary>The alignment; null only for an unsupported architecture.</summary>
    public Alignment? AlignSize => Stage >= SizingStage.Align ? Align : null;

    /// <summary>The target size; null if the engine's formula gives none.</summary>
    public ByteSize? TargetSize => Stage >= SizingStage.Target ? Target : null;

    /// <summary>The size that libvirt gives QEMU; null if libvirt refuses.</summary>
    public ByteSize? BackendSize => Stage >= SizingStage.Backend ? Backend : null;

    /// <summary>The layout; null if it is refused. Each call creates a new object, the only allocation of sizing.</summary>
    public NvdimmLayout? Layout => IsRefused ? null : new NvdimmLayout(this);

    /// <summary>Whether a VM does not start with this layout. Then <see cref="Layout"/> is null.</summary>
    public bool IsRefused => Stage != SizingStage.Guest;

    /// <summary>Whether a VM starts with this layout, and without warnings.</summary>
    public LayoutVerdict Verdict =>
        IsRefused ? LayoutVerdict.Refused : Bits == SizingFindings.None ? LayoutVerdict.Ok : LayoutVerdict.Warning;

    /// <summary>
    /// All reasons for a refusal, or the warnings of a layout that starts. Empty for <see cref="LayoutVerdict.Ok"/>, never empty for
    /// <see cref="LayoutVerdict.Refused"/>.
    /// </summary>
    public ValueList<Finding> Findings => LayoutFindings.Of(this);

    /// <summary>The codes of <see cref="Findings"/>.</summary>
    public ValueList<string> Codes => Findings.Select(finding => finding.Code).ToValueList();

    /// <summary>The last figure that was computed.</summary>
    internal SizingStage Stage { get; init; }

    internal Alignment Align { get; init; }

    internal ByteSize Target { get; init; }

    internal ByteSize Backend { get; init; }

    internal ByteSize Guest { get; init; }

    /// <summary>The problems. If there is no layout and no bit, the result is <c>default</c>, whose device is empty.</summary>
    internal SizingFindings Bits
    {
        get => IsRefused && field == SizingFindings.None ? SizingFindings.DeviceTooSmall : field;
        init;
    }

    /// <summary>Returns the result from which a layout was created.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="layout"/> is null.</exception>
    public static SizingResult Of(NvdimmLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return layout.Result;
    }
}

/// <summary>Whether a VM starts with a layout.</summary>
public enum LayoutVerdict
{
    /// <summary>The VM starts, and memory hot plug works beside the NVDIMM.</summary>
    Ok,

    /// <summary>The VM starts, but a finding says what does not work.</summary>
    Warning,

    /// <summary>libvirt, QEMU or the engine would refuse the layout, or whether they do is not known.</summary>
    Refused,
}

/// <summary>The last figure of the chain that was computed. Each stage includes the figures of those before it.</summary>
internal enum SizingStage : byte
{
    /// <summary>No figure was computed.</summary>
    None,

    /// <summary>The alignment.</summary>
    Align,

    /// <summary>The target size, which may be zero.</summary>
    Target,

    /// <summary>The backend size.</summary>
    Backend,

    /// <summary>The guest size: the layout starts.</summary>
    Guest,
}

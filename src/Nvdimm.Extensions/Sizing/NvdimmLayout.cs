using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Sizing;

/// <summary>
/// Where is what: the sizes of one device, from what the management side writes to what the guest sees.
/// Every figure is exact, or null where the chain does not get that far.
/// </summary>
public readonly record struct NvdimmLayout
{
    /// <summary>Findings that let it start.</summary>
    private const SizingFindings Warnings = SizingFindings.HotPlugMisaligned;

    /// <summary>What was asked.</summary>
    public required SizingRequest Request { get; init; }

    /// <summary>The alignment to write as <c>&lt;alignsize&gt;</c>; null only for an unsupported architecture.</summary>
    public Alignment? AlignSize { get; init; }

    /// <summary>The size to write as <c>&lt;target&gt;&lt;size&gt;</c>; null where the engine computes none.</summary>
    public ByteSize? TargetSize { get; init; }

    /// <summary>The size that libvirt gives QEMU; null where libvirt refuses.</summary>
    public ByteSize? BackendSize { get; init; }

    /// <summary>Where the label area starts, from the start of the device; null where the layout is refused.</summary>
    public ByteSize? LabelOffset { get; init; }

    /// <summary>What the guest sees; null where the layout is refused.</summary>
    public ByteSize? GuestSize { get; init; }

    /// <summary>
    /// Whether target size and alignment were given, to keep a layout that the device has already (<see cref="NvdimmSizer.Keep"/>),
    /// and not computed. The request's strategy had no part in it then.
    /// </summary>
    public bool IsKept { get; init; }

    internal SizingFindings Bits { get; init; }

    /// <summary>What of the device the guest does not get: rounding, and the label; null where the layout is refused.</summary>
    public ByteSize? LostSize => GuestSize is { } guest ? Request.DeviceSize - guest : null;

    /// <summary>
    /// The block in which the guest takes hot-plugged memory, by its RAM (<see cref="GuestMemoryBlock"/>), or where that is not known the
    /// architecture's; null for an unsupported architecture.
    /// </summary>
    public Alignment? MemoryBlock => Request.Architecture.IsSupported ? GuestMemoryBlock.Of(Request.Architecture, Request.GuestRam) : null;

    /// <summary>What the backing keeps when the host crashes.</summary>
    public BackingPersistence Persistence => Request.IsDevdax ? BackingPersistence.Dax : Request.Persistence;

    /// <summary>Whether it starts.</summary>
    public LayoutVerdict Verdict => Bits switch
    {
        SizingFindings.None => LayoutVerdict.Ok,
        _ when (Bits & ~Warnings) == SizingFindings.None => LayoutVerdict.Warning,
        _ => LayoutVerdict.Refused,
    };

    /// <summary>Whether it does not start.</summary>
    public bool IsRefused => Verdict == LayoutVerdict.Refused;

    /// <summary>Why it is refused or what does not work: every reason, not the first only. Empty for <see cref="LayoutVerdict.Ok"/>.</summary>
    public ValueList<Finding> Findings => LayoutFindings.Of(this);

    /// <summary>The codes of <see cref="Findings"/>.</summary>
    public ValueList<string> Codes => Findings.Select(finding => finding.Code).ToValueList();
}

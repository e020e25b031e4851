using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>What the probed programs make of a recorded layout.</summary>
/// <param name="Recorded">The device and its layout.</param>
/// <param name="Predicted">The layout that is predicted for the probed programs.</param>
/// <param name="Mismatch">How the programs differ from the prediction; null if they do not differ, or were not asked.</param>
public sealed record RecordedLayoutResult(RecordedLayout Recorded, SizingResult Predicted, ConformanceMismatch? Mismatch)
{
    /// <summary>Whether the programs were asked. They are not asked about more than 512 GiB, nor if their QEMU is not installed.</summary>
    public required bool IsProbed { get; init; }

    /// <summary>
    /// Whether the guest finds its data at its next start: backend size, label area and guest size are the recorded ones.
    /// </summary>
    public bool IsKept => Mismatch is null
        && Predicted.Layout is { } layout
        && (layout.BackendSize, layout.LabelOffset, layout.GuestSize)
            == (Recorded.Layout.BackendSize, Recorded.Layout.LabelOffset, Recorded.Layout.GuestSize);
}

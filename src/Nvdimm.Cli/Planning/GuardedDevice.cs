using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Planning;

/// <summary>What this host says of a device that is planned.</summary>
/// <param name="Device">The device.</param>
/// <param name="Computed">What sizing it came to; null where its size is not known.</param>
internal sealed record GuardedDevice(NvdimmDevice Device, SizingResult? Computed)
{
    /// <summary>What could not be read and is not a witness that speaks against it; nothing may be concluded then.</summary>
    private static readonly HashSet<string> Unreadable = new(StringComparer.Ordinal)
    {
        NvdimmCodes.LayoutUnreadable,
        NvdimmCodes.LedgerUnreadable,
        NvdimmCodes.LedgerDamaged,
        NvdimmCodes.LedgerNewer,
        NvdimmCodes.ClaimDamaged,
        NvdimmCodes.HostUseUnknown,
    };

    /// <summary>The verdict; null where nobody was asked.</summary>
    public StartVerdict? Verdict { get; init; }

    /// <summary>Why nobody was asked; null where the verdict is there.</summary>
    public string? NotChecked { get; init; }

    /// <summary>The layout that is kept in place of the computed one; null where none is.</summary>
    public NvdimmLayout? Kept { get; init; }

    /// <summary>What tells the layout, where it is kept; null where it is computed.</summary>
    public KeptSource? KeptFrom { get; init; }

    /// <summary>The layout that is kept, otherwise what sizing the device came to; null where its size is not known.</summary>
    public SizingResult? Sized => Kept is null ? Computed : SizingResult.Of(Kept);

    /// <summary>Whether a layout should have been kept and neither ledger nor device knows one.</summary>
    public bool HasNothingToKeep { get; init; }

    /// <summary>Why the layout that the device has cannot be kept.</summary>
    public ValueList<Finding> KeepFindings { get; init; } = [];

    /// <summary>Everything that refuses the start.</summary>
    public IEnumerable<Finding> Refusals => KeepFindings.Concat(Verdict?.Refusals ?? []);

    /// <summary>Whether the start is refused.</summary>
    public bool IsRefused => Refusals.Any();

    /// <summary>What it means for the exit status.</summary>
    public int Status => StatusOf(Refusals);

    /// <summary>What refusals mean for the exit status: <see cref="ExitStatus.Failed"/> where one is that something could not be read.</summary>
    public static int StatusOf(IEnumerable<Finding> refusals) =>
        refusals.Select(finding => Unreadable.Contains(finding.Code) ? ExitStatus.Failed : ExitStatus.Refused).DefaultIfEmpty(ExitStatus.Good).Max();
}

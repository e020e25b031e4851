using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Verdicts;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Planning;

/// <summary>What this host says of a device that is planned.</summary>
/// <param name="Device">The device.</param>
/// <param name="Sizing">The asked sizes, or why there are none; null where the device's size is not known.</param>
internal sealed record GuardedDevice(NvdimmDevice Device, SizingResult? Sizing)
{
    /// <summary>How a VM would start with it; null where nobody was asked.</summary>
    public StartDecision? Decision { get; init; }

    /// <summary>Why nobody was asked; null where the decision is there.</summary>
    public string? NotAsked { get; init; }

    /// <summary>Whether this machine has its device file. Without it nothing on the device can be read, and nothing may be accepted.</summary>
    public bool IsHere { get; init; } = true;

    /// <summary>Where to run a command about a device that is not here.</summary>
    public string Elsewhere => $"{Device.Path} is not on this machine. Run this on its host.";

    /// <summary>Whether the layout that the device has is to be kept.</summary>
    public bool IsKeepWanted { get; init; }

    /// <summary>What record and device say of the layout; null where no layout was judged.</summary>
    public LayoutCheck? Check => Decision?.Check;

    /// <summary>The layout of the device that is kept; null where it is the computed one, or refused.</summary>
    public NvdimmLayout? Kept => KeptFrom is null ? null : Decision!.Layout;

    /// <summary>The sizes, computed or kept; null where the device's size is not known.</summary>
    public SizingResult? Sized => Kept is { } kept ? SizingResult.Of(kept) : Sizing;

    /// <summary>Why no layout was judged; null where one was.</summary>
    public string? NotChecked => Decision switch
    {
        null => NotAsked,
        { Check: null } when KeepFindings.Count > 0 => "the layout that the device has cannot be kept",
        { Check: null } => "its layout is refused",
        _ => null,
    };

    /// <summary>What tells the layout, where it is kept; null where it is computed.</summary>
    public KeptSource? KeptFrom => Decision?.KeptFrom;

    /// <summary>Whether a layout should have been kept and neither ledger nor device knows one.</summary>
    public bool HasNothingToKeep => IsKeepWanted && Decision is { HasNothingToKeep: true };

    /// <summary>Why the layout that the device has cannot be kept.</summary>
    public ValueList<Finding> KeepFindings => (Decision?.OwnFindings ?? []).Where(finding => finding.Code == NvdimmCodes.LayoutCannotBeKept).ToValueList();

    /// <summary>All that was found.</summary>
    public ValueList<Finding> Findings => Decision?.Findings ?? [];

    /// <summary>Everything that refuses the start.</summary>
    public ValueList<Finding> Refusals => Decision?.Refusals ?? [];

    /// <summary>Whether the start is refused.</summary>
    public bool IsRefused => Refusals.Count > 0;

    /// <summary>What it means for the exit status.</summary>
    public int Status => StatusOf(Refusals);

    /// <summary>What refusals mean for the exit status: <see cref="ExitStatus.Failed"/> where one is that something could not be read.</summary>
    public static int StatusOf(IEnumerable<Finding> refusals) =>
        refusals.Select(finding => GuardCodes.Find(finding.Code) is { IsUnreadable: true } ? ExitStatus.Failed : ExitStatus.Refused).DefaultIfEmpty(ExitStatus.Good).Max();
}

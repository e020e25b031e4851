using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Verdicts;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Planning;

/// <summary>This host's verdict on a planned device.</summary>
/// <param name="Device">The device.</param>
/// <param name="Sizing">The computed sizes, or why there are none; null if the device's size is unknown.</param>
internal sealed record GuardedDevice(NvdimmDevice Device, SizingResult? Sizing)
{
    /// <summary>How a VM would start with the device; null if it was not checked.</summary>
    public StartDecision? Decision { get; init; }

    /// <summary>Why the device was not checked; null if it was.</summary>
    public string? NotAsked { get; init; }

    /// <summary>Whether this machine has the device file. Without it the device cannot be read, and nothing can be accepted.</summary>
    public bool IsOnThisMachine { get; init; } = true;

    /// <summary>A sentence that says where to run a command for a device that is not on this machine.</summary>
    public string WhereToRun => $"{Device.Path} is not on this machine. Run this on its host.";

    /// <summary>Whether the user asked to keep the device's existing layout.</summary>
    public bool IsKeepWanted { get; init; }

    /// <summary>What the record and the device say about the layout; null if no layout was checked.</summary>
    public LayoutCheckResult? Check => Decision?.Check;

    /// <summary>The existing layout that is kept; null if the layout is computed, or refused.</summary>
    public NvdimmLayout? Kept => KeptFrom is null ? null : Decision!.Layout;

    /// <summary>The sizes, computed or kept; null if the device's size is unknown.</summary>
    public SizingResult? Sized => Kept is { } kept ? SizingResult.Of(kept) : Sizing;

    /// <summary>Why no layout was checked; null if one was.</summary>
    public string? NotChecked => Decision switch
    {
        null => NotAsked,
        { Check: null } when KeepFindings.Count > 0 => "the layout that the device has cannot be kept",
        { Check: null } => "its layout is refused",
        _ => null,
    };

    /// <summary>The source of the kept layout; null if the layout is computed.</summary>
    public KeptSource? KeptFrom => Decision?.KeptFrom;

    /// <summary>Whether the user asked to keep a layout that neither the ledger nor the device has.</summary>
    public bool HasNothingToKeep => IsKeepWanted && Decision is { HasNothingToKeep: true };

    /// <summary>Why the device's existing layout cannot be kept.</summary>
    public ValueList<Finding> KeepFindings =>
        (Decision?.OwnFindings ?? []).Where(finding => finding.Code == NvdimmCodes.LayoutCannotBeKept).ToValueList();

    /// <summary>All findings.</summary>
    public ValueList<Finding> Findings => Decision?.Findings ?? [];

    /// <summary>The findings that refuse the start.</summary>
    public ValueList<Finding> Refusals => Decision?.Refusals ?? [];

    /// <summary>Whether the start is refused.</summary>
    public bool IsRefused => Refusals.Count > 0;

    /// <summary>The exit status.</summary>
    public int Status => StatusOf(Refusals);

    /// <summary>The exit status for refusals: <see cref="ExitStatus.Failed"/> if one says that something could not be read.</summary>
    public static int StatusOf(IEnumerable<Finding> refusals) =>
        refusals.Select(finding => GuardCodes.Find(finding.Code) is { IsUnreadable: true } ? ExitStatus.Failed : ExitStatus.Refused)
            .DefaultIfEmpty(ExitStatus.Good)
            .Max();
}

using Nvdimm.Cli.Input;
using Nvdimm.Cli.Output;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Planning;

/// <summary>Asks this host about devices that are planned, and finds the layout that is to be kept.</summary>
internal sealed class DeviceGuard(ToolEnvironment environment, string folder, bool isKept)
{
    private readonly StartCheck check = new(folder, environment.Time, environment.Root);

    /// <summary>Whether the listing may be another host's, so that a device that is not here is no finding.</summary>
    public bool IsOtherHostPossible { get; init; }

    /// <summary>The ledger.</summary>
    public LayoutLedger Ledger => check.Ledger;

    /// <summary>The claims.</summary>
    public DeviceClaims Claims => check.Claims;

    /// <summary>What this host says of the devices that the names stand for, each once. Names that stand for none or several are left out.</summary>
    public Task<ValueList<GuardedDevice>> CheckAsync(
        NdctlListing listing, PlanSubject subject, ValueList<string> names, CancellationToken cancellationToken)
    {
        var request = subject.Request with { Host = Listing.HostWith(subject.Request.Host, listing) };
        var work = Task.Run(() => Planner.Wanted(listing, names).Select(device => Check(device, request)).ToValueList(), cancellationToken);
        return Progress.WaitAsync(environment, "Looking for labels", work, cancellationToken);
    }

    private GuardedDevice Check(NvdimmDevice device, PolicyRequest request)
    {
        var guarded = new GuardedDevice(device, DeviceSizing.LayoutFor(request, device));
        if (guarded.Computed is not { } computed)
        {
            return guarded with { NotChecked = "its size is not known" };
        }

        if (device.Path is not { } path)
        {
            return guarded with { NotChecked = "it has no device file" };
        }

        if (IsOtherHostPossible && !File.Exists(path) && UnknownHere(device) is { } unknown)
        {
            return guarded with { NotChecked = $"{path} is not on this host{unknown}" };
        }

        var isPower = computed.Request.Architecture.IsPower;
        if (isPower && (device.Uuid is null || device.Uuid == Guid.Empty))
        {
            return guarded with { NotChecked = "it has no uuid to derive the guest's from" };
        }

        var guestUuid = isPower ? GuestUuid.For(device.Uuid!.Value) : (Guid?)null;
        var first = computed.Layout is { } layout ? check.Check(device, DeviceLayout.Of(layout, guestUuid)) : null;
        var kept = isKept ? Keep(guarded, computed, first) : guarded;
        return kept switch
        {
            { KeepFindings.Count: > 0 } => kept with { NotChecked = "the layout that the device has cannot be kept" },
            { Kept: { } known } => kept with { Verdict = check.Check(device, DeviceLayout.Of(known, guestUuid)) },
            _ when first is null => kept with { NotChecked = "its layout is refused" },
            _ => kept with { Verdict = first },
        };
    }

    /// <summary>
    /// Why a device that has no device file here need not be asked about; null where the ledger of this host knows its uuid, wherever its
    /// device file is now. Kernel names tell nothing: other hosts have the same.
    /// </summary>
    private string? UnknownHere(NvdimmDevice device)
    {
        var identity = DeviceIdentity.Of(device);
        if (!identity.IsStable)
        {
            return "";
        }

        try
        {
            return check.Ledger.Find(identity) is { Record: null, IsReadable: true } ? "" : null;
        }
        catch (LayoutLedgerException unreadable)
        {
            return $", and whether its ledger knows the device cannot be read: {unreadable.Message}";
        }
    }

    /// <summary>The record says more than the labels: it has the alignment too. Where the two disagree, the guard refuses afterwards.</summary>
    private GuardedDevice Keep(GuardedDevice guarded, in SizingResult computed, StartVerdict? first)
    {
        var recorded = check.Ledger.Find(DeviceIdentity.Of(guarded.Device)).Record?.Layout;
        if (recorded is not null)
        {
            return Kept(guarded, KeptSource.Record, KeptLayout.Of(computed.Request, recorded));
        }

        var survey = first?.Layout.Evidence.Survey ?? new LabelProbe(environment.Root).SurveyEverywhere(guarded.Device.Path!, computed.Request.LabelSize);
        var candidates = first is null ? [] : LayoutCandidates.For(first.Layout.Evidence.Planned, recorded: null);
        return survey.Found.Count == 1
            ? Kept(guarded, KeptSource.Labels, KeptLayout.At(computed.Request, survey.Found[0], candidates))
            : guarded with { HasNothingToKeep = survey is { IsReadable: true, Found.Count: 0 } };
    }

    private static GuardedDevice Kept(GuardedDevice guarded, KeptSource source, KeptLayout kept) => kept.IsPossible
        ? guarded with { Kept = kept.Layout, KeptFrom = source }
        : guarded with { KeepFindings = kept.Findings };
}

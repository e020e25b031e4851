using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Guard;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Sizing;
using Nvdimm.Hook.Configuration;

namespace Nvdimm.Hook.Start;

/// <summary>
/// Chooses the layout of a device. What the domain asks for counts where ledger and labels agree with it, or an administrator has accepted
/// it; otherwise the recorded layout; otherwise the one whose labels are on the device. A device without either gets what the domain asks for.
/// </summary>
internal sealed class StartPlanner(StartCheck check, HostState host, DomainGuest guest, HookContext context)
{
    /// <summary>The plan; null where there is none, which is a finding.</summary>
    /// <param name="start">The NVDIMM; it has a device.</param>
    /// <param name="claim">The claim on it; null in a simulation, which takes none.</param>
    /// <param name="findings">Where findings go.</param>
    public StartPlan? Plan(StartDevice start, DeviceClaim? claim, List<Finding> findings)
    {
        var device = start.Device!;
        var architecture = guest.Architecture ?? default;
        if (SizingRequest.For(architecture, device) is not { } sizing)
        {
            findings.Add(Finding.Error(NvdimmCodes.NdctlMissingKey, ("key", "size"), ("device", device.Name)));
            return null;
        }

        if (start.Element.LabelSize is null && !architecture.IsPower)
        {
            findings.Add(Finding.Error(NvdimmCodes.HookNoLabel, ("device", device.Name)));
            return null;
        }

        var request = sizing with { LabelSize = start.Element.LabelSize ?? SizingRequest.OvirtLabelSize, HostPageSize = Alignment.FromBytes(Environment.SystemPageSize) };
        if (UuidOf(start, architecture) is var uuid && architecture.IsPower && uuid is null)
        {
            // The policy has said why.
            return null;
        }

        var (target, align) = (start.Element.TargetSize, AskedAlign(start.Element, request));
        var asked = NvdimmSizer.Keep(request, target, align);
        var verdict = asked.Layout is { } starting ? check.Check(device, DeviceLayout.Of(starting, uuid), claim, host) : null;
        var kept = verdict is { Layout.IsAllowed: true } ? null : Kept(start, request, verdict);
        if (kept is { IsPossible: false })
        {
            findings.AddRange(kept.Findings);
        }

        findings.AddRange(kept?.Layout?.Warnings ?? asked.Findings);
        if ((kept?.Layout ?? asked.Layout) is not { } layout)
        {
            return null;
        }

        if (layout.TargetSize != target || layout.AlignSize != align)
        {
            verdict = check.Check(device, DeviceLayout.Of(layout, uuid), claim, host);
            findings.Add(KeptFinding(device, layout, target, align));
        }

        findings.AddRange(Judge(verdict!));
        return new StartPlan(Element(device, layout, start.Element, uuid, findings), verdict!);
    }

    private static Finding KeptFinding(NvdimmDevice device, NvdimmLayout kept, ByteSize target, Alignment align) => Finding.Warning(
        NvdimmCodes.HookLayoutKept,
        ("device", device.Name),
        ("kept", $"{kept.TargetSize.Bytes}"),
        ("keptAlign", $"{kept.AlignSize.Bytes}"),
        ("asked", $"{target.Bytes}"),
        ("askedAlign", $"{align.Bytes}"));

    /// <summary>The alignment that the domain asks for. Without one QEMU would take the page; the device's is what the engine would write.</summary>
    private static Alignment AskedAlign(NvdimmElement element, in SizingRequest request) =>
        element.AlignSize is { Bytes: > 0 } written ? Alignment.FromBytes(written.Bytes) : request.Align ?? request.Architecture.HotPlugBlock;

    /// <summary>The layout that the device has: the ledger's, otherwise that of the only labels on it; null where it has none.</summary>
    private static KeptLayout? Kept(StartDevice start, in SizingRequest request, StartVerdict? verdict)
    {
        if (start.Record?.Layout is { } recorded)
        {
            return KeptLayout.Of(request, recorded);
        }

        return verdict?.Layout.Evidence is { Survey.Found: [var only] } evidence
            ? KeptLayout.At(request, only, LayoutCandidates.For(evidence.Planned, recorded: null))
            : null;
    }

    /// <summary>What refuses, and what warns; what an administrator has accepted is silent.</summary>
    private IEnumerable<Finding> Judge(StartVerdict verdict)
    {
        var isRefusing = context.Configuration.UnverifiedHypervisor == Reaction.Refuse;
        return verdict.Refusals
            .Concat(verdict.Findings.Where(finding => finding.Severity == Severity.Warning && finding.Code != NvdimmCodes.LayoutNotRecorded))
            .Select(finding => finding.Code == NvdimmCodes.HypervisorNotVerified && isRefusing ? finding with { Severity = Severity.Error } : finding);
    }

    private NvdimmElement? Element(NvdimmDevice device, NvdimmLayout layout, NvdimmElement asked, Guid? uuid, List<Finding> findings)
    {
        if ((asked.GuestNode ?? GuestNumaNode.ForDevice(guest.NumaNodes, device.NumaNode)?.Index) is not { } node)
        {
            findings.Add(Finding.Error(EngineCodes.NumaUnavailable));
            return null;
        }

        if (node < 0)
        {
            findings.Add(Finding.Error(NvdimmCodes.XmlNoGuestNode, ("node", $"{node}")));
            return null;
        }

        var made = NvdimmElement.Create(device, layout, node);
        findings.AddRange(made.Findings);
        return uuid is { } own ? made.Element?.WithUuid(own) : made.Element;
    }

    private static Guid? UuidOf(StartDevice start, GuestArchitecture architecture) => !architecture.IsPower
        ? null
        : start.Record?.Layout?.GuestUuid ?? (start.Device!.Uuid is { } uuid && uuid != Guid.Empty ? GuestUuid.For(uuid) : null);
}

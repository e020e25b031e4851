using Nvdimm.Cli.Input;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Planning;

/// <summary>Makes plans.</summary>
internal static class Planner
{
    /// <summary>The devices that the names match, each once. Names that match no device or several are skipped.</summary>
    public static ValueList<NvdimmDevice> Wanted(NdctlListing listing, ValueList<string> names) => names
        .Select(name => DeviceSelector.Matches(listing.Devices, name))
        .Where(matches => matches.Count == 1)
        .Select(matches => matches[0])
        .DistinctBy(device => device.Name, StringComparer.Ordinal)
        .ToValueList();

    /// <summary>The plan for the devices that the names match; this host was already asked about them.</summary>
    public static Plan Make(NdctlListing listing, PlanSubject subject, ValueList<string> names, ValueList<GuardedDevice> guarded)
    {
        var request = subject.Request with
        {
            Operation = HostDeviceOperation.Attach,
            Devices = names,
            Host = Listing.HostWith(subject.Request.Host, listing),
            Kept = guarded.Where(device => device is { Kept: not null, IsRefused: false })
                .Select(device => new KeptNvdimm(device.Device.Name, device.Kept!))
                .ToValueList(),
        };
        var wanted = guarded.Select(device => device.Device).ToValueList();
        var states = DeviceAvailability.Of(new AvailabilityRequest
        {
            Host = request.Host,
            Vms = request.OtherVms,
            Architecture = request.Vm?.Architecture ?? GuestArchitecture.X86_64,
            Strategy = request.Strategy,
            LabelSize = request.LabelSize,
        });
        var devices = guarded
            .Select(
                device => Planned(device, request) with { Availability = states.FirstOrDefault(state => state.Device == device.Device) })
            .ToValueList();
        var afterwards = Afterwards(subject.Vm, wanted);
        var attach = Check(subject, request);
        var start = Check(subject, request with { Operation = HostDeviceOperation.Start, Vm = afterwards });
        var isRefused = !attach.IsAllowed || !start.IsAllowed || devices.Any(device => device.Element is null || device.Guard.IsRefused)
            || subject.Findings.Any(finding => finding.Severity == Severity.Error);
        var edited = isRefused || subject.Domain is null
            ? null
            : DomainXmlEditor.Add(subject.Domain, [.. devices.Select(device => device.Element!)]);
        var plan = new Plan(devices, attach, start, Findings(listing, subject, devices, edited))
        {
            VmName = subject.IsAssumed ? "A VM" : subject.Vm?.Name ?? "The VM",
            IsAssumed = subject.IsAssumed,
            DomainXml = edited?.Xml,
            IsRefused = isRefused || edited is { IsRefused: true },
        };
        return WithTotals(plan, subject, afterwards, request);
    }

    private static PlannedDevice Planned(GuardedDevice guarded, PolicyRequest request)
    {
        var device = guarded.Device;
        var node = GuestNumaNode.ForDevice(request.Vm?.NumaNodes ?? [], device.NumaNode)?.Index;
        var sized = DeviceSizing.LayoutFor(request, device);
        var result = sized is { } sizing && node is { } index ? NvdimmElement.Create(device, sizing, index) : null;
        var element = guarded.Decision is { GuestUuid: { } uuid } ? result?.Element?.WithUuid(uuid) : result?.Element;
        return new PlannedDevice(device, sized, node, element, result?.Findings ?? [], guarded);
    }

    private static VmDescription? Afterwards(VmDescription? vm, IEnumerable<NvdimmDevice> wanted) => vm is null ? null : vm with
    {
        Nvdimms =
        [
            .. vm.Nvdimms,
            .. wanted.Where(device => !vm.Nvdimms.Any(attached => attached.Name == device.Name))
            .Select(device => new AttachedNvdimm(device.Name, device.Uuid)),
        ],
    };

    /// <summary>The policy's result. For an assumed VM, findings about NUMA pinning are left out.</summary>
    private static PolicyResult Check(PlanSubject subject, PolicyRequest request)
    {
        var result = NvdimmPolicy.Check(request);
        return subject.IsAssumed
            ? new PolicyResult(result.Findings.Where(finding => finding.Code != NvdimmCodes.NumaMismatch).ToValueList())
            : result;
    }

    /// <summary>The findings that the policy has not already reported as refusals of a layout or a device.</summary>
    private static ValueList<(string? Device, Finding Finding)> Findings(
        NdctlListing listing, PlanSubject subject, ValueList<PlannedDevice> devices, DomainXmlResult? edited) =>
    [
        .. devices.SelectMany(
            device => device.Device.Findings.Concat(device.Findings).Distinct().Select(finding => ((string?)device.Device.Name, finding))),
        .. listing.Findings.Concat(subject.Findings).Concat(edited?.Findings ?? []).Select(finding => ((string?)null, finding)),
    ];

    private static Plan WithTotals(Plan plan, PlanSubject subject, VmDescription? afterwards, PolicyRequest request)
    {
        var slots = (long)(afterwards?.Nvdimms.Count ?? 0) + (afterwards?.MemoryDevices ?? 0);
        var counted = plan with
        {
            MemorySlotsLeft = afterwards is null || slots > afterwards.MemorySlots ? null : afterwards.MemorySlots - (int)slots,
        };
        var layouts = Layouts(afterwards?.Nvdimms ?? [], request);
        if (plan.DomainXml is { } edited)
        {
            return WithHotPlugs(counted with { MaxMemory = DomainGuest.Read(edited).Guest?.MaxMemory }, subject, afterwards, layouts);
        }

        return plan.IsRefused || afterwards is null or { MaxMemory.Bytes: 0 } || layouts is null || !IsSum(afterwards.MaxMemory, layouts)
            ? counted
            : WithHotPlugs(
                counted with
                {
                    MaxMemory = DomainMemory.MaxMemory(afterwards.MaxMemory, layouts),
                    TsegSize = DomainMemory.TsegSize(subject.IsUefi, subject.MaxVcpus, afterwards.MaxMemory, layouts),
                },
                subject,
                afterwards,
                layouts);
    }

    /// <summary>
    /// Adds the hot plugs. NVDIMMs that a domain already has keep the figures of its XML, which planning may not predict.
    /// </summary>
    private static Plan WithHotPlugs(Plan plan, PlanSubject subject, VmDescription? afterwards, ValueList<NvdimmLayout>? layouts) =>
        afterwards is null || layouts is null || subject is { Domain: not null, Vm.Nvdimms.Count: > 0 }
            ? plan
            : plan with { HotPlugs = HotPlugs.OfVm(afterwards, subject.Machine, plan.MaxMemory, layouts) };

    /// <summary>Whether the sum of the memory and all backends fits in 63 bits.</summary>
    private static bool IsSum(ByteSize maxMemory, ValueList<NvdimmLayout> layouts) =>
        layouts.Aggregate((UInt128)maxMemory.Bytes, (sum, layout) => sum + (UInt128)layout.BackendSize.Bytes) <= long.MaxValue;

    /// <summary>The layouts of all NVDIMMs; null if one is unknown or does not start.</summary>
    private static ValueList<NvdimmLayout>? Layouts(ValueList<AttachedNvdimm> nvdimms, PolicyRequest request)
    {
        var layouts = nvdimms
            .Select(attached => request.Host!.Devices.FirstOrDefault(device => device.Name == attached.Name))
            .OfType<NvdimmDevice>()
            .Select(device => DeviceSizing.LayoutFor(request, device)?.Layout)
            .OfType<NvdimmLayout>()
            .ToValueList();
        return layouts.Count == nvdimms.Count ? layouts : null;
    }
}

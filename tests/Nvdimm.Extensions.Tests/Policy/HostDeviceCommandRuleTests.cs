using Nvdimm.Extensions.Policy;
using static Nvdimm.Extensions.EngineCodes;
using static Nvdimm.Extensions.Tests.Policy.PolicySamples;

namespace Nvdimm.Extensions.Tests.Policy;

/// <summary>The engine's checks on adding and removing (oVirt Engine 4.5, AbstractVmHostDevicesCommand.validate), and what start shares with them.</summary>
public sealed class HostDeviceCommandRuleTests
{
    private static readonly PolicyRequest HotPlugged = Attach with { Operation = HostDeviceOperation.HotPlug };
    private static readonly PolicyRequest HotUnplugged = Detach with { Operation = HostDeviceOperation.HotUnplug };

    private static readonly PolicyCase[] AllowedCases =
    [
        new("attach", Attach),
        new("attach by uuid", Attach with { Devices = [Uuid.ToString()] }),
        new("attach twice the same", Attach with { Devices = [Name, Uuid.ToString(), Name] }),
        new("attach on an unknown host", Attach with { Host = null }, NvdimmCodes.InventoryUnavailable),
        new("attach to a host that is listed twice", Attach.OnVm(vm => vm with { PinnedHosts = ["host1", "host1"] })),
        new("attach with a host without name", Attach.OnHost(host => host with { Name = null })),
        new("detach, other host's listing", Detach.OnVm(vm => vm with { PinnedHosts = ["host2"] })),
        new("detach", Detach),
        new("detach by uuid", Detach with { Devices = [Uuid.ToString()] }),
        new("detach on an unknown host", Detach with { Host = null }),
        new("start", Start),
        new("start on an unknown host", Start with { Host = null }, NvdimmCodes.InventoryUnavailable),
        new("start without NVDIMMs", Start with { Vm = Vm }),
        new("start without NVDIMMs, pinning, NUMA and host", Start with { Vm = Vm with { PinnedHosts = [], NumaNodes = [] }, Host = null }),
        new("start without NVDIMMs, elsewhere", Start with { Vm = Vm with { PinnedHosts = ["host2", "host3"], NumaNodes = [] } }),
        new("start without NVDIMMs, bad listing", (Start with { Vm = Vm }).OnHost(host => host with { IsComplete = false, Devices = [] })),
        new("start without NVDIMMs, all slots taken", Start with { Vm = Vm with { MemoryDevices = 17 } }),
    ];

    private static readonly PolicyCase[] RefusedCases =
    [
        new("attach nothing", Attach with { Devices = [] }, DeviceMustBeSpecified),
        new("detach nothing", Detach with { Devices = [] }, DeviceMustBeSpecified),
        new("hot plug nothing", HotPlugged with { Devices = [] }, DeviceMustBeSpecified),
        new("hot unplug nothing", HotUnplugged with { Devices = [] }, DeviceMustBeSpecified),
        new("attach nothing to a bare VM", Attach with { Devices = [], Vm = Vm with { PinnedHosts = [], NumaNodes = [] } }, DeviceMustBeSpecified),
        new("attach nothing to no VM", Attach with { Devices = [], Vm = null }, DeviceMustBeSpecified, VmNotFound),
        new("attach to no VM", Attach with { Vm = null }, VmNotFound),
        new("hot plug to no VM", HotPlugged with { Vm = null }, VmNotFound),
        new("hot unplug from no VM", HotUnplugged with { Vm = null }, VmNotFound),
        new("attach to a running VM", Attach.OnVm(vm => vm with { Status = VmStatus.Up }), VmStatusIllegal),
        new("detach from a suspended VM", Detach.OnVm(vm => vm with { Status = VmStatus.Suspended }), VmStatusIllegal),
        new("attach to an unpinned VM", Attach.OnVm(vm => vm with { PinnedHosts = [] }), VmNotPinnedToHost),
        new("detach from an unpinned VM", Detach.OnVm(vm => vm with { PinnedHosts = [] }), VmNotPinnedToHost, NvdimmCodes.DetachBlockedByEngine),
        new("start an unpinned VM", Start.OnVm(vm => vm with { PinnedHosts = [] }), VmNotPinnedToHost),
        new("attach to a VM of two hosts", Attach.OnVm(vm => vm with { PinnedHosts = ["host1", "host2"] }), VmPinnedToMultipleHosts),
        new(
            "detach from a VM of two hosts",
            Detach.OnVm(vm => vm with { PinnedHosts = ["host1", "host2"] }),
            VmPinnedToMultipleHosts,
            NvdimmCodes.DetachBlockedByEngine),
        new("start a VM of two hosts", Start.OnVm(vm => vm with { PinnedHosts = ["host1", "host2"] }), VmPinnedToMultipleHosts),
        new("attach a device that is not there", Attach with { Devices = ["namespace7.0"] }, HostDeviceNotFound),
        new("attach two that are not there", Attach with { Devices = ["namespace7.0", "namespace8.0"] }, HostDeviceNotFound),
        new("attach one that is there and one that is not", Attach with { Devices = [Name, "namespace7.0"] }, HostDeviceNotFound),
        new("attach an empty name", Attach with { Devices = [""] }, HostDeviceNotFound),
        new("attach, other host's listing", Attach.OnVm(vm => vm with { PinnedHosts = ["host2"] }), HostDeviceNotFound),
        new("detach a device that was never there", Detach with { Devices = ["namespace7.0"] }, HostDeviceNotFound, NvdimmCodes.NotAttached),
        new("detach a device that vanished", Detach.OnHost(host => host with { Devices = [] }), HostDeviceNotFound, NvdimmCodes.DetachBlockedByEngine),
        new(
            "detach a device that vanished, by uuid",
            (Detach with { Devices = [Uuid.ToString()] }).OnHost(host => host with { Devices = [] }),
            HostDeviceNotFound,
            NvdimmCodes.DetachBlockedByEngine),
        new("attach without NUMA", Attach.OnVm(vm => vm with { NumaNodes = [] }), NumaUnavailable),
        new("detach without NUMA", Detach.OnVm(vm => vm with { NumaNodes = [] }), NumaUnavailable),
        new("start without NUMA", Start.OnVm(vm => vm with { NumaNodes = [] }), NumaUnavailable),
    ];

    [TestCaseSource(nameof(AllowedCases))]
    public void Evaluate_Allowed(PolicyCase row) => row.Check();

    [TestCaseSource(nameof(RefusedCases))]
    public void Evaluate_Refused(PolicyCase row) => row.Check();

    [TestCase(HostDeviceOperation.Attach)]
    [TestCase(HostDeviceOperation.Detach)]
    [TestCase(HostDeviceOperation.HotPlug)]
    [TestCase(HostDeviceOperation.HotUnplug)]
    public void VmStatusIllegal_EveryStatusButDown(HostDeviceOperation operation)
    {
        foreach (var status in Enum.GetValues<VmStatus>())
        {
            var request = Attach with { Operation = operation, Vm = Vm with { Status = status } };
            var found = NvdimmPolicy.Check(request).Findings.SingleOrDefault(finding => finding.Code == VmStatusIllegal);
            Assert.That(found?["vmStatus"], Is.EqualTo(status == VmStatus.Down ? null : VmStatusWords.Of(status)));
        }
    }

    [Test]
    public void VmNotFound_EveryOperationButRemoveHost()
    {
        foreach (var operation in Enum.GetValues<HostDeviceOperation>())
        {
            var codes = NvdimmPolicy.Check(Of(operation) with { Vm = null }).Findings.Select(finding => finding.Code);
            Assert.That(codes.Contains(VmNotFound, StringComparer.Ordinal), Is.EqualTo(operation != HostDeviceOperation.RemoveHost), operation.ToString());
        }
    }
}

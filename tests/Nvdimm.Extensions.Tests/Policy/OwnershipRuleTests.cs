using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ownership;
using Nvdimm.Extensions.Policy;
using static Nvdimm.Extensions.NvdimmCodes;
using static Nvdimm.Extensions.Tests.Policy.PolicySamples;

namespace Nvdimm.Extensions.Tests.Policy;

/// <summary>A device that a VM should have, or runs with, is as much its own as one in its configuration.</summary>
public sealed class OwnershipRuleTests
{
    private static readonly AttachedNvdimm Recorded = new(Name, Uuid) { RecordedFacts = new DeviceFacts(Name) { Host = "host1" } };
    private static readonly AttachedNvdimm Used = new(Name, Uuid) { RecordedFacts = new DeviceFacts(Name) { Host = "host1" } };

    private static readonly PolicyCase[] OtherCases =
    [
        new("another VM should have it", Attach with { OtherVms = [Other(expected: Recorded)] }, UsedByOtherVm),
        new("another VM should have it, start", Start with { OtherVms = [Other(expected: Recorded)] }, UsedByOtherVm),
        new("another VM should have it, and is pinned elsewhere by now", Attach with { OtherVms = [Other(expected: Recorded) with { PinnedHosts = ["host2"] }] }, UsedByOtherVm),
        new("another VM should have it, and is pinned to no host by now", Attach with { OtherVms = [Other(expected: Recorded) with { PinnedHosts = [] }] }, UsedByOtherVm),
        new("another VM should have it under an old name", Attach with { OtherVms = [Other(expected: Recorded with { Name = "namespace7.0" })] }, UsedByOtherVm),
        new("another VM should have it, and nobody noted a uuid", Attach with { OtherVms = [Other(expected: new AttachedNvdimm(Name))] }, UsedByOtherVm),
        new("another VM should have another device of that name", Attach with { OtherVms = [Other(expected: Recorded with { Uuid = OtherUuid })] }),
        new(
            "another VM should have one of that name on another host",
            Attach with { OtherVms = [Other(expected: new AttachedNvdimm(Name) { RecordedFacts = new DeviceFacts(Name) { Host = "host2" } })] }),
        new(
            "it may be the raw area of what another VM should have",
            Attach with { OtherVms = [Other(expected: new AttachedNvdimm("namespace7.0", OtherUuid) { RecordedFacts = new DeviceFacts(Name) { RawUuid = Uuid } })] },
            UsedByOtherVm),
        new("another VM runs with it", Attach with { OtherVms = [Other() with { Status = VmStatus.Up, UsedNvdimms = [Used] }] }, UsedByOtherVm),
        new(
            "another VM runs with it, start",
            Start with { OtherVms = [Other() with { Status = VmStatus.Up, UsedNvdimms = [Used] }] },
            EngineCodes.HostDeviceNotAvailable,
            EngineCodes.HostDeviceAlreadyInUse,
            UsedByOtherVm),
        new("another VM is down, and the report still names it", Attach with { OtherVms = [Other() with { UsedNvdimms = [Used] }] }, UsedByOtherVm),
    ];

    private static readonly PolicyCase[] LostCases =
    [
        new("migrate", Lost(HostDeviceOperation.Migrate), EngineCodes.VmHasAttachedNvdimmDevices),
        new("hibernate", Lost(HostDeviceOperation.Hibernate), EngineCodes.VmHasAttachedNvdimmDevices),
        new("snapshot with memory", Lost(HostDeviceOperation.SnapshotWithMemory), EngineCodes.VmHasAttachedNvdimmDevices),
        new("migrate what runs with one", Running(HostDeviceOperation.Migrate), EngineCodes.VmHasAttachedNvdimmDevices),
        new("hibernate what runs with one", Running(HostDeviceOperation.Hibernate), EngineCodes.VmHasAttachedNvdimmDevices),
        new("snapshot", Lost(HostDeviceOperation.Snapshot), ContentNotInSnapshot),
        new("clone", Lost(HostDeviceOperation.Clone), CloneSharesDevice),
        new("template", Lost(HostDeviceOperation.Template), CloneSharesDevice),
        new("pinned elsewhere", Lost(HostDeviceOperation.ChangePinning) with { NewPinnedHosts = ["host2"] }, PinningChangeDetaches),
        new("pinned to the device's host again", Lost(HostDeviceOperation.ChangePinning).OnVm(vm => vm with { PinnedHosts = ["host2"] }) with { NewPinnedHosts = ["host1"] }),
        new("remove host", new() { Operation = HostDeviceOperation.RemoveHost, Host = Host, OtherVms = [Other(expected: Recorded)] }, EngineCodes.DetectedAssignedHostDevices),
        new(
            "remove host, the VM is pinned elsewhere by now",
            new() { Operation = HostDeviceOperation.RemoveHost, Host = Host, OtherVms = [Other(expected: Recorded) with { PinnedHosts = ["host2"] }] },
            EngineCodes.DetectedAssignedHostDevices),
        new(
            "remove another host",
            new() { Operation = HostDeviceOperation.RemoveHost, Host = Host, OtherVms = [Other(expected: Recorded with { RecordedFacts = new DeviceFacts(Name) { Host = "host2" } })] }),
        new("start", Lost(HostDeviceOperation.Start), SilentlyDetached),
        new("forget", Lost(HostDeviceOperation.Detach) with { Devices = [Name] }),
        new("forget by uuid", Lost(HostDeviceOperation.Detach) with { Devices = [$"{Uuid}"] }),
        new("forget by the name that it has now", Lost(HostDeviceOperation.Detach, Recorded with { Name = "namespace7.0" }) with { Devices = [Name] }),
        new("forget what is gone from the host", Lost(HostDeviceOperation.Detach, Recorded with { Name = "namespace7.0", Uuid = Guid.AllBitsSet }) with { Devices = ["namespace7.0"] }),
        new("forget, unpinned and without NUMA", Lost(HostDeviceOperation.Detach).OnVm(vm => vm with { PinnedHosts = [], NumaNodes = [] }) with { Devices = [Name] }),
        new("forget, up", Lost(HostDeviceOperation.Detach).OnVm(vm => vm with { Status = VmStatus.Up }) with { Devices = [Name] }, EngineCodes.VmStatusIllegal),
    ];

    private static readonly PolicyCase[] IdentityCases =
    [
        new("noted by name, another uuid now", Expecting(new AttachedNvdimm(Name, OtherUuid)), IdentityChanged),
        new("noted without uuid, has one now", Expecting(new AttachedNvdimm(Name) { RecordedFacts = new DeviceFacts(Name) { Mode = NamespaceMode.Devdax } }), IdentityChanged),
        new("nothing noted", Expecting(new AttachedNvdimm(Name))),
        new("noted with a text that is no uuid", Expecting(new AttachedNvdimm(Name) { UnreadIdentity = "5f4f7d5a" }), IdentityChanged),
        new("noted and configured differ", Expecting(new AttachedNvdimm(Name, OtherUuid)).OnVm(vm => vm with { Nvdimms = [new(Name, Uuid)] }), SilentlyDetached),
        new("noted twice under two names", Expecting(new AttachedNvdimm(Name, Uuid), new AttachedNvdimm("namespace7.0", Uuid))),
        new("another size by now", Expecting(new AttachedNvdimm(Name, Uuid) { RecordedFacts = new DeviceFacts(Name) { Size = ByteSize.FromMiB(1) } }), DeviceAltered),
        new(
            "another raw uuid by now",
            Expecting(new AttachedNvdimm(Name, Uuid) { RecordedFacts = new DeviceFacts(Name) { RawUuid = OtherUuid } }).OnDevice(device => device with { RawUuid = Guid.AllBitsSet }),
            IdentityChanged),
        new(
            "attach what took the name of a lost one",
            Attach.OnVm(vm => vm with { ExpectedNvdimms = [new(Name, OtherUuid)] }) with { OtherVms = [] },
            IdentityChanged),
        new(
            "attach by its uuid what took the name of a lost one",
            Attach.OnVm(vm => vm with { ExpectedNvdimms = [new(Name, OtherUuid)] }) with { Devices = [$"{Uuid}"], OtherVms = [] }),
        new("noted twice under one name, the last is attached", Expecting(new AttachedNvdimm(Name, OtherUuid), new AttachedNvdimm(Name, Uuid)), SilentlyDetached),
        new(
            "attach the own one under its new name, while the old name is another device",
            Attach.OnVm(vm => vm with { Nvdimms = [new("namespace1.0", Uuid)] }) with { OtherVms = [] },
            AlreadyAttached,
            AttachedUnderFormerName),
        new("attach the lost one under its new name", Attach.OnVm(vm => vm with { ExpectedNvdimms = [new("namespace7.0", Uuid)] })),
    ];

    private static readonly PolicyCase[] DetachCases =
    [
        new("gone from the host, but still reported", Detach.OnHost(host => host with { Devices = [], Reported = [Name] })),
        new("on the host, but not reported", Detach.OnHost(host => host with { Reported = [] }), EngineCodes.HostDeviceNotFound, DetachBlockedByEngine),
        new("the host does not answer", Detach.OnHost(host => host with { Devices = [], IsComplete = false, Reported = [Name] }), ListingIncomplete),
        new("the host does not answer, no report known", Detach.OnHost(host => host with { Devices = [], IsComplete = false }), ListingIncomplete),
        new(
            "what has taken the name of the VM's own, by its uuid",
            Detach.OnDevice(device => device with { Uuid = Guid.AllBitsSet }) with { Devices = [$"{Guid.AllBitsSet}"] },
            NvdimmCodes.NotAttached),
        new("what the VM never had", Detach with { Devices = ["namespace1.0"] }, NvdimmCodes.NotAttached),
    ];

    [TestCaseSource(nameof(OtherCases))]
    public void Others_Codes(PolicyCase row) => row.Check();

    [TestCaseSource(nameof(LostCases))]
    public void Lost_Codes(PolicyCase row) => row.Check();

    [TestCaseSource(nameof(IdentityCases))]
    public void Identity_Codes(PolicyCase row) => row.Check();

    [TestCaseSource(nameof(DetachCases))]
    public void Detach_Codes(PolicyCase row) => row.Check();

    private static VmDescription Other(AttachedNvdimm? expected = null) => OtherVm with { Nvdimms = [], ExpectedNvdimms = expected is null ? null : [expected] };

    private static PolicyRequest Lost(HostDeviceOperation operation, AttachedNvdimm? recorded = null) =>
        Of(operation).OnVm(vm => vm with { Nvdimms = [], ExpectedNvdimms = [recorded ?? Recorded] });

    private static PolicyRequest Running(HostDeviceOperation operation) => Of(operation).OnVm(vm => vm with { Status = VmStatus.Up, Nvdimms = [], UsedNvdimms = [Used] });

    private static PolicyRequest Expecting(params AttachedNvdimm[] expected) =>
        Start.OnVm(vm => vm with { Nvdimms = [new(Name)], ExpectedNvdimms = [.. expected] }) with { OtherVms = [] };
}

using Nvdimm.Extensions.Ownership;
using Nvdimm.Extensions.Policy;
using static Nvdimm.Extensions.NvdimmCodes;
using static Nvdimm.Extensions.Tests.Policy.PolicySamples;

namespace Nvdimm.Extensions.Tests.Policy;

/// <summary>Which device is meant, whether it is still the same, and who else has it.</summary>
public sealed class IdentityRuleTests
{
    private static readonly PolicyRequest Twice = Attach.OnHost(
        host => host with { Devices = [Device with { Label = "data" }, OtherDevice with { Label = "data" }] });
    private static readonly PolicyRequest AttachAgain = Attach with { Vm = VmWithNvdimm };

    private static readonly Guid Area = new("0a000000-0000-4000-8000-000000000001");
    private static readonly Guid OtherArea = new("0a000000-0000-4000-8000-000000000002");

    private static readonly PolicyCase[] IdentityCases =
    [
        new("one label, one device", Attach.OnDevice(device => device with { Label = "data" }) with { Devices = ["data"] }),
        new("one label, two devices", Twice with { Devices = ["data"] }, AmbiguousDevice),
        new("detach, one label, two devices", Twice with { Operation = HostDeviceOperation.Detach, Devices = ["data"] }, AmbiguousDevice, NvdimmCodes.NotAttached),
        new("detach, one uuid, two devices that the VM has", DetachOfOneUuid(new(Name, Uuid), new(OtherDevice.Name, Uuid)), AmbiguousDevice),
        new("detach, one uuid, a device and its copy", DetachOfOneUuid(WithArea(Name, Area), WithArea(OtherDevice.Name, OtherArea)), AmbiguousDevice),
        new(
            "detach, one uuid, two devices, no host known",
            DetachOfOneUuid(WithArea(Name, Area), WithArea(OtherDevice.Name, OtherArea)) with { Host = null },
            AmbiguousDevice),
        new("detach, one uuid, two devices, the VM has one", DetachOfOneUuid(new AttachedNvdimm(OtherDevice.Name, Uuid))),
        new("detach, one uuid, a device and its copy, the VM has one", DetachOfOneUuid(WithArea(OtherDevice.Name, OtherArea))),
        new(
            "detach by name, lost, two devices may be it",
            DetachOfOneUuid().OnVm(vm => vm with { ExpectedNvdimms = [new(Name, Uuid)] }) with { Devices = [Name] }),
        new("detach by name, one uuid", DetachOfOneUuid(WithArea(Name, Area), WithArea(OtherDevice.Name, OtherArea)) with { Devices = [Name] }),
        new("start, one name, two devices", Start.OnHost(host => host with { Devices = [Device, Device] }), AmbiguousDevice),
        new(
            "one uuid, two devices",
            Attach.OnHost(host => host with { Devices = [Device, OtherDevice with { Uuid = Uuid }] }) with { Devices = [$"{Uuid}"] },
            AmbiguousDevice),
        new("attach, another uuid", AttachAgain.OnDevice(device => device with { Uuid = OtherUuid }) with { OtherVms = [] }, IdentityChanged, AlreadyAttached),
        new("start, another uuid", Start.OnDevice(device => device with { Uuid = OtherUuid }) with { OtherVms = [] }, IdentityChanged),
        new("start, no uuid any more", Start.OnDevice(device => device with { Uuid = null }), IdentityChanged, NoStableIdentity),
        new("start, uuid was not noted", Start.OnVm(vm => vm with { Nvdimms = [new(Name)] })),
        new("detach, another uuid", Detach.OnDevice(device => device with { Uuid = OtherUuid }) with { OtherVms = [] }),
        new("attached", AttachAgain, AlreadyAttached),
        new("attached, no host known", AttachAgain with { Host = null }, AlreadyAttached, NvdimmCodes.InventoryUnavailable),
        new(
            "attached, by uuid, no host known",
            AttachAgain with { Host = null, Devices = [$"{Uuid}"] },
            AlreadyAttached,
            NvdimmCodes.InventoryUnavailable),
        new(
            "attached under another name",
            AttachAgain.OnDevice(device => device with { Name = "namespace7.0" }) with { Devices = ["namespace7.0"] },
            AlreadyAttached,
            AttachedUnderFormerName),
        new(
            "attached under another name, which another device has now",
            AttachAgain.OnHost(host => host with { Devices = [Device with { Name = "namespace7.0" }, Device with { Uuid = OtherUuid }] })
                with { Devices = ["namespace7.0"], OtherVms = [] },
            AlreadyAttached,
            AttachedUnderFormerName),
        new("another one is attached", AttachAgain with { Devices = ["namespace1.0"], OtherVms = [] }),
        new(
            "no uuid on either side",
            Attach.OnVm(vm => vm with { Nvdimms = [new("namespace7.0")] }).OnDevice(device => device with { Uuid = null }),
            NoStableIdentity),
        new(
            "attachment by name wins over one by uuid",
            Attach with { Vm = Vm with { Nvdimms = [new("namespace7.0", Uuid), new(Name, OtherUuid)] }, OtherVms = [] },
            IdentityChanged,
            AlreadyAttached,
            AttachedUnderFormerName),
    ];

    private static readonly PolicyCase[] SharingCases =
    [
        new("attach, other VM by name", Attach.Shared(), UsedByOtherVm),
        new("hot plug, other VM by name", (Attach with { Operation = HostDeviceOperation.HotPlug }).Shared(), UsedByOtherVm, HotPlugUnsupported),
        new("detach, other VM by name", Detach.Shared()),
        new("running VM", Attach.Shared(VmStatus.Up), UsedByOtherVm),
        new("one of two", Attach with { OtherVms = [OtherVm with { Nvdimms = [new("namespace7.0"), new(Name)] }] }, UsedByOtherVm),
        new("same name on another host", Attach with { OtherVms = [OtherVm with { PinnedHosts = ["host2"], Nvdimms = [new(Name)] }] }),
        new(
            "same uuid on another host",
            Attach with { OtherVms = [OtherVm with { PinnedHosts = ["host2"], Nvdimms = [new("namespace7.0", Uuid)] }] },
            UsedByOtherVm),
        new("same name, another uuid", Attach with { OtherVms = [OtherVm with { Nvdimms = [new(Name, OtherUuid)] }] }, UsedByOtherVm),
        new(
            "same name on one of two hosts",
            Attach with { OtherVms = [OtherVm with { PinnedHosts = ["host2", "host1"], Nvdimms = [new(Name)] }] },
            UsedByOtherVm),
        new(
            "no uuid on either side",
            Attach.OnDevice(device => device with { Uuid = null }) with { OtherVms = [OtherVm with { Nvdimms = [new("namespace7.0")] }] },
            NoStableIdentity),
        new("other VM on an unknown host", Attach with { OtherVms = [OtherVm with { PinnedHosts = [], Nvdimms = [new(Name)] }] }, UsedByOtherVm),
        new("VM unpinned", Attach.OnVm(vm => vm with { PinnedHosts = [] }).Shared(), EngineCodes.VmNotPinnedToHost, UsedByOtherVm),
        new("VM unpinned, no host known", Attach.OnVm(vm => vm with { PinnedHosts = [] }).Shared() with { Host = null }, EngineCodes.VmNotPinnedToHost, UsedByOtherVm),
        new(
            "no host known, by uuid",
            Attach with { Host = null, Devices = [$"{Uuid}"], OtherVms = [OtherVm with { Nvdimms = [new("namespace7.0", Uuid)] }] },
            UsedByOtherVm,
            NvdimmCodes.InventoryUnavailable),
        new(
            "start, noted uuid, no host known",
            Start with { Host = null, OtherVms = [OtherVm with { Nvdimms = [new("namespace7.0", Uuid)] }] },
            UsedByOtherVm,
            NvdimmCodes.InventoryUnavailable),
        new("start, the uuid that the device has now", Start.OnDevice(device => device with { Uuid = OtherUuid }), IdentityChanged, UsedByOtherVm),
        new("another VM that is described alike", Start with { OtherVms = [VmWithNvdimm] }, UsedByOtherVm),
        new(
            "a kernel name that is another's user-given name",
            Attach.OnHost(host => host with { Devices = [Device, OtherDevice with { Label = Name }] }),
            AmbiguousDevice),
    ];

    private static readonly PolicyCase[] ExpectedCases =
    [
        new("expected and there", Expecting(new AttachedNvdimm(Name, Uuid))),
        new("expected and there under another name", Expecting(new AttachedNvdimm("namespace7.0", Uuid))),
        new("expected by name and there", Expecting(new AttachedNvdimm(Name))),
        new("expected and there without uuid", Expecting(new AttachedNvdimm(Name, Uuid)).OnVm(vm => vm with { Nvdimms = [new(Name)] })),
        new("expected and gone", Expecting(new AttachedNvdimm(Name, Uuid), new AttachedNvdimm("namespace7.0")), SilentlyDetached),
        new("expected and another in its place", Expecting(new AttachedNvdimm(Name, OtherUuid)), SilentlyDetached),
        new("all gone", Expecting(new AttachedNvdimm(Name, Uuid)).OnVm(vm => vm with { Nvdimms = [] }), SilentlyDetached),
        new("none expected", Expecting()),
        new(
            "expected and gone, another operation",
            Expecting(new AttachedNvdimm("namespace7.0")) with { Operation = HostDeviceOperation.ChangePinning, NewPinnedHosts = ["host1"] }),
    ];

    private static PolicyRequest DetachOfOneUuid(params ValueList<AttachedNvdimm> attached) => Detach
        .OnVm(vm => vm with { Nvdimms = attached })
        .OnHost(host => host with { Devices = [Device with { RawUuid = Area }, OtherDevice with { Uuid = Uuid, RawUuid = OtherArea }] }) with
    {
        Devices = [$"{Uuid}"],
        OtherVms = [],
    };

    private static AttachedNvdimm WithArea(string name, Guid area) =>
        new(name, Uuid) { RecordedFacts = new DeviceFacts(name) { Uuid = Uuid, RawUuid = area } };

    [TestCaseSource(nameof(IdentityCases))]
    public void Identity_Codes(PolicyCase row) => row.Check();

    [TestCaseSource(nameof(SharingCases))]
    public void Sharing_Codes(PolicyCase row) => row.Check();

    [TestCaseSource(nameof(ExpectedCases))]
    public void Expected_Codes(PolicyCase row) => row.Check();

    [Test]
    public void UsedByOtherVm_NamesAllOthers()
    {
        var request = Attach with { OtherVms = [OtherVm with { Nvdimms = [new(Name)] }, OtherVm with { Name = "vm3", Nvdimms = [new(Name)] }] };
        Assert.That(NvdimmPolicy.Check(request).Findings.Single()["otherVm"], Is.EqualTo("vm2, vm3"));
    }

    private static PolicyRequest Expecting(params AttachedNvdimm[] expected) => Start.OnVm(vm => vm with { ExpectedNvdimms = [.. expected] });
}

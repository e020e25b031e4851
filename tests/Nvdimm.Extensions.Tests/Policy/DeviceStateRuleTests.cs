using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;
using static Nvdimm.Extensions.NvdimmCodes;
using static Nvdimm.Extensions.Tests.Policy.PolicySamples;

namespace Nvdimm.Extensions.Tests.Policy;

/// <summary>What the device itself is: asked when it is attached and when its VM starts, and by no other operation.</summary>
public sealed class DeviceStateRuleTests
{
    private static readonly Finding Disabled = Finding.Error(NamespaceDisabled, ("device", Name));

    /// <summary>A request whose device is too small for a computed layout.</summary>
    private static readonly PolicyRequest TooSmall = Attach.OnDevice(device => device with { Size = ByteSize.FromMiB(1) });

    private static readonly NvdimmLayout SomeLayout =
        NvdimmSizer.Size(new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromMiB(512)) { Align = Alignment.FromMiB(2) }).Layout!;

    private static readonly StateCase[] Cases =
    [
        new("usable", device => device),
        new("error finding", device => device.With(Disabled), Unusable),
        new("two error findings", device => device.With(Disabled).With(Finding.Error(NoDevicePath)).With(Disabled), Unusable),
        new("warning finding", device => device.With(Finding.Warning(NoNumaNode))),
        new("read-only", device => device.WithUse(new DeviceUse(IsReadOnly: true, [])), ReadOnly),
        new("read-only without finding", device => device with { Use = new DeviceUse(IsReadOnly: true, []) }, ReadOnly),
        new("read-only and disabled", device => device.With(Disabled).WithUse(new DeviceUse(IsReadOnly: true, [])), Unusable, ReadOnly),
        new("mounted", device => device.WithUse(new DeviceUse(IsReadOnly: false, ["mounted on /data"])), InUseByHost),
        new("mounted without finding", device => device with { Use = new DeviceUse(IsReadOnly: false, ["swap"]) }, InUseByHost),
        new("in use, by whom is not said", device => device.With(Finding.Error(InUseByHost)), InUseByHost),
        new("free", device => device.WithUse(DeviceUse.Free)),
        new("free again", device => device.WithUse(new DeviceUse(IsReadOnly: true, ["swap"])).WithUse(DeviceUse.Free)),
        new("use unknown", device => device.With(Finding.Warning(HostUseUnknown, ("device", Name), ("reason", "no sysfs"))), HostUseUnknown),
        new("use unknown, why is not said", device => device.With(Finding.Warning(HostUseUnknown)), HostUseUnknown),
        new("bad block", device => device with { BadBlockCount = 1 }, BadBlocks),
        new("no uuid", device => device with { Uuid = null }, NoStableIdentity),
        new(
            "a file that its file system identifies",
            device => device with { Uuid = null, File = new BackingFile(new FileIdentity(new Guid("8ef81800-82b6-40ad-8962-6f0412bab47d"), 12, 1), IsDax: true) }),
        new("a file that its path identifies", device => device with { Uuid = null, File = new BackingFile(Identity: null, IsDax: true) }, NoStableIdentity),
        new("a file without DAX", device => device with { File = new BackingFile(Identity: null, IsDax: false) }, PersistenceNotGuaranteed),
        new("block device", device => device with { Path = "/dev/pmem0" }, PersistenceNotGuaranteed),
        new("no path", device => device with { Path = null }, Unusable),
        new("fsdax", device => device with { Mode = NamespaceMode.Fsdax }),
        new("raw", device => device with { Mode = NamespaceMode.Raw }, ModeWithoutDax),
        new("sector", device => device with { Mode = NamespaceMode.Sector }, ModeWithoutDax),
        new("unknown mode", device => device with { Mode = NamespaceMode.Unknown }, Unusable),
        new("a file has no mode", device => device with { Mode = NamespaceMode.Unknown, File = new BackingFile(Identity: null, IsDax: true), Size = ByteSize.FromMiB(640) }),
        new("another node", device => device with { NumaNode = 1 }, NumaMismatch),
        new("no node", device => device with { NumaNode = null }),
        new("size unknown", device => device with { Size = null }, Unusable),
        new("disabled", device => device with { IsDisabled = true }, Unusable),
        new("system RAM", device => device with { DaxDevices = [Dax(DaxDeviceMode.SystemRam)] }, Unusable),
        new("famfs", device => device with { DaxDevices = [Dax(DaxDeviceMode.Famfs)] }, Unusable),
        new("driver unbound", device => device with { DaxDevices = [Dax(DaxDeviceMode.Devdax) with { IsDisabled = true }] }, Unusable),
        new("a dax device", device => device with { DaxDevices = [Dax(DaxDeviceMode.Devdax)] }),
        new("align unknown", device => device with { Align = null }, SizeRefused),
        new("too small", device => device with { Size = ByteSize.FromMiB(1) }, SizeRefused),
        new("largest size", device => device with { Size = ByteSize.FromBytes(long.MaxValue) }, SizeRefused),
        new("unaligned guest", device => device with { Mode = NamespaceMode.Fsdax, Align = Alignment.FromKiB(4) }, HotPlugMisaligned),
    ];

    private static readonly PolicyCase[] HostCases =
    [
        new("SELinux enforcing", Attach.OnHost(host => host with { Selinux = SelinuxState.Enforcing }), DevdaxSelinux),
        new("SELinux unknown", Start.OnHost(host => host with { Selinux = SelinuxState.Unknown }), DevdaxSelinux),
        new("SELinux off", Start.OnHost(host => host with { Selinux = SelinuxState.Disabled })),
        new("SELinux enforcing, fsdax", Enforcing(Start).OnDevice(device => device with { Mode = NamespaceMode.Fsdax })),
        new("attach, listing incomplete", Attach.OnHost(host => host with { IsComplete = false }), ListingIncomplete),
        new("detach, listing incomplete", Detach.OnHost(host => host with { IsComplete = false }), ListingIncomplete),
        new("start, listing incomplete", Start.OnHost(host => host with { IsComplete = false }), ListingIncomplete),
        new("page above the alignment", Start.OnHost(host => host with { PageSize = Alignment.FromMiB(4) }), SizeRefused),
        new("kept layout in place of a refused one", TooSmall with { Kept = [new(Name, SomeLayout)] }),
        new("kept layout of another device", TooSmall with { Kept = [new("namespace9.9", SomeLayout)] }, SizeRefused),
        new("two devices", Start.OnVm(vm => vm with { Nvdimms = [.. vm.Nvdimms, new("namespace1.0", OtherUuid)] }) with { OtherVms = [] }),
    ];

    [TestCaseSource(nameof(Cases))]
    public void Attach_Codes(StateCase row) => new PolicyCase(row.Name, Attach.OnDevice(row.Change), row.Codes).Check();

    [TestCaseSource(nameof(Cases))]
    public void Start_Codes(StateCase row)
    {
        var request = Start.OnVm(vm => vm with { Nvdimms = [new(Name)] }).OnDevice(row.Change);
        new PolicyCase(row.Name, request, row.Codes).Check();
    }

    [TestCaseSource(nameof(Cases))]
    public void Detach_NeverAsks(StateCase row) => new PolicyCase(row.Name, Detach.OnDevice(row.Change)).Check();

    [TestCaseSource(nameof(HostCases))]
    public void Host_Codes(PolicyCase row) => row.Check();

    [Test]
    public void ModeWithoutDax_TheListingsWordForTheMode()
    {
        var request = Attach.OnDevice(device => device with { Mode = NamespaceMode.Sector, ReportedMode = "safe" });
        Assert.That(NvdimmPolicy.Check(request).Findings.Single()["mode"], Is.EqualTo("safe"));
    }

    private static PolicyRequest Enforcing(PolicyRequest request) => request.OnHost(host => host with { Selinux = SelinuxState.Enforcing });

    public sealed record StateCase(string Name, Func<NvdimmDevice, NvdimmDevice> Change, params string[] Codes)
    {
        public override string ToString() => Name;
    }

    private static DaxDevice Dax(DaxDeviceMode mode) => new()
    {
        CharDevice = "dax0.0",
        Size = ByteSize.FromMiB(512),
        Align = Alignment.FromMiB(2),
        TargetNode = null,
        Mode = mode,
        IsDisabled = false,
    };
}

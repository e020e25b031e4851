using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Policy;
using static Nvdimm.Extensions.Engine.Tests.Categories.CategorySamples;

namespace Nvdimm.Extensions.Engine.Tests.Categories;

/// <summary>Start, domain, preview and audit decide from one identity, and what could not be looked at is said.</summary>
public sealed class OneAnswerTests
{
    private const string Domain = """
        <domain type='kvm'><name>vm1</name><maxMemory slots='16' unit='KiB'>4194304</maxMemory><memory unit='KiB'>1048576</memory><os><type arch='x86_64'>hvm</type></os>
        <features><acpi/></features><cpu><numa><cell id='0' cpus='0' memory='1048576'/></numa></cpu><devices/></domain>
        """;

    private static readonly string Noted = $"{Device.Uuid}";
    private static readonly string Other = $"{OtherDevice.Uuid}";

    private static readonly (string Name, ManagedVm Vm, string? Code)[] Identities =
    [
        ("nothing noted", Of(null), null),
        ("noted beside", Of(null, Noted), null),
        ("another one noted beside", Of(null, Other), NvdimmCodes.IdentityChanged),
        ("another one noted with it", Of(Other), NvdimmCodes.IdentityChanged),
        ("both notes, different", Of(Noted, Other), NvdimmCodes.SilentlyDetached),
        ("both notes, different, the other way", Of(Other, Noted), NvdimmCodes.IdentityChanged),
        ("form N", Of(null, Device.Uuid!.Value.ToString("N")), null),
        ("form B", Of(null, Device.Uuid!.Value.ToString("B")), null),
        ("form P", Of(null, Device.Uuid!.Value.ToString("P")), null),
        ("form X", Of(null, Device.Uuid!.Value.ToString("X")), null),
        ("upper case", Of(null, Noted.ToUpperInvariant()), null),
        ("another one in form N", Of(null, OtherDevice.Uuid!.Value.ToString("N")), NvdimmCodes.IdentityChanged),
        ("damaged", Of(null, Noted[..^1]), NvdimmCodes.IdentityChanged),
        ("damaged, with it", Of("a device"), NvdimmCodes.IdentityChanged),
        ("recorded without uuid", Vm with { HostDevices = [new("nvdimm", Name)], ExpectedHostDevices = [new("nvdimm", Name) { HostId = "h1" }] }, NvdimmCodes.IdentityChanged),
        ("the engine does not say which kind", Vm with { HostDevices = [new("", Name)], ExpectedHostDevices = [new("nvdimm", Name, Other)] }, NvdimmCodes.IdentityChanged),
    ];

    private static readonly (string Name, Func<NvdimmDevice, NvdimmDevice> Change)[] Unusable =
    [
        ("no size", device => device with { Size = null }),
        ("no path", device => device with { Path = null }),
        ("disabled", device => device with { IsDisabled = true }),
        ("unknown mode", device => device with { Mode = NamespaceMode.Unknown }),
        ("system RAM", device => device with { DaxDevices = [new()
        {
            CharDevice = "dax0.0",
            Size = device.Size,
            Align = device.Align,
            TargetNode = null,
            Mode = DaxDeviceMode.SystemRam,
            IsDisabled = false,
        }] }),
    ];

    [TestCaseSource(nameof(Identities))]
    public async Task Identity_IsTheSameForAll((string Name, ManagedVm Vm, string? Code) row)
    {
        var category = Category();
        var third = Device with { Name = "namespace5.0", Uuid = Guid.AllBitsSet, Path = "/dev/pmem5" };
        var listing = await ListAsync(Known with { Devices = [Device, OtherDevice, third] }, [new(Name), new("namespace1.0"), new("namespace5.0")]);
        var request = new HostDeviceRequest { Operation = HostDeviceOperation.Start, Vm = row.Vm, Listing = listing };
        var start = category.Check(request);
        Assert.That(start.IsAllowed, Is.EqualTo(row.Code is null), string.Join('\n', start.Findings));
        Assert.That(Errors(start.Findings), row.Code is null ? Is.Empty : Does.Contain(row.Code));
        Assert.That(category.AddToDomain(Domain, request).IsRefused, Is.EqualTo(row.Code is not null));
        var preview = category.Preview(request with { Devices = ["namespace5.0"] });
        Assert.That(Errors(preview.Start.Findings), row.Code is null ? Is.Empty : Does.Contain(row.Code));
        Assert.That(Errors(category.Audit(new HostDeviceAudit([listing], [row.Vm])).Select(finding => finding.Finding)), row.Code is null ? Is.Empty : Does.Contain(row.Code));
    }

    [TestCaseSource(nameof(Unusable))]
    public async Task Description_MadeByHand_IsJudgedAsOneOfAListing((string Name, Func<NvdimmDevice, NvdimmDevice> Change) row)
    {
        var listing = await ListAsync(new NvdimmInventory([row.Change(Device)]));
        Assert.That(Errors(Category().Check(new HostDeviceRequest { Vm = Vm, Devices = [Name], Listing = listing }).Findings), Does.Contain(NvdimmCodes.Unusable));
        Assert.That(Category().AddToDomain(Domain, new HostDeviceRequest { Vm = VmWithNvdimm, Listing = listing }).Findings.Codes(), Does.Contain(NvdimmCodes.Unusable));
    }

    [Test]
    public async Task Sharing_IsSeen_WhereTheEngineDoesNotSayWhichKind()
    {
        var other = Vm with { Id = "v2", Name = "vm2", HostDevices = [new("", Name)] };
        var verdict = Category().Check(new HostDeviceRequest { Vm = Vm, Devices = [Name], Listing = await ListAsync(), OtherVms = [other] });
        Assert.That(Errors(verdict.Findings), Does.Contain(NvdimmCodes.UsedByOtherVm));
        var unrelated = other with { HostDevices = [new("", "pci_0000_00_1f_2")] };
        Assert.That(Category().Check(new HostDeviceRequest { Vm = Vm, Devices = [Name], Listing = await ListAsync(), OtherVms = [unrelated] }).IsAllowed);
    }

    [Test]
    public async Task MemoryHotPlug_WithoutListing_IsRefused()
    {
        var request = new HostDeviceRequest { Operation = HostDeviceOperation.MemoryHotPlug, Vm = VmWithNvdimm with { Status = VmStatus.Up } };
        Assert.That(Errors(Category().Check(request).Findings), Is.EqualTo(new[] { NvdimmCodes.MemoryHotPlugUnknown, NvdimmCodes.InventoryUnavailable }));
        Assert.That(Category().Check(request with { Listing = await ListAsync() }).IsAllowed, Is.Not.EqualTo(Category().Check(request).IsAllowed));
        Assert.That(Category().Check(request with { Vm = Vm with { Status = VmStatus.Up } }).IsAllowed, "a VM without NVDIMMs");
    }

    [Test]
    public async Task Namespace_WithoutAName_RefusesNoOther()
    {
        var nameless = Finding.Error(NvdimmCodes.NdctlMissingKey, ("key", "dev"), ("device", "a namespace"));
        var listing = await ListAsync(Known with { Findings = [nameless] });
        Assert.That(listing.IsComplete, Is.False);
        Assert.That(Category().Check(new HostDeviceRequest { Vm = Vm, Devices = [Name], Listing = listing }).IsAllowed);
        Assert.That(Category().Check(new HostDeviceRequest { Operation = HostDeviceOperation.Start, Vm = VmWithNvdimm, Listing = listing }).IsAllowed);
        var damaged = await ListAsync(Known with { Findings = [Finding.Error(NvdimmCodes.NdctlMalformed, ("reason", "it broke off"))] });
        Assert.That(Category().Check(new HostDeviceRequest { Vm = Vm, Devices = [Name], Listing = damaged }).IsAllowed, Is.False);
    }

    [Test]
    public async Task Audit_OfAHostThatIsNotListed_SaysSo()
    {
        var vm = VmWithNvdimm with { PinnedHosts = [new HostReference("h9", "host9")] };
        var finding = Category().Audit(new HostDeviceAudit([await ListAsync()], [vm])).Single();
        Assert.That($"{finding.Finding.Code} {finding.VmId} {finding.Device} {finding.Host?.Name}", Is.EqualTo("NVDIMM_INVENTORY_UNAVAILABLE v1 namespace0.0 host9"));
    }

    [Test]
    public async Task Audit_OfTheRecordOfAnotherEngine_SaysSo()
    {
        var gone = new ManagedVm { Id = "v9", Name = "v9", ExpectedHostDevices = [new("nvdimm", Name, Noted), new("pci", "pci_0000_00_1f_2")] };
        var finding = Category().Audit(new HostDeviceAudit([await ListAsync()], []) { GoneVms = [gone] }).Single();
        Assert.That($"{finding.Finding.Code} {finding.VmId} {finding.Device}", Is.EqualTo("NVDIMM_RECORD_WITHOUT_VM v9 namespace0.0"));
    }

    [TestCase("size", "1048576")]
    [TestCase("mode", "devdax")]
    public async Task Audit_OfADeviceThatWasAltered_SaysSo(string detail, string value)
    {
        var noted = new AttachedHostDevice("nvdimm", Name, Noted) { HostId = "h1", Details = [new HostDeviceDetail(detail, value)] };
        var vm = Vm with { HostDevices = [new("nvdimm", Name)], ExpectedHostDevices = [noted] };
        var listing = await ListAsync();
        Assert.That(Category().Audit(new HostDeviceAudit([listing], [vm])).Select(finding => finding.Finding.Code), Is.EqualTo(new[] { NvdimmCodes.DeviceAltered }));
        var start = Category().Check(new HostDeviceRequest { Operation = HostDeviceOperation.Start, Vm = vm, Listing = listing });
        Assert.That(start.IsAllowed);
        Assert.That(start.Findings.Codes(), Does.Contain(NvdimmCodes.DeviceAltered));
    }

    [Test]
    public async Task Audit_OfTwoUnnotedDevicesWithOneUuid_OnTwoHosts_SaysSo()
    {
        var elsewhere = new HostReference("h2", "host2");
        var moved = await Category(new NvdimmInventory([Device with { Name = "namespace3.0" }])).ListAsync(elsewhere);
        var one = Vm with { HostDevices = [new("nvdimm", Name)] };
        var two = Vm with { Id = "v2", Name = "vm2", PinnedHosts = [elsewhere], HostDevices = [new("nvdimm", "namespace3.0")] };
        var findings = Category().Audit(new HostDeviceAudit([await ListAsync(), moved], [one, two]));
        Assert.That(
            findings.Select(finding => $"{finding.Finding.Code} {finding.VmId} {finding.Device}"),
            Is.EqualTo(new[] { "NVDIMM_USED_BY_OTHER_VM v1 namespace0.0", "NVDIMM_USED_BY_OTHER_VM v2 namespace3.0" }));
    }

    private static string[] Errors(IEnumerable<Finding> findings) => [.. findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Code)];

    private static ManagedVm Of(string? configured, string? expected = null) => Vm with
    {
        HostDevices = [new("nvdimm", Name, configured)],
        ExpectedHostDevices = expected is null ? null : [new("nvdimm", Name, expected)],
    };
}

using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Policy;
using static Nvdimm.Extensions.Engine.Tests.Categories.CategorySamples;

namespace Nvdimm.Extensions.Engine.Tests.Categories;

/// <summary>What the engine does not tell.</summary>
public sealed class NvdimmAuditTests
{
    private static readonly ValueList<ReportedHostDevice> Idle = [new(Name), new("namespace1.0")];
    private static readonly ValueList<ReportedHostDevice> InUse = [new(Name, "v1"), new("namespace1.0")];

    private static readonly (string Name, ValueList<ManagedVm> Vms, ValueList<ReportedHostDevice> Reported, NvdimmInventory Inventory, string[] Expected)[] Cases =
    [
        ("nothing is wrong", [VmWithNvdimm], Idle, Known, []),
        ("it runs with its NVDIMM", [Up(VmWithNvdimm)], InUse, Known, []),
        ("an attachment vanished", [Vm with { ExpectedHostDevices = VmWithNvdimm.HostDevices }], Idle, Known, ["NVDIMM_SILENTLY_DETACHED v1 namespace0.0"]),
        ("it runs without its NVDIMM", [Up(VmWithNvdimm)], Idle, Known, ["NVDIMM_RUNNING_WITHOUT_DEVICE v1 namespace0.0"]),
        ("two VMs have it", [VmWithNvdimm, Twin], Idle, Known, ["NVDIMM_USED_BY_OTHER_VM v1 namespace0.0", "NVDIMM_USED_BY_OTHER_VM v2 namespace0.0"]),
        ("another uuid under the name", [VmWithNvdimm], Idle, new([Device with { Uuid = Guid.Empty }, OtherDevice]), ["NVDIMM_IDENTITY_CHANGED v1 namespace0.0"]),
        ("the engine tells no uuid, but one is noted", [Unnoted(VmWithNvdimm)], Idle, new([Device with { Uuid = null }, OtherDevice]), ["NVDIMM_IDENTITY_CHANGED v1 namespace0.0"]),
        ("the host lost it", [VmWithNvdimm], Idle, new([OtherDevice]), ["NVDIMM_NOT_ON_HOST  namespace0.0", "NVDIMM_CONFIGURED_DEVICE_MISSING v1 namespace0.0"]),
        ("the host may have it", [VmWithNvdimm], Idle, new([OtherDevice]) { IsComplete = false }, ["NVDIMM_LISTING_INCOMPLETE v1 namespace0.0"]),
        ("the engine lost it", [], [new(Name)], Known, ["NVDIMM_NOT_REPORTED_BY_ENGINE  namespace1.0"]),
        ("it is pinned to no host", [VmWithNvdimm with { PinnedHosts = [] }], Idle, Known, ["NVDIMM_CONFIGURED_WITHOUT_HOST v1 namespace0.0"]),
        ("it is on its way up", [VmWithNvdimm with { Status = VmStatus.PoweringUp }], Idle, Known, []),
    ];

    private static ManagedVm Twin => VmWithNvdimm with { Id = "v2", Name = "vm2" };

    [TestCaseSource(nameof(Cases))]
    public async Task Finding_AsExpected((string Name, ValueList<ManagedVm> Vms, ValueList<ReportedHostDevice> Reported, NvdimmInventory Inventory, string[] Expected) row)
    {
        var category = Category(row.Inventory);
        var listing = await category.ListAsync(Host, row.Reported);
        var findings = category.Audit(new HostDeviceAudit([listing], row.Vms));
        Assert.That(findings.Select(finding => $"{finding.Finding.Code} {finding.VmId} {finding.Device}"), Is.EqualTo(row.Expected), row.Name);
    }

    [Test]
    public async Task SameName_OnAnotherHost_IsNotShared()
    {
        var category = Category();
        var elsewhere = new HostReference("h2", "host2");
        var other = new NvdimmCategory(new OtherUuids());
        ValueList<HostDeviceListing> listings = [await category.ListAsync(Host), await other.ListAsync(elsewhere)];
        ManagedVm twin = Twin with { PinnedHosts = [elsewhere], HostDevices = [new("nvdimm", Name)] };
        Assert.That(category.Audit(new HostDeviceAudit(listings, [VmWithNvdimm, twin])), Is.Empty);
    }

    /// <summary>
    /// A record that the VM's own name cannot be of stays a record: the device that has the name now, over another area, does not take its place.
    /// </summary>
    [TestCase(true)]
    [TestCase(false)]
    public async Task Owner_ByARecordOfAnArea_IsFound_AlthoughACopyHasItsName(bool isOnAnotherHost)
    {
        var (areaOfCopy, area) = (Guid.NewGuid(), Guid.NewGuid());
        var elsewhere = new HostReference("h2", "host2");
        var copy = Device with { RawUuid = areaOfCopy };
        var device = OtherDevice with { Uuid = Device.Uuid, RawUuid = area };
        ValueList<HostDeviceListing> listings = isOnAnotherHost
            ? [await Category(new([copy])).ListAsync(Host), await Category(new([device])).ListAsync(elsewhere)]
            : [await Category(new([copy, device])).ListAsync(Host)];
        ManagedVm owner = Vm with
        {
            HostDevices = [new("nvdimm", Name)],
            ExpectedHostDevices = [new("nvdimm", Name, $"{Device.Uuid}") { HostId = "h2", Details = [new("raw_uuid", $"{area}")] }],
        };
        ManagedVm other = Vm with
        {
            Id = "v2",
            Name = "vm2",
            PinnedHosts = [isOnAnotherHost ? elsewhere : Host],
            HostDevices = [new("nvdimm", OtherDevice.Name)],
        };
        var audited = Category().Audit(new HostDeviceAudit(listings, [owner, other])).Where(finding => finding.VmId == "v2");
        Assert.That(audited.Select(finding => finding.Finding.Code), Does.Contain(NvdimmCodes.UsedByOtherVm));
    }

    private static ManagedVm Up(ManagedVm vm) => vm with { Status = VmStatus.Up };

    private static ManagedVm Unnoted(ManagedVm vm) => vm with { HostDevices = [new("nvdimm", Name)], ExpectedHostDevices = vm.HostDevices };

    private sealed class OtherUuids : INvdimmInventory
    {
        public Task<NvdimmInventory> ReadAsync(HostReference host, CancellationToken cancellationToken = default) =>
            Task.FromResult(new NvdimmInventory([Device with { Uuid = OtherDevice.Uuid }]));
    }
}

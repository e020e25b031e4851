using NSubstitute;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Engine.Management;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Extensions.Engine.Tests.Categories;

/// <summary>A category of somebody else beside NVDIMMs: what concerns a VM concerns all of its devices.</summary>
public sealed class SeveralCategoriesTests
{
    private const string Domain = "<domain type='kvm'><name>vm1</name><memory unit='GiB'>1</memory><maxMemory slots='4' unit='GiB'>4</maxMemory>"
        + "<cpu><numa><cell id='0' cpus='0' memory='1' unit='GiB'/></numa></cpu><devices/></domain>";

    private static readonly Finding Busy = Finding.Error("GPU_BUSY", ("device", "card0"));
    private static readonly Finding Old = Finding.Warning("GPU_OLD", ("device", "card0"));

    private IHostDeviceCategory gpus = null!;
    private HostDeviceCategories categories = null!;

    [SetUp]
    public void Register()
    {
        gpus = Substitute.For<IHostDeviceCategory>();
        gpus.Capability.Returns("gpu");
        gpus.ListAsync(Arg.Any<HostReference>(), Arg.Any<IReadOnlyCollection<ReportedHostDevice>?>(), Arg.Any<CancellationToken>())
            .Returns(call => new HostDeviceListing { Capability = "gpu", Host = call.Arg<HostReference>() });
        gpus.Check(Arg.Any<HostDeviceRequest>()).Returns(new PolicyResult([Busy]));
        gpus.AddToDomain(Arg.Any<string>(), Arg.Any<HostDeviceRequest>())
            .Returns(call => new DomainXmlResult(call.Arg<string>().Replace("<devices>", "<devices><gpu/>", StringComparison.Ordinal), [Old]));
        categories = new HostDeviceCategories([CategorySamples.Category(), gpus]);
    }

    [Test]
    public async Task Check_AsksEachWithItsOwnListing()
    {
        var listings = await categories.ListAsync(CategorySamples.Host);
        var request = new HostDeviceRequest { Operation = HostDeviceOperation.SnapshotWithMemory, Vm = CategorySamples.VmWithNvdimm };
        var result = categories.Check(request, listings);
        Assert.That(result.Findings.Select(finding => finding.Code), Does.Contain("GPU_BUSY").And.Contain(EngineCodes.VmHasAttachedNvdimmDevices));
        gpus.Received(1).Check(Arg.Is<HostDeviceRequest>(asked => asked.Listing == listings[1] && asked.Operation == HostDeviceOperation.SnapshotWithMemory));
    }

    [Test]
    public async Task Domain_GetsTheDevicesOfAll_AndTheWarnings()
    {
        var listings = await categories.ListAsync(CategorySamples.Host);
        var added = categories.AddToDomain(Domain, new HostDeviceRequest { Vm = CategorySamples.VmWithNvdimm }, listings);
        Assert.That(added.Xml, Does.Contain("<gpu/>").And.Contain("/dev/pmem0"), string.Join('\n', added.Findings));
        Assert.That(added.Findings, Does.Contain(Old));
    }

    [Test]
    public async Task Domain_IsRefused_IfOneRefuses()
    {
        gpus.AddToDomain(Arg.Any<string>(), Arg.Any<HostDeviceRequest>()).Returns(new DomainXmlResult(null, [Busy]));
        var listings = await categories.ListAsync(CategorySamples.Host);
        var added = categories.AddToDomain(Domain, new HostDeviceRequest { Vm = CategorySamples.VmWithNvdimm }, listings);
        Assert.That((added.IsRefused, added.Findings), Is.EqualTo((true, (ValueList<Finding>)[Busy])));
    }

    /// <summary>A category whose listing is missing knows nothing of the host.</summary>
    [Test]
    public void Domain_WithoutTheListing_IsRefused()
    {
        var added = categories.AddToDomain(Domain, new HostDeviceRequest { Vm = CategorySamples.VmWithNvdimm }, []);
        Assert.That(added.Findings.Select(finding => finding.Code), Does.Contain(NvdimmCodes.InventoryUnavailable));
    }

    [Test]
    public async Task Listings_ThatContradictEachOther_AreRefused()
    {
        var listings = await categories.ListAsync(CategorySamples.Host);
        var request = new HostDeviceRequest { Operation = HostDeviceOperation.Start, Vm = CategorySamples.Vm };
        Assert.That(() => categories.Check(request, [.. listings, listings[0]]), Throws.ArgumentException.With.Message.Contains("'nvdimm'"));
        Assert.That(() => categories.AddToDomain(Domain, request, [listings[1], listings[1]]), Throws.ArgumentException);
        Assert.That(() => categories.Check(request, [null!]), Throws.ArgumentNullException);
        Assert.That(() => categories.AddToDomain(Domain, request with { Vm = null }, listings), Throws.ArgumentException);
    }

    [Test]
    public async Task Audit_GivesEachItsOwnListings()
    {
        var listings = await categories.ListAsync(CategorySamples.Host);
        gpus.Audit(Arg.Any<HostDeviceAudit>()).Returns([new AuditFinding(Busy)]);
        Assert.That(categories.Audit(new HostDeviceAudit(listings, [])).Select(found => found.Finding), Is.EqualTo(new[] { Busy }));
        gpus.Received(1).Audit(Arg.Is<HostDeviceAudit>(asked => asked.Listings.Count == 1 && asked.Listings[0] == listings[1]));
    }

    [Test]
    public async Task Managers_OfOneEngine_CheckTheWholeVm()
    {
        var inventory = new FakeInventory();
        inventory.Set("h1", new NvdimmInventory([EngineSamples.Device()]));
        var engine = EngineSamples.Engine();
        gpus.Find(Arg.Any<HostDeviceRequest>()).Returns([]);
        var managers = new HostDeviceManagers([new HostDeviceManager(engine, new NvdimmCategory(inventory)), new HostDeviceManager(engine, gpus)]);
        Assert.That(managers.All.Select(manager => manager.Category.Capability), Is.EqualTo(new[] { "nvdimm", "gpu" }));
        Assert.That((managers.Find("gpu")!.Category, managers.Find("usb")), Is.EqualTo((gpus, (IHostDeviceManager?)null)));
        Assert.That((await managers.Find("nvdimm")!.AttachAsync("v1", ["namespace0.0"])).IsDone, Is.True);
        var result = await managers.CheckAsync("v1", new HostDeviceRequest { Operation = HostDeviceOperation.SnapshotWithMemory });
        Assert.That(result.Findings.Select(finding => finding.Code), Is.EqualTo(new[] { EngineCodes.VmHasAttachedNvdimmDevices, "GPU_BUSY" }));
        Assert.That(() => new HostDeviceManagers([managers.All[0], managers.All[0]]), Throws.ArgumentException);
        Assert.That(() => new HostDeviceManagers([]), Throws.ArgumentException);
        await Assert.ThrowsAsync<ArgumentException>(() => managers.CheckAsync("v1", new HostDeviceRequest { Operation = HostDeviceOperation.Detach, Devices = ["namespace0.0"] }));
        await Assert.ThrowsAsync<ArgumentException>(() => managers.CheckAsync("v1", new HostDeviceRequest { Operation = HostDeviceOperation.RemoveHost }));
    }
}

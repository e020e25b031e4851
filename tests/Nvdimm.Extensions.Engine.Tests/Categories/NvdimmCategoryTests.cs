using NSubstitute;
using NSubstitute.ExceptionExtensions;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Policy;
using static Nvdimm.Extensions.Engine.Tests.Categories.CategorySamples;

namespace Nvdimm.Extensions.Engine.Tests.Categories;

public sealed class NvdimmCategoryTests
{
    private const string Domain = """
        <domain type='kvm'><name>vm1</name><maxMemory slots='16' unit='KiB'>4194304</maxMemory><memory unit='KiB'>1048576</memory><os><type arch='x86_64'>hvm</type></os>
        <features><acpi/></features><cpu><numa><cell id='0' cpus='0' memory='1048576'/></numa></cpu><devices/></domain>
        """;

    [Test]
    public async Task Listing_HasDetailsInOrder()
    {
        var listing = await ListAsync();
        Assert.That(listing.Devices.Select(device => device.Name), Is.EqualTo(new[] { "namespace0.0", "namespace1.0" }));
        var device = listing.Devices[0];
        Assert.That(device.IsUsable);
        Assert.That(device.Identity, Is.EqualTo($"{Device.Uuid}"));
        Assert.That(device.Parent, Is.EqualTo("computer"));
        Assert.That(
            device.Details.Select(detail => $"{detail.Name}={detail.Value}"),
            Is.EqualTo(new[] { $"uuid={Device.Uuid}", "path=/dev/pmem0", "mode=fsdax", "size=541065216", "align=2097152", "numa_node=0" }));
    }

    [Test]
    public async Task Listing_JoinedWithAReport_SaysWhatOnlyOneSideKnows()
    {
        var listing = await ListAsync(reported: [new("namespace0.0"), new("namespace7.0")]);
        Assert.That(listing.Devices.Select(device => device.Name), Is.EqualTo(new[] { "namespace0.0", "namespace1.0", "namespace7.0" }));
        Assert.That(listing.Devices.Select(device => string.Join(' ', device.Findings.Codes())), Is.EqualTo(new[] { "", NvdimmCodes.NotReportedByEngine, NvdimmCodes.NotOnHost }));
        Assert.That(listing.Devices.Select(device => device.IsUsable), Is.EqualTo(new[] { true, false, false }));
    }

    [Test]
    public async Task Availability_SaysWhoHasADeviceAndWhatIsFree()
    {
        var listing = await ListAsync(reported: [new("namespace0.0"), new("namespace1.0", "another"), new("namespace7.0")]);
        var category = new NvdimmCategory(Substitute.For<INvdimmInventory>());
        Assert.That(
            category.Availability(listing, [Vm]).Select(device => $"{device.Device.Name}: {device.Text}, {device.GuestSize}"),
            Is.EqualTo(new[] { "namespace0.0: free, 384 MiB", "namespace1.0: in use by VM another, 384 MiB", "namespace7.0: not usable: not on the host, " }));
        Assert.That(category.Availability(listing, [VmWithNvdimm]).Select(device => device.State), Is.EqualTo(new[] { DeviceState.InUseByVm, DeviceState.InUseByVm, DeviceState.NotUsable }));
    }

    [Test]
    public async Task Availability_OfAListingWithAnError_HasNothingFree()
    {
        var listing = await ListAsync() with { Findings = [Finding.Error(NvdimmCodes.NdctlMalformed)] };
        var category = new NvdimmCategory(Substitute.For<INvdimmInventory>());
        Assert.That(category.Availability(listing, []).Select(device => device.Text), Is.All.EqualTo("not usable: listing unreadable"));
        Assert.That(category.Check(new HostDeviceRequest { Vm = Vm, Devices = [Name], Listing = listing }).IsAllowed, Is.False);
    }

    [Test]
    public async Task Listing_OfAHostThatDoesNotAnswer_RefusesAttachAndStart()
    {
        var inventory = Substitute.For<INvdimmInventory>();
        inventory.ReadAsync(Host, Arg.Any<CancellationToken>()).ThrowsAsync(new NvdimmInventoryException("host1", "no route"));
        var category = new NvdimmCategory(inventory);
        var listing = await category.ListAsync(Host, [new(Name)]);
        Assert.That(listing.IsComplete, Is.False);
        Assert.That(listing.Findings.Codes(), Is.EqualTo(new[] { NvdimmCodes.InventoryUnavailable }));
        Assert.That(listing.Devices.Single().IsUsable, Is.False);

        var attach = category.Check(new HostDeviceRequest { Vm = Vm, Devices = [Name], Listing = listing });
        Assert.That(attach.Findings.Codes(), Does.Contain(NvdimmCodes.InventoryUnavailable));
        var start = category.AddToDomain(Domain, new HostDeviceRequest { Vm = VmWithNvdimm, Listing = listing });
        Assert.That(start.IsRefused);
    }

    /// <summary>With 64 GiB of RAM the guest takes memory in blocks of 2 GiB, which 1024 MiB are not a multiple of; with 1 GiB it takes 128 MiB.</summary>
    [TestCase(64, true)]
    [TestCase(1, false)]
    public async Task Preview_AndPolicy_AgreeOnMemoryHotPlug(long ramGiB, bool isMisaligned)
    {
        var device = Device with { Size = ByteSize.FromMiB(1026) };
        var vm = Vm with { Memory = ByteSize.FromGiB(ramGiB), MaxMemory = ByteSize.FromGiB(128) };
        var listing = await ListAsync(new NvdimmInventory([device]));
        var preview = Category().Preview(new HostDeviceRequest { Operation = HostDeviceOperation.Attach, Vm = vm, Devices = [Name], Listing = listing });
        string[] expected = isMisaligned ? [NvdimmCodes.HotPlugMisaligned] : [];
        var judged = preview.Attach.Findings.Concat(preview.Start.Findings).Codes().Where(code => code == NvdimmCodes.HotPlugMisaligned).Distinct();
        Assert.That(preview.Devices.Single().Findings.Codes(), Is.EqualTo(expected));
        Assert.That(judged, Is.EqualTo(expected));
    }

    [Test]
    public async Task Start_OfAVmWithoutNvdimm_NeedsNoListing()
    {
        var category = Category();
        Assert.That(category.Check(new HostDeviceRequest { Operation = HostDeviceOperation.Start, Vm = Vm }).Findings, Is.Empty);
        Assert.That(category.AddToDomain(Domain, new HostDeviceRequest { Vm = Vm }).Xml, Is.EqualTo(Domain));
        await Task.CompletedTask;
    }

    [Test]
    public async Task Start_WritesEveryNvdimm()
    {
        var category = Category();
        var result = category.AddToDomain(Domain, new HostDeviceRequest { Vm = VmWithNvdimm, Listing = await ListAsync() });
        Assert.That(result.Findings.Where(finding => finding.Severity == Severity.Error), Is.Empty);
        Assert.That(DomainNvdimms.Read(result.Xml!).Elements.Single().Path, Is.EqualTo("/dev/pmem0"));
    }

    [Test]
    public async Task Start_WithADeviceUnderAnotherUuid_IsRefused()
    {
        var vm = Vm with { HostDevices = [new("nvdimm", Name, $"{OtherDevice.Uuid}")] };
        var result = Category().AddToDomain(Domain, new HostDeviceRequest { Vm = vm, Listing = await ListAsync() });
        Assert.That(result.IsRefused);
        Assert.That(result.Findings.Codes(), Does.Contain(NvdimmCodes.IdentityChanged));
    }

    [Test]
    public async Task Preview_ShowsTheLayoutWithoutGaps()
    {
        var preview = Category().Preview(new HostDeviceRequest { Vm = Vm, Devices = [$"{Device.Uuid}"], Listing = await ListAsync() });
        Assert.That(preview.IsAllowed, string.Join('\n', preview.Findings));
        var device = preview.Devices.Single();
        Assert.That(device.Device.Name, Is.EqualTo(Name));
        Assert.That(device.GuestSize, Is.EqualTo(ByteSize.FromMiB(512)).Or.EqualTo(ByteSize.FromMiB(384)));
        Assert.That(device.GuestSize + device.LostSize, Is.EqualTo(Device.Size));
        var end = default(ByteSize);
        foreach (var area in device.Areas)
        {
            Assert.That(area.Offset, Is.EqualTo(end));
            end = area.Offset + area.Size;
        }

        Assert.That(end, Is.EqualTo(Device.Size));
        Assert.That(device.Areas.Select(area => area.Name), Does.Contain("label").And.Contain("guest"));
        Assert.That(device.Xml, Does.StartWith("<memory model="));
    }

    [Test]
    public async Task Preview_OfADeviceOfAnotherVm_SaysSo()
    {
        var request = new HostDeviceRequest { Vm = Vm with { Id = "v2", Name = "vm2" }, Devices = [Name], Listing = await ListAsync(), OtherVms = [VmWithNvdimm] };
        var preview = Category().Preview(request);
        Assert.That(preview.IsAllowed, Is.False);
        Assert.That(preview.Findings.Codes(), Does.Contain(NvdimmCodes.UsedByOtherVm));
    }

    [TestCase(HostDeviceOperation.Hibernate, EngineCodes.VmHasAttachedNvdimmDevices)]
    [TestCase(HostDeviceOperation.SnapshotWithMemory, EngineCodes.VmHasAttachedNvdimmDevices)]
    [TestCase(HostDeviceOperation.Migrate, EngineCodes.VmHasAttachedNvdimmDevices)]
    [TestCase(HostDeviceOperation.HotPlug, NvdimmCodes.HotPlugUnsupported)]
    public async Task Check_OfAVmWithNvdimm_AnswersTheOperation(HostDeviceOperation operation, string code)
    {
        var request = new HostDeviceRequest { Operation = operation, Vm = VmWithNvdimm with { Status = VmStatus.Up }, Devices = ["namespace1.0"], Listing = await ListAsync() };
        var verdict = Category().Check(request);
        Assert.That(verdict.IsAllowed, Is.False);
        Assert.That(verdict.Findings.Codes(), Does.Contain(code));
    }

    [Test]
    public void Check_WithAListingOfAnotherCategory_IsACallersBug()
    {
        var request = new HostDeviceRequest { Vm = Vm, Listing = new HostDeviceListing { Capability = "pci", Host = Host } };
        Assert.That(() => Category().Check(request), Throws.ArgumentException);
    }

    [Test]
    public async Task ChangedListing_IsTheOneTruth()
    {
        var category = Category();
        var listing = (NvdimmHostDeviceListing)await ListAsync();
        var attach = new HostDeviceRequest { Vm = Vm, Devices = [Name], Listing = listing };
        Assert.That(category.Preview(attach).IsAllowed, Is.True);

        var bad = Changed(device => device with { Findings = [Finding.Error(NvdimmCodes.ReadOnly)] });
        Assert.That(category.Preview(attach with { Listing = bad }).Findings.Codes(), Does.Contain(NvdimmCodes.ReadOnly));
        Assert.That(category.AddToDomain(Domain, new HostDeviceRequest { Vm = VmWithNvdimm, Listing = bad }).IsRefused, Is.True);

        var none = attach with { Listing = listing with { Devices = [] } };
        Assert.That(category.Check(none).Findings.Codes(), Is.EqualTo(new[] { EngineCodes.HostDeviceNotFound }));
        Assert.That(category.Preview(none).Devices, Is.Empty);

        var elsewhere = attach with { Listing = listing with { Host = new HostReference("h2", "host2") } };
        Assert.That(category.Check(elsewhere).Findings.Codes(), Does.Contain(EngineCodes.HostDeviceNotFound));

        var cut = category.Check(attach with { Listing = listing with { IsComplete = false } });
        Assert.That(cut.Findings.Codes(), Does.Contain(NvdimmCodes.ListingIncomplete));

        var small = Changed(device => device with { Size = ByteSize.FromMiB(100), Identity = null }).Description.Devices;
        Assert.That(small.Select(device => (device.Size, device.Uuid)), Is.All.EqualTo((ByteSize.FromMiB(100), (Guid?)null)));
        var enforcing = listing with { Selinux = SelinuxState.Enforcing, PageSize = Alignment.FromKiB(64) };
        Assert.That(enforcing.Description.Selinux, Is.EqualTo(SelinuxState.Enforcing));
        Assert.That(enforcing.Description.PageSize, Is.EqualTo(Alignment.FromKiB(64)));

        NvdimmHostDeviceListing Changed(Func<HostDevice, HostDevice> change) =>
            listing with { Devices = listing.Devices.Select(change).ToValueList() };
    }

    [Test]
    public async Task ChangedListing_InAnotherOrder_KeepsDevicesAndStatesTogether()
    {
        var listing = await ListAsync(reported: [new(Name), new("namespace1.0"), new("namespace7.0")]);
        var turned = listing with { Devices = [.. listing.Devices.Reverse()] };
        Assert.That(Category().Availability(turned, []), Is.EqualTo(Category().Availability(listing, [])));
        var others = Category().Availability(listing with { Devices = [.. listing.Devices.Select(Plain)] }, []);
        Assert.That(others.Select(device => device.Device.Name), Is.EqualTo(listing.Devices.Select(device => device.Name)));

        static HostDevice Plain(HostDevice device) => new() { Capability = device.Capability, Name = device.Name };
    }

    [Test]
    public void Check_WithAListingOfTheBaseType_SaysWhatIsWrong()
    {
        var request = new HostDeviceRequest { Vm = Vm, Listing = new HostDeviceListing { Capability = "nvdimm", Host = Host } };
        Assert.That(
            () => Category().Check(request),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("request")
                .And.Message.StartsWith("The listing is a HostDeviceListing of the category 'nvdimm'; pass one of NvdimmCategory"));
    }

    [Test]
    public void Registry_FindsByCapabilityAndRefusesTwins()
    {
        var category = Category();
        var registry = new HostDeviceCategories([category]);
        Assert.That(registry.Find("nvdimm"), Is.SameAs(category));
        Assert.That(registry.Find("pci"), Is.Null);
        Assert.That(() => new HostDeviceCategories([category, Category()]), Throws.ArgumentException);
    }

    [Test]
    public async Task Registry_ListsAllCategories()
    {
        var listings = await new HostDeviceCategories([Category()]).ListAsync(Host);
        Assert.That(listings.Single().Devices, Has.Count.EqualTo(2));
    }
}

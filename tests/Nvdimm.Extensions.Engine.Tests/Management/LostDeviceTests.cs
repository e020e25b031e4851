using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Policy;
using static Nvdimm.Extensions.Engine.Tests.Management.Bench;

namespace Nvdimm.Extensions.Engine.Tests.Management;

/// <summary>The engine forgets that a VM has a device. The device stays the VM's own until somebody gives it up.</summary>
public sealed class LostDeviceTests
{
    private Bench bench = null!;

    [SetUp]
    public void Prepare()
    {
        bench = new Bench();
        bench.Boot("h2", new([EngineSamples.Device(7) with { Name = "namespace0.0" }]));
    }

    [TearDown]
    public void CleanUp() => bench.Dispose();

    [Test]
    public async Task Device_OfADroppedAttachment_IsNotGivenToAnotherVm()
    {
        await bench.AttachAsync("v2", "namespace0.0");
        await bench.Engine.ActAsync("v2", OvirtVmAction.Start);
        bench.Drop();
        await RefusedAsync("v1", "namespace0.0");
        Assert.That(await bench.AuditAsync(), Is.EqualTo(new[] { "NVDIMM_SILENTLY_DETACHED v2 namespace0.0" }));

        await bench.Engine.AddVmHostDeviceAsync("v1", HostDeviceKey.OfName("namespace0.0"));
        Assert.That(await bench.StartAsync("v1"), Does.Contain(NvdimmCodes.UsedByOtherVm), "another client has attached it");
        Assert.That(await bench.AuditAsync(), Does.Contain("NVDIMM_USED_BY_OTHER_VM v1 namespace0.0"));
    }

    [Test]
    public async Task Device_OfADroppedAttachment_IsKnownByTheReport_WithoutARecord()
    {
        using var plain = new Bench(withRecord: false);
        plain.Boot("h2", new([]));
        plain.Engine.ReportHost(EngineSamples.Host2);
        await plain.AttachAsync("v2", "namespace0.0");
        await plain.Engine.ActAsync("v2", OvirtVmAction.Start);
        plain.Drop();
        var attach = await plain.Manager.AttachAsync("v1", ["namespace0.0"]);
        Assert.That(Errors(attach.Check.Findings), Does.Contain(NvdimmCodes.UsedByOtherVm));
        Assert.That(await plain.AuditAsync(), Is.EqualTo(new[] { "NVDIMM_SILENTLY_DETACHED v2 namespace0.0" }));
        Assert.That((await plain.Manager.CheckAsync("v2", new HostDeviceRequest { Operation = HostDeviceOperation.Migrate })).IsAllowed, Is.False);
    }

    [Test]
    public async Task Device_UsedByAVmThatNobodyDescribes_IsTheirs()
    {
        using var plain = new Bench(withRecord: false);
        await plain.AttachAsync("v2", "namespace0.0");
        await plain.Engine.ActAsync("v2", OvirtVmAction.Start);
        var listing = await plain.Manager.ListAsync(new HostReference("h1", "host1"));
        var request = new HostDeviceRequest { Devices = ["namespace0.0"], Listing = listing, Vm = new() { Id = "v1", Name = "vm1", PinnedHosts = [listing.Host], NumaNodes = [new(0, [0])] } };
        Assert.That(Errors(plain.Category.Check(request).Findings), Does.Contain(NvdimmCodes.UsedByOtherVm));
    }

    [Test]
    public async Task Device_AfterARenamingReboot_IsNotGivenToAnotherVm()
    {
        await bench.AttachAsync("v2", "namespace0.0");
        bench.Boot(As(A, 1));
        bench.Report("namespace1.0");
        await RefusedAsync("v1", $"{A.Uuid}");
        await RefusedAsync("v1", "namespace1.0");
    }

    [Test]
    public async Task Device_OfAVmThatIsPinnedElsewhereByNow_IsNotGivenToAnotherVm()
    {
        await bench.AttachAsync("v2", "namespace0.0");
        bench.Engine.SetVm(EngineSamples.Vm("v2", "vm2", "h2"), new OvirtNumaNode(0, [0]));
        await RefusedAsync("v1", "namespace0.0");
    }

    [Test]
    public async Task Device_ThatMovedToAnotherHost_IsNotGivenToAnotherVm()
    {
        await bench.AttachAsync("v1", "namespace0.0");
        bench.Engine.SetVm(EngineSamples.Vm("v2", "vm2", "h2"), new OvirtNumaNode(0, [0]));
        bench.Boot("h2", new([A]));
        await RefusedAsync("v2", "namespace0.0");
        Assert.That(await bench.AuditAsync(), Is.Empty);
    }

    [TestCase(HostDeviceOperation.Migrate)]
    [TestCase(HostDeviceOperation.Hibernate)]
    [TestCase(HostDeviceOperation.SnapshotWithMemory)]
    [TestCase(HostDeviceOperation.Clone)]
    [TestCase(HostDeviceOperation.Template)]
    [TestCase(HostDeviceOperation.ChangePinning)]
    public async Task Operation_OnAVmThatLostItsDevice_IsRefused(HostDeviceOperation operation)
    {
        await bench.AttachAsync("v2", "namespace0.0");
        await bench.Engine.ActAsync("v2", OvirtVmAction.Start);
        bench.Drop();
        Assert.That((await bench.Manager.CheckAsync("v2", new HostDeviceRequest { Operation = operation })).IsAllowed, Is.False);
    }

    [Test]
    public async Task RemovalOfTheHost_OfALostDevice_IsRefused()
    {
        await bench.AttachAsync("v2", "namespace0.0");
        bench.Drop();
        var listing = await bench.Manager.ListAsync(new HostReference("h1", "host1"));
        var vm = new ManagedVm { Id = "v2", Name = "vm2", ExpectedHostDevices = (await bench.Records!.ReadAsync())["v2"] };
        var verdict = bench.Category.Check(new HostDeviceRequest { Operation = HostDeviceOperation.RemoveHost, Listing = listing, OtherVms = [vm] });
        Assert.That(Errors(verdict.Findings), Is.EqualTo(new[] { EngineCodes.DetectedAssignedHostDevices }));
    }

    [Test]
    public async Task Repair_GoesOneDeviceAfterTheOther()
    {
        await bench.AttachAsync("v1", "namespace0.0", "namespace1.0");
        bench.Drop();
        var first = await bench.AttachAsync("v1", "namespace0.0");
        Assert.That(first.Check.Findings.Select(finding => finding.Code), Does.Contain(NvdimmCodes.SilentlyDetached), "the other one is told of");
        Assert.That(await bench.StartAsync("v1"), Is.EqualTo(new[] { NvdimmCodes.SilentlyDetached }));
        await bench.AttachAsync("v1", "namespace1.0");
        Assert.That(await bench.StartAsync("v1"), Is.Empty);
    }

    [Test]
    public async Task Repair_AfterARenamingReboot_LeavesOneNote()
    {
        await bench.AttachAsync("v1", "namespace0.0");
        bench.Boot(As(A, 2));
        bench.Report("namespace2.0");
        await bench.AttachAsync("v1", $"{A.Uuid}");
        Assert.That(await bench.RecordedAsync("v1"), Is.EqualTo(new[] { "namespace2.0 00" }));
        var detach = await bench.Manager.DetachAsync("v1", [$"{A.Uuid}"]);
        Assert.That(detach.IsDone, string.Join('\n', detach.Check.Findings));
        Assert.That(await bench.RecordedAsync("v1"), Is.Empty);
        Assert.That(await bench.StartAsync("v1"), Is.Empty);
    }

    [Test]
    public async Task Repair_WhileTheOldNameIsAnotherDevice_BeginsWithTheOldName()
    {
        await bench.AttachAsync("v1", "namespace0.0");
        bench.Boot(As(B, 0), As(A, 1));
        var early = await bench.Manager.AttachAsync("v1", [$"{A.Uuid}"]);
        Assert.That(Errors(early.Check.Findings), Does.Contain(NvdimmCodes.AttachedUnderFormerName), "the note of namespace0.0 would be lost, and B would start");
        Assert.That((await bench.Manager.DetachAsync("v1", ["namespace0.0"])).IsDone);
        await bench.AttachAsync("v1", $"{A.Uuid}");
        Assert.That(await bench.StartAsync("v1"), Is.Empty);
    }

    /// <summary>
    /// Another client attached namespace1.0. After a reboot A has that name, but the VM has A as namespace0.0. Without either attachment the VM does not
    /// get A.
    /// </summary>
    [TestCase(true, false)]
    [TestCase(false, false)]
    [TestCase(false, true)]
    public async Task Detach_OfADevice_RemovesTheRecordedAttachment_AndTheOneOfItsPresentName(bool byLabel, bool hasCopy)
    {
        bench.Boot(A with { Label = "dbdata" }, B);
        await bench.AttachAsync("v1", "namespace0.0");
        await bench.Engine.AddVmHostDeviceAsync("v1", HostDeviceKey.OfName("namespace1.0"));
        bench.Boot(As(A, 1) with { Label = "dbdata" }, hasCopy ? As(A, 2) : As(B, 2));
        var detach = await bench.Manager.DetachAsync("v1", [byLabel ? "dbdata" : $"{A.Uuid}"]);
        Assert.That(detach.Devices, Is.EqualTo(new[] { "namespace0.0", "namespace1.0" }), string.Join('\n', detach.Check.Findings));
        Assert.That(await bench.NamesAsync("v1"), Is.Empty);
        Assert.That(await bench.RecordedAsync("v1"), Is.Empty);
    }

    [Test]
    public async Task Detach_OfACopy_LeavesTheDeviceWithTheSameUuid()
    {
        await bench.AttachAsync("v1", "namespace0.0");
        bench.Boot(A, As(A, 1) with { Label = "copy" });
        await bench.Engine.AddVmHostDeviceAsync("v1", HostDeviceKey.OfName("namespace1.0"));
        var detach = await bench.Manager.DetachAsync("v1", ["copy"]);
        Assert.That(detach.Devices, Is.EqualTo(new[] { "namespace1.0" }), string.Join('\n', detach.Check.Findings));
        Assert.That(await bench.NamesAsync("v1"), Is.EqualTo(new[] { "namespace0.0" }));
        Assert.That(await bench.RecordedAsync("v1"), Is.EqualTo(new[] { "namespace0.0 00" }));
    }

    /// <summary>
    /// v1 had A as namespace0.0 of h1. It was pinned to h2, where another client attached namespace0.0, which is another device.
    /// </summary>
    [TestCase("uuid", new[] { "namespace0.0 00" })]
    [TestCase("namespace0.0", new string[0])]
    public async Task Detach_OnAnotherHost_KeepsTheRecordOfTheFirst_UnlessItsNameIsGiven(string device, string[] recorded)
    {
        await bench.AttachAsync("v1", "namespace0.0");
        bench.Engine.ReportHost(EngineSamples.Host2, "namespace0.0");
        bench.Engine.SetVm(EngineSamples.Vm("v1", "vm1", "h2"), new OvirtNumaNode(0, [0]));
        await bench.Engine.AddVmHostDeviceAsync("v1", HostDeviceKey.OfName("namespace0.0"));
        var detach = await bench.Manager.DetachAsync("v1", [device == "uuid" ? $"{EngineSamples.Device(7).Uuid}" : device]);
        Assert.That(detach.Devices, Is.EqualTo(new[] { "namespace0.0" }), string.Join('\n', detach.Check.Findings));
        Assert.That(await bench.NamesAsync("v1"), Is.Empty);
        Assert.That(await bench.RecordedAsync("v1"), Is.EqualTo(recorded));
    }

    /// <summary>A is gone. Its copy over another area stays attached: the UUID means what the record says.</summary>
    [Test]
    public async Task Detach_OfAGoneDevice_LeavesACopyOverAnotherArea()
    {
        var area = Guid.NewGuid();
        bench.Boot(A with { RawUuid = area }, B);
        await bench.AttachAsync("v1", "namespace0.0");
        await bench.Engine.AddVmHostDeviceAsync("v1", HostDeviceKey.OfName("namespace1.0"));
        bench.Boot(As(A, 1) with { RawUuid = Guid.NewGuid() });
        var detach = await bench.Manager.DetachAsync("v1", [$"{A.Uuid}"]);
        Assert.That(detach.Devices, Is.EqualTo(new[] { "namespace0.0" }), string.Join('\n', detach.Check.Findings));
        Assert.That(await bench.NamesAsync("v1"), Is.EqualTo(new[] { "namespace1.0" }));
    }

    [Test]
    public async Task Detach_OfWhatIsGoneButStillReported_IsDone()
    {
        await bench.AttachAsync("v1", "namespace0.0");
        bench.Boot(B);
        await bench.AttachAsync("v1", "namespace1.0");
        Assert.That((await bench.Manager.DetachAsync("v1", ["namespace0.0"])).IsDone);
        Assert.That(await bench.NamesAsync("v1"), Is.EqualTo(new[] { "namespace1.0" }));
    }

    [Test]
    public async Task Detach_WhileTheHostIsSilent_IsDone()
    {
        await bench.AttachAsync("v1", "namespace0.0");
        bench.Boot("h1", null);
        var detach = await bench.Manager.DetachAsync("v1", ["namespace0.0"]);
        Assert.That(detach.IsDone, string.Join('\n', detach.Check.Findings));
        Assert.That(await bench.RecordedAsync("v1"), Is.Empty);
    }

    [Test]
    public async Task Device_OfADeletedVm_IsForgottenByItsId()
    {
        await bench.AttachAsync("v2", "namespace0.0");
        bench.Engine.RemoveVm("v2");
        Assert.That(await bench.AuditAsync(), Is.EqualTo(new[] { "NVDIMM_RECORD_WITHOUT_VM v2 namespace0.0" }));
        await bench.AttachAsync("v1", "namespace0.0");
        Assert.That((await bench.Manager.DetachAsync("v2", ["namespace0.0"])).IsDone);
        Assert.That(await bench.AuditAsync(), Is.Empty);
        Assert.That(await bench.NamesAsync("v1"), Is.EqualTo(new[] { "namespace0.0" }));
    }

    private async Task RefusedAsync(string vm, string device)
    {
        var attach = await bench.Manager.AttachAsync(vm, [device]);
        Assert.That(Errors(attach.Check.Findings), Does.Contain(NvdimmCodes.UsedByOtherVm));
        Assert.That(attach.IsDone, Is.False);
        Assert.That(await bench.NamesAsync(vm), Is.Empty);
        Assert.That(await bench.RecordedAsync(vm), Is.Empty);
    }
}

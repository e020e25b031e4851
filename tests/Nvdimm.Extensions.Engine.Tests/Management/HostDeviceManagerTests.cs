using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Engine.Management;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Extensions.Engine.Tests.Management;

/// <summary>The category beside an engine that has the gaps of oVirt.</summary>
public sealed class HostDeviceManagerTests
{
    private TemporaryFolder folder = null!;
    private InMemoryEngine engine = null!;
    private FakeInventory inventory = null!;
    private FileAttachmentRecords records = null!;
    private HostDeviceManager manager = null!;

    [SetUp]
    public void Prepare()
    {
        folder = new TemporaryFolder();
        engine = EngineSamples.Engine();
        inventory = new FakeInventory();
        inventory.Set("h1", new NvdimmInventory([EngineSamples.Device(0), EngineSamples.Device(1)]) { Selinux = SelinuxState.Permissive });
        inventory.Set("h2", new NvdimmInventory([EngineSamples.Device(0) with { Uuid = EngineSamples.Device(7).Uuid }]));
        records = new FileAttachmentRecords(folder.PathOf("attachments.json"));
        manager = new HostDeviceManager(engine, new NvdimmCategory(inventory), records);
    }

    [TearDown]
    public void CleanUp() => folder.Dispose();

    [Test]
    public async Task Listing_OfAllHosts_InTheirOrder()
    {
        var listings = await manager.ListAllAsync().ToListAsync();
        Assert.That(listings.Select(listing => $"{listing.Host.Name} {listing.Devices.Count(device => device.IsUsable)}"), Is.EqualTo(new[] { "host1 2", "host2 1" }));
    }

    [Test]
    public async Task Attach_ByUuid_IsDoneAndNoted()
    {
        var change = await manager.AttachAsync("v1", [$"{EngineSamples.Device(0).Uuid}"]);
        Assert.That(change.IsDone, string.Join('\n', change.Check.Findings));
        Assert.That(await NamesAsync("v1"), Is.EqualTo(new[] { "namespace0.0" }));
        var noted = (await records.ReadAsync())["v1"].Single();
        Assert.That(noted with { Details = [] }, Is.EqualTo(new AttachedHostDevice("nvdimm", "namespace0.0", $"{EngineSamples.Device(0).Uuid}") { HostId = "h1" }));
        Assert.That(noted.Details, Does.Contain(new HostDeviceDetail("size", "541065216")).And.Contain(new HostDeviceDetail("mode", "fsdax")));
        Assert.That(await manager.AuditAsync(), Is.Empty);
    }

    [Test]
    public async Task Attach_OfWhatAnotherVmHas_IsRefusedByUsAndNotByTheEngine()
    {
        await engine.AddVmHostDeviceAsync("v2", HostDeviceKey.OfName("namespace0.0"));
        var change = await manager.AttachAsync("v1", ["namespace0.0"]);
        Assert.That(change.IsDone, Is.False);
        Assert.That(Codes(change.Check.Findings), Does.Contain(NvdimmCodes.UsedByOtherVm));
        Assert.That(await NamesAsync("v1"), Is.Empty);
    }

    [Test]
    public async Task Attach_OnAHostThatDoesNotAnswer_IsRefused()
    {
        inventory.Set("h1", null);
        var change = await manager.AttachAsync("v1", ["namespace0.0"]);
        Assert.That(Codes(change.Check.Findings), Does.Contain(NvdimmCodes.InventoryUnavailable));
        Assert.That(await NamesAsync("v1"), Is.Empty);
    }

    /// <summary>A VM's pinning names a host by its id alone: an inventory would take the id for the address of a machine.</summary>
    [Test]
    public async Task Host_ThatTheEngineDoesNotShow_IsNotAsked()
    {
        engine.SetVm(EngineSamples.Vm("v9", "vm9", "hidden.example.org"), new OvirtNumaNode(0, [0]));
        inventory.Set("hidden.example.org", new NvdimmInventory([EngineSamples.Device(0)]));
        var change = await manager.AttachAsync("v9", ["namespace0.0"]);
        Assert.That(Codes(change.Check.Findings), Does.Contain(NvdimmCodes.InventoryUnavailable));
        Assert.That(await NamesAsync("v9"), Is.Empty);
    }

    /// <summary>Nothing is known of the host, but the other VMs are. A device that a VM has can be detached, so that none is stuck.</summary>
    [Test]
    public async Task Host_ThatTheEngineDoesNotShow_KeepsItsVmsApart_AndAllowsADetachment()
    {
        foreach (var vm in (string[])["v8", "v9"])
        {
            engine.SetVm(EngineSamples.Vm(vm, vm, "hidden"), new OvirtNumaNode(0, [0]));
        }

        engine.ReportHost(new OvirtHost("hidden", "hidden"), "namespace0.0");
        await engine.AddVmHostDeviceAsync("v8", HostDeviceKey.OfName("namespace0.0"));
        await engine.AddVmHostDeviceAsync("v9", HostDeviceKey.OfName("namespace0.0"));
        var user = new HostDeviceManager(new WatchedEngine(engine, hidden: "hidden"), new NvdimmCategory(inventory), records);
        var import = await user.CheckAsync("v9", new HostDeviceRequest { Operation = HostDeviceOperation.Import });
        Assert.That(Codes(import.Findings), Does.Contain(NvdimmCodes.UsedByOtherVm));
        Assert.That((await user.DetachAsync("v9", ["namespace0.0"])).IsDone, Is.True);
        Assert.That(await NamesAsync("v9"), Is.Empty);
    }

    [Test]
    public async Task Attach_WhileAnotherClientAttachesTheSame_IsUndone()
    {
        var race = new WatchedEngine(
            engine, request => request == "AddVmHostDevice" ? engine.AddVmHostDeviceAsync("v2", HostDeviceKey.OfName("namespace0.0")) : Task.CompletedTask);
        var racing = new HostDeviceManager(race, new NvdimmCategory(inventory), records);
        var change = await racing.AttachAsync("v1", ["namespace0.0"]);
        Assert.That(change.IsDone, Is.False);
        Assert.That(change.Devices, Is.Empty);
        Assert.That(Codes(change.Check.Findings), Does.Contain(NvdimmCodes.UsedByOtherVm));
        Assert.That(await NamesAsync("v1"), Is.Empty);
        Assert.That(await NamesAsync("v2"), Is.EqualTo(new[] { "namespace0.0" }));
        Assert.That((await records.ReadAsync())["v1"], Is.Empty);
    }

    [Test]
    public async Task Attach_WhileTheNameMovesToAnotherDevice_IsUndone()
    {
        var racing = new HostDeviceManager(new WatchedEngine(engine, request => request == "AddVmHostDevice" ? Swap() : Task.CompletedTask), new NvdimmCategory(inventory), records);
        var change = await racing.AttachAsync("v1", ["namespace0.0"]);
        Assert.That(Codes(change.Check.Findings), Does.Contain(NvdimmCodes.IdentityChanged));
        Assert.That(await NamesAsync("v1"), Is.Empty);
    }

    [Test]
    public async Task Detach_IsDoneAndForgotten()
    {
        await manager.AttachAsync("v1", ["namespace0.0", "namespace1.0"]);
        var change = await manager.DetachAsync("v1", [$"{EngineSamples.Device(1).Uuid}"]);
        Assert.That(change.IsDone, string.Join('\n', change.Check.Findings));
        Assert.That(change.Devices, Is.EqualTo(new[] { "namespace1.0" }));
        Assert.That(await NamesAsync("v1"), Is.EqualTo(new[] { "namespace0.0" }));
        Assert.That((await records.ReadAsync())["v1"].Select(noted => noted.Name), Is.EqualTo(new[] { "namespace0.0" }));
    }

    [Test]
    public async Task Audit_NoticesWhatTheEngineDoesNotTell()
    {
        await manager.AttachAsync("v1", ["namespace0.0"]);
        engine.ReportHost(EngineSamples.Host1, "namespace1.0");
        engine.ReportHost(EngineSamples.Host1, "namespace0.0", "namespace1.0");
        var findings = await manager.AuditAsync();
        Assert.That(findings.Select(finding => $"{finding.Finding.Code} {finding.VmId}"), Is.EqualTo(new[] { "NVDIMM_SILENTLY_DETACHED v1" }));

        await manager.PostAsync(findings);
        var posted = await engine.ListEventsAsync().LastAsync();
        Assert.That(posted, Is.EqualTo(posted with { Severity = "alert", Origin = "Nvdimm.Extensions", VmId = "v1" }));
        Assert.That(posted.Description, Does.StartWith("NVDIMM_SILENTLY_DETACHED: vm1 should have namespace0.0"));

        await manager.DetachAsync("v1", ["namespace0.0"]);
        Assert.That(await manager.AuditAsync(), Is.Empty, "it is not missed any longer");
    }

    /// <summary>The engine takes the custom id of an origin once: a second audit posts what is new, and a later day everything that still holds.</summary>
    [Test]
    public async Task Post_Again_PostsWhatIsNew_AndTheNextDayWhatStillHolds()
    {
        var time = new Clock();
        var daily = new HostDeviceManager(engine, new NvdimmCategory(inventory), records, new HostDeviceManagerOptions { Time = time });
        AuditFinding Lost(string device) => new(Finding.Error(NvdimmCodes.SilentlyDetached, ("device", device), ("vm", "vm1"))) { VmId = "v1", Device = device };

        Assert.That(Counts(await daily.PostAsync([Lost("namespace0.0")])), Is.EqualTo((1, 0, 0)));
        Assert.That(Counts(await daily.PostAsync([Lost("namespace0.0"), Lost("namespace1.0")])), Is.EqualTo((1, 1, 0)), "the known one does not stop the new one");
        engine.Script(EngineCall.AddEvent, ScriptedAnswer.Failed);
        var partly = await daily.PostAsync([Lost("namespace2.0"), Lost("namespace3.0")]);
        Assert.That((Counts(partly), partly.Failures[0].Failure), Is.EqualTo(((1, 0, 1), OvirtFailure.ServerFailed)));

        time.Now += TimeSpan.FromDays(1);
        Assert.That(Counts(await daily.PostAsync([Lost("namespace0.0")])), Is.EqualTo((1, 0, 0)));
        Assert.That(await engine.ListEventsAsync().CountAsync(), Is.EqualTo(4));
    }

    [Test]
    public void Post_ToAnEngineThatIsNotReached_Throws()
    {
        engine.Script(EngineCall.AddEvent, ScriptedAnswer.Lost);
        Assert.That(
            () => manager.PostAsync([new AuditFinding(Finding.Error(NvdimmCodes.SilentlyDetached, ("device", "a"), ("vm", "vm1")))]), Throws.TypeOf<OvirtException>());
    }

    [Test]
    public async Task Attach_ToAVmWithoutNumaNodes_GoesByTheNodeThatTheEngineMakes()
    {
        engine.SetVm(EngineSamples.Vm1);
        Assert.That((await manager.AttachAsync("v1", ["namespace0.0"])).IsDone);
        Assert.That((await manager.PreviewAsync("v1", ["namespace1.0"])).Devices.Single().GuestNode, Is.Zero);
        Assert.That((await manager.DetachAsync("v1", ["namespace0.0"])).IsDone, "the engine asks for the node here, too");
        engine.SetVm(EngineSamples.Vm1 with { CanPlugCpus = false, MaxMemory = EngineSamples.Vm1.Memory });
        Assert.That(Codes((await manager.AttachAsync("v1", ["namespace0.0"])).Check.Findings), Does.Contain(EngineCodes.NumaUnavailable));
    }

    [Test]
    public async Task Preview_OfADeviceOfNoNode_IsOnTheNodeWithTheFewestCpus()
    {
        engine.SetVm(EngineSamples.Vm1, new OvirtNumaNode(0, [5]) { Cpus = 3 }, new OvirtNumaNode(1, [6]) { Cpus = 1 });
        Assert.That((await manager.PreviewAsync("v1", ["namespace0.0"])).Devices.Single().GuestNode, Is.EqualTo(1));
    }

    [Test]
    public async Task Audit_OfAVmThatRunsWithoutItsNvdimm_SaysSo()
    {
        await manager.AttachAsync("v1", ["namespace0.0"]);
        engine.SetVm(EngineSamples.Vm1 with { CanPlugCpus = false, MaxMemory = EngineSamples.Vm1.Memory });
        await engine.ActAsync("v1", OvirtVmAction.Start);
        Assert.That((await manager.AuditAsync()).Select(finding => finding.Finding.Code), Is.EqualTo(new[] { NvdimmCodes.RunningWithoutDevice }));
    }

    [TestCase(HostDeviceOperation.Hibernate)]
    [TestCase(HostDeviceOperation.SnapshotWithMemory)]
    [TestCase(HostDeviceOperation.Migrate)]
    public async Task Check_OfAnOperation_IsAnsweredBeforeTheEngine(HostDeviceOperation operation)
    {
        await manager.AttachAsync("v1", ["namespace0.0"]);
        Assert.That((await manager.CheckAsync("v1", new HostDeviceRequest { Operation = operation })).IsAllowed, Is.False);
        Assert.That((await manager.CheckAsync("v2", new HostDeviceRequest { Operation = HostDeviceOperation.Hibernate })).IsAllowed);
    }

    [Test]
    public async Task Preview_ChangesNothing()
    {
        Assert.That((await manager.PreviewAsync("v1", ["namespace0.0"])).IsAllowed);
        Assert.That(await NamesAsync("v1"), Is.Empty);
    }

    [TestCase("{")]
    [TestCase("{}")]
    [TestCase("""{"schema":3,"vms":{}}""")]
    [TestCase("""{"schema":2,"vms":{"v1":[{"capability":"nvdimm","name":"a","details":{"size":[]}}]}}""")]
    [TestCase("""{"schema":1,"vms":{"v1":{}}}""")]
    [TestCase("""{"schema":1,"vms":{"v1":[{"name":"a"}]}}""")]
    public void Record_ThatIsDamaged_IsNotTakenForAnEmptyOne(string text)
    {
        folder.Write("attachments.json", text);
        Assert.That(() => records.ReadAsync(), Throws.TypeOf<InvalidDataException>());
        Assert.That(() => records.ChangeAsync("v1", _ => []), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public async Task Record_ChangedByManyAtOnce_LosesNothing()
    {
        var writers = Enumerable.Range(0, 20).Select(number => Task.Run(() => new FileAttachmentRecords(folder.PathOf("attachments.json"))
            .ChangeAsync("v1", noted => [.. noted, new AttachedHostDevice("nvdimm", $"namespace{number}.0")])));
        await Task.WhenAll(writers);
        Assert.That((await records.ReadAsync())["v1"], Has.Count.EqualTo(20));
    }

    private static (int Posted, int Known, int Failed) Counts(PostedFindings posted) => (posted.Posted, posted.Known, posted.Failures.Count);

    private static string[] Codes(IEnumerable<Finding> findings) => [.. findings.Select(finding => finding.Code)];

    private Task Swap()
    {
        inventory.Set("h1", new NvdimmInventory([EngineSamples.Device(0) with { Uuid = EngineSamples.Device(9).Uuid }]));
        return Task.CompletedTask;
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private async Task<string[]> NamesAsync(string vm) => await engine.ListVmHostDevicesAsync(vm).Select(device => device.Name).ToArrayAsync();
}

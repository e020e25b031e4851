using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Management;
using Nvdimm.Extensions.Engine.Models;
using static Nvdimm.Extensions.Engine.Tests.Management.Bench;

namespace Nvdimm.Extensions.Engine.Tests.Management;

/// <summary>An attachment is done, noted and looked at again as a whole; what could not be undone is told.</summary>
public sealed class AttachTransactionTests
{
    private static readonly OvirtException Down = new("POST", OvirtFailure.ServerFailed, "the engine fails");

    private Bench bench = null!;

    [SetUp]
    public void Prepare() => bench = new Bench();

    [TearDown]
    public void CleanUp() => bench.Dispose();

    [Test]
    public async Task Record_ThatCannotBeWritten_AttachesNothing()
    {
        var manager = new HostDeviceManager(bench.Engine, bench.Category, new FileAttachmentRecords(bench.Folder.PathOf("nowhere/attachments.json")));
        Assert.That(() => manager.AttachAsync("v1", ["namespace0.0"]), Throws.InstanceOf<IOException>());
        Assert.That(await bench.NamesAsync("v1"), Is.Empty);
    }

    [Test]
    public async Task Record_ThatCannotBeWritten_DetachesNothing()
    {
        await bench.AttachAsync("v1", "namespace0.0");
        var manager = new HostDeviceManager(bench.Engine, bench.Category, new ReadOnlyRecords(bench.Records!));
        Assert.That(() => manager.DetachAsync("v1", ["namespace0.0"]), Throws.TypeOf<UnauthorizedAccessException>());
        Assert.That(await bench.NamesAsync("v1"), Is.EqualTo(new[] { "namespace0.0" }));
    }

    [Test]
    public async Task Record_ThatFailsOnTheWay_IsToldOf()
    {
        var records = new ReadOnlyRecords(bench.Records!) { Writes = 1 };
        var manager = new HostDeviceManager(bench.Engine, bench.Category, records);
        var change = await manager.AttachAsync("v1", ["namespace0.0", "namespace1.0"]);
        Assert.That(change.IsDone, Is.False);
        Assert.That(change.Devices, Is.EqualTo(new[] { "namespace0.0" }));
        Assert.That(change.RecordFailure, Is.TypeOf<UnauthorizedAccessException>());
        Assert.That(await bench.NamesAsync("v1"), Is.EqualTo(new[] { "namespace0.0" }));

        var detach = await new HostDeviceManager(bench.Engine, bench.Category, new ReadOnlyRecords(bench.Records!) { Writes = 1 }).DetachAsync("v1", ["namespace0.0"]);
        Assert.That(detach.RecordFailure, Is.TypeOf<UnauthorizedAccessException>());
        Assert.That(detach.IsDone, Is.False);
        Assert.That(await bench.NamesAsync("v1"), Is.Empty);
        Assert.That(await bench.StartAsync("v1"), Is.EqualTo(new[] { NvdimmCodes.SilentlyDetached }), "the record errs on the safe side");
        Assert.That((await bench.Manager.DetachAsync("v1", ["namespace0.0"])).IsDone, "and the way out is to repeat it");
    }

    [TestCase("AddVmHostDevice")]
    [TestCase("ListVms")]
    public async Task Cancellation_AfterTheChangeHasBegun_LeavesNothingHalfDone(string request)
    {
        using var cancel = new CancellationTokenSource();
        var isAdded = false;
        var manager = bench.Watched(after: done =>
        {
            isAdded |= done == "AddVmHostDevice";
            return isAdded && done == request ? cancel.CancelAsync() : Task.CompletedTask;
        });
        var change = await manager.AttachAsync("v1", ["namespace0.0"], cancel.Token);
        Assert.That(cancel.IsCancellationRequested);
        Assert.That(change.IsDone);
        Assert.That(await bench.RecordedAsync("v1"), Is.EqualTo(new[] { "namespace0.0 00" }));
    }

    [Test]
    public async Task Cancellation_BeforeTheChange_ChangesNothing()
    {
        using var cancel = new CancellationTokenSource();
        var manager = bench.Watched(after: done => done == "ListVms" ? cancel.CancelAsync() : Task.CompletedTask);
        Assert.That(() => manager.AttachAsync("v1", ["namespace0.0"], cancel.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await bench.NamesAsync("v1"), Is.Empty);
        Assert.That(await bench.RecordedAsync("v1"), Is.Empty);
    }

    [Test]
    public async Task Cancellation_DuringTheUndo_LeavesNothingOnBothVms()
    {
        using var cancel = new CancellationTokenSource();
        var manager = bench.Watched(before: async request =>
        {
            if (request == "AddVmHostDevice")
            {
                await bench.Engine.AddVmHostDeviceAsync("v2", HostDeviceKey.OfName("namespace0.0"));
            }
            else if (request == "RemoveVmHostDevice")
            {
                await cancel.CancelAsync();
            }
        });
        var change = await manager.AttachAsync("v1", ["namespace0.0"], cancel.Token);
        Assert.That(Errors(change.Check.Findings), Does.Contain(NvdimmCodes.UsedByOtherVm));
        Assert.That(cancel.IsCancellationRequested);
        Assert.That(await bench.NamesAsync("v1"), Is.Empty);
        Assert.That(await bench.RecordedAsync("v1"), Is.Empty);
    }

    [Test]
    public async Task Engine_ThatFailsDuringTheCheck_IsToldOf()
    {
        var isAdded = false;
        var manager = bench.Watched(before: request =>
        {
            var fails = isAdded;
            isAdded |= request == "AddVmHostDevice";
            return fails ? Task.FromException(Down) : Task.CompletedTask;
        });
        var change = await manager.AttachAsync("v1", ["namespace0.0"]);
        Assert.That(change.Failure, Is.SameAs(Down));
        Assert.That(change.IsDone, Is.False);
        Assert.That(change.Devices, Is.EqualTo(new[] { "namespace0.0" }));
        Assert.That(await bench.RecordedAsync("v1"), Is.EqualTo(new[] { "namespace0.0 00" }));
    }

    [Test]
    public async Task Engine_ThatRefuses_LeavesTheRecordAsItWas()
    {
        await bench.AttachAsync("v1", "namespace0.0");
        bench.Boot(As(A, 1));
        bench.Report("namespace1.0");
        var manager = bench.Watched(before: request => request == "AddVmHostDevice" ? Task.FromException(Down) : Task.CompletedTask);
        var change = await manager.AttachAsync("v1", [$"{A.Uuid}"]);
        Assert.That(change.Failure, Is.SameAs(Down));
        Assert.That(change.Devices, Is.Empty);
        Assert.That(await bench.RecordedAsync("v1"), Is.EqualTo(new[] { "namespace0.0 00" }));
    }

    [Test]
    public async Task Undo_ThatFails_IsToldOf()
    {
        var manager = bench.Watched(before: async request =>
        {
            if (request == "AddVmHostDevice")
            {
                await bench.Engine.AddVmHostDeviceAsync("v2", HostDeviceKey.OfName("namespace0.0"));
            }
            else if (request == "RemoveVmHostDevice")
            {
                throw Down;
            }
        });
        var change = await manager.AttachAsync("v1", ["namespace0.0"]);
        Assert.That(change.Failure, Is.SameAs(Down));
        Assert.That(change.Devices, Is.EqualTo(new[] { "namespace0.0" }));
        Assert.That(await bench.RecordedAsync("v1"), Is.EqualTo(new[] { "namespace0.0 00" }), "as the engine has it");
        Assert.That(await bench.StartAsync("v1"), Does.Contain(NvdimmCodes.UsedByOtherVm));
    }

    [Test]
    public async Task Undo_KeepsWhatWasNotedBefore()
    {
        await bench.AttachAsync("v1", "namespace0.0");
        bench.Drop();
        var manager = bench.Watched(before: request =>
            request == "AddVmHostDevice" ? bench.Engine.AddVmHostDeviceAsync("v2", HostDeviceKey.OfName("namespace0.0")) : Task.CompletedTask);
        Assert.That((await manager.AttachAsync("v1", ["namespace0.0"])).IsDone, Is.False);
        Assert.That(await bench.NamesAsync("v1"), Is.Empty);
        Assert.That(await bench.RecordedAsync("v1"), Is.EqualTo(new[] { "namespace0.0 00" }));
        Assert.That(await bench.StartAsync("v1"), Is.EqualTo(new[] { NvdimmCodes.SilentlyDetached }));
    }

    [Test]
    public async Task Detach_ThatIsRefused_ChangesNothing()
    {
        await bench.AttachAsync("v1", "namespace0.0");
        await bench.Engine.ActAsync("v1", OvirtVmAction.Start);
        bench.Drop();
        var detach = await bench.Manager.DetachAsync("v1", ["namespace0.0"]);
        Assert.That(Errors(detach.Check.Findings), Does.Contain(EngineCodes.VmStatusIllegal));
        Assert.That(await bench.RecordedAsync("v1"), Is.EqualTo(new[] { "namespace0.0 00" }));
        Assert.That(await bench.AuditAsync(), Does.Contain("NVDIMM_SILENTLY_DETACHED v1 namespace0.0"));
    }

    [Test]
    public async Task Detach_ByTheUserGivenName_Detaches()
    {
        bench.Boot(A with { Label = "dbdata" }, B);
        await bench.AttachAsync("v1", "dbdata");
        var detach = await bench.Manager.DetachAsync("v1", ["dbdata"]);
        Assert.That(detach.IsDone);
        Assert.That(detach.Devices, Is.EqualTo(new[] { "namespace0.0" }));
        Assert.That(await bench.NamesAsync("v1"), Is.Empty);
        Assert.That(await bench.RecordedAsync("v1"), Is.Empty);
    }

    [TestCase("dbdate")]
    [TestCase("namespace1.0")]
    public async Task Detach_OfWhatTheVmDoesNotHave_IsRefused(string device)
    {
        await bench.AttachAsync("v1", "namespace0.0");
        var detach = await bench.Manager.DetachAsync("v1", [device]);
        Assert.That(Errors(detach.Check.Findings), Does.Contain(NvdimmCodes.NotAttached));
        Assert.That(detach.Devices, Is.Empty);
    }

    [Test]
    public async Task Check_AfterTheAdd_ReadsTheVmAgain_Dropped()
    {
        var manager = bench.Watched(after: request =>
        {
            if (request == "AddVmHostDevice")
            {
                bench.Drop();
            }

            return Task.CompletedTask;
        });
        var change = await manager.AttachAsync("v1", ["namespace0.0"]);
        Assert.That(Errors(change.Check.Findings), Is.EqualTo(new[] { NvdimmCodes.SilentlyDetached }));
        Assert.That(await bench.RecordedAsync("v1"), Is.Empty);
    }

    [Test]
    public async Task Check_AfterTheAdd_ReadsTheVmAgain_PinnedElsewhere([Values] bool withRecord)
    {
        using var other = new Bench(withRecord);
        var manager = other.Watched(after: request =>
        {
            if (request == "AddVmHostDevice")
            {
                other.Engine.SetVm(EngineSamples.Vm("v1", "vm1", "h2"), new OvirtNumaNode(0, [0]));
            }

            return Task.CompletedTask;
        });
        var change = await manager.AttachAsync("v1", ["namespace0.0"]);
        Assert.That(Errors(change.Check.Findings), Is.EqualTo(new[] { NvdimmCodes.SilentlyDetached }));
        Assert.That(change.Devices, Is.Empty);
    }

    [TestCase("v1", "AddVmHostDevice")]
    [TestCase("v2", "ListVms")]
    [TestCase("v2", "ListNumaNodes")]
    public async Task Vm_ThatIsDeletedMeanwhile_AbortsNothing(string vm, string request)
    {
        var manager = bench.Watched(after: done =>
        {
            if (done == request)
            {
                bench.Engine.RemoveVm(vm);
            }

            return Task.CompletedTask;
        });
        var change = await manager.AttachAsync("v1", ["namespace0.0"]);
        Assert.That(change.Failure, Is.Null);
        Assert.That(Errors(change.Check.Findings), Is.EqualTo(vm == "v1" ? new[] { EngineCodes.VmNotFound } : []));
        Assert.That(await bench.RecordedAsync("v1"), Is.EqualTo(vm == "v1" ? [] : new[] { "namespace0.0 00" }));
        Assert.That(await bench.AuditAsync(), Has.None.Contain("v2"));
    }

    [Test]
    public async Task Audit_WhileAVmIsDeleted_GoesOn()
    {
        await bench.AttachAsync("v1", "namespace0.0");
        bench.Drop();
        var manager = bench.Watched(after: done =>
        {
            if (done == "ListVms")
            {
                bench.Engine.RemoveVm("v2");
            }

            return Task.CompletedTask;
        });
        Assert.That((await manager.AuditAsync()).Select(finding => finding.Finding.Code), Does.Contain(NvdimmCodes.SilentlyDetached));
    }

    /// <summary>A record that may be written so many times.</summary>
    private sealed class ReadOnlyRecords(FileAttachmentRecords records) : IAttachmentRecords
    {
        public int Writes { get; set; }

        public Task<IReadOnlyDictionary<string, ValueList<AttachedHostDevice>>> ReadAsync(CancellationToken cancellationToken = default) => records.ReadAsync(cancellationToken);

        public Task ChangeAsync(string vmId, Func<ValueList<AttachedHostDevice>, ValueList<AttachedHostDevice>> change, CancellationToken cancellationToken = default) =>
            --Writes < 0 ? Task.FromException(new UnauthorizedAccessException("another user's file")) : records.ChangeAsync(vmId, change, cancellationToken);
    }
}

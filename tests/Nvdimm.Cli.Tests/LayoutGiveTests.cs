using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Tests.Start;
using Nvdimm.Extensions.Ownership;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Tests;

/// <summary><c>nvdimm layout give</c>: an administrator hands a device over, or releases it.</summary>
public sealed class LayoutGiveTests
{
    private const string Uuid = "8ef81800-82b6-40ad-8962-6f0412bab47d";

    private static readonly DeviceOwner Before = new("before", RowNames.OtherVmId);

    private TestHost host = null!;

    [SetUp]
    public void MakeHost()
    {
        host = new TestHost(1024, RowNames.EngineOffset);
        host.ShowInSysfs();
    }

    [TearDown]
    public void RemoveHost() => host.Dispose();

    private LayoutRecord Record => host.Ledger.Find(DeviceIdentity.Of(host.Device)).Record!;

    [Test]
    public async Task WithoutYes_ShowsWhatTheDeviceHolds_AndChangesNothing()
    {
        await RecordAsync(Before);
        var record = Record;
        var run = await host.Run("layout", "give", "namespace0.0", "--to", RowNames.VmId);
        run.AssertStatus(3);
        Assert.That(run.Output, Is.EqualTo(
            $"namespace0.0 (uuid-{Uuid}) is before's\n"
            + $"it holds labels of a guest at {RowNames.EngineOffset}, with 2 namespaces\n"
            + $"it would be {RowNames.VmId}'s; nothing was changed. Repeat it with --yes.\n"));
        Assert.That(Record, Is.EqualTo(record));
    }

    [TestCase(RowNames.VmId, null, RowNames.VmId, "namespace0.0")]
    [TestCase("5B0A7C1E-52B0-4C8E-9C7E-2F4A3A1C9D10", null, RowNames.VmId, Uuid)]
    [TestCase("db", "db", null, $"uuid-{Uuid}")]
    public async Task WithYes_TheVmIsTheOwner_AndNothingElseIsChanged(string to, string? name, string? id, string device)
    {
        await RecordAsync(Before);
        var record = Record;
        var run = await host.Run("layout", "give", device, "--to", to, "--yes");
        run.AssertStatus(0);
        Assert.That(run.Output, Does.EndWith($"it is {name ?? id}'s now\n"));
        Assert.That(Record.OwnedSince, Is.GreaterThan(record.OwnedSince!.Value));
        Assert.That(Record, Is.EqualTo(record with { VmName = name, VmId = id, OwnedBy = OwnershipAct.Given, OwnedSince = Record.OwnedSince }));
        (await host.Run("layout", "check", "--device", "namespace0.0", "--domain-xml", Domain())).AssertStatus(0);
    }

    [Test]
    public async Task Released_ItIsNobodys_AndTheNextVmsThatUsesIt()
    {
        await RecordAsync(Before);
        var run = await host.Run("layout", "give", "namespace0.0", "--none", "--yes");
        run.AssertStatus(0);
        Assert.That(run.Output, Does.EndWith("it is nobody's now\n"));
        Assert.That((Record.Owner, Record.OwnedBy, Record.Layout is null), Is.EqualTo(((DeviceOwner?)null, OwnershipAct.Released, false)));
        (await host.Run("layout", "record", "--device", "namespace0.0", "--domain-xml", Domain())).AssertStatus(0);
        Assert.That((Record.Owner, Record.OwnedBy), Is.EqualTo((new DeviceOwner(RowNames.Vm, RowNames.VmId), OwnershipAct.FirstUse)));
    }

    /// <summary>A device that no record knows: only its owner is noted, and the layout is that of the first start.</summary>
    [Test]
    public async Task DeviceWithoutRecord_GetsOne()
    {
        (await host.Run("layout", "give", "namespace0.0", "--to", RowNames.VmId, "--yes")).AssertStatus(0);
        Assert.That((Record.VmId, Record.Layout, Record.IsExpected), Is.EqualTo((RowNames.VmId, (DeviceLayout?)null, false)));
        (await host.Run("layout", "check", "--device", "namespace0.0", "--domain-xml", Domain())).AssertStatus(0);
        var other = await host.Run("layout", "check", "--device", "namespace0.0", "--domain-xml", Domain("other", RowNames.OtherVmId));
        other.AssertStatus(3);
        Assert.That(other.Output, Does.Contain(NvdimmCodes.UsedByOtherVm));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task ForPrograms_IsTheSame(bool yes)
    {
        await RecordAsync(Before);
        var run = await host.Run(["layout", "give", "namespace0.0", "--to", RowNames.VmId, "--json", .. yes ? new[] { "--yes" } : []]);
        run.AssertStatus(yes ? 0 : 3);
        Assert.That(
            ((bool)run.Json["given"]!, (string?)run.Json["device"], (string?)run.Json["owner"], (string?)run.Json["to"]),
            Is.EqualTo((yes, "namespace0.0", "before", RowNames.VmId)));
        Assert.That(run.Json["holds"]!.Select(text => (string?)text), Is.EqualTo(new[] { $"labels of a guest at {RowNames.EngineOffset}, with 2 namespaces" }));
        Assert.That((string?)run.Json["record"]!.SelectToken("vmId"), Is.EqualTo(yes ? RowNames.VmId : null));
        Assert.That(run.Json["findings"], Is.Empty);
    }

    /// <summary>All data is shifted there, whoever the owner is.</summary>
    [TestCase(RowNames.OtherVmId)]
    [TestCase(RowNames.VmId)]
    public async Task RawAreaOfARecordedDevice_IsRefused(string to)
    {
        await RecordAsync(Before);
        host.Device = host.Device with { Uuid = TestHost.RawUuid, RawUuid = null, Mode = NamespaceMode.Raw };
        host.ShowInSysfs();
        var records = host.Ledger.List().Records;
        var run = await host.Run("layout", "give", "namespace0.0", "--to", to, "--yes");
        run.AssertStatus(3);
        Assert.That(run.Output, Does.Contain(NvdimmCodes.FellBackToRaw).And.EndWith("nothing was changed\n"));
        Assert.That(host.Ledger.List().Records, Is.EqualTo(records));
    }

    /// <summary>trials/guard.md 8: the namespace is made anew with the content kept.</summary>
    [Test]
    public async Task GivenDevice_IsAnotherThanTheRecordedOne_FromThenOn()
    {
        await RecordAsync(Before);
        var before = DeviceIdentity.Of(host.Device);
        host.Device = host.Device with { Uuid = new Guid("22222222-82b6-40ad-8962-6f0412bab47d") };
        host.ShowInSysfs();
        var check = await host.Run("layout", "check", "--device", "namespace0.0", "--domain-xml", Domain());
        check.AssertStatus(3);
        Assert.That(check.Output, Does.Contain(NvdimmCodes.IdentityUncertain).And.Contain($"nvdimm layout give namespace0.0 --to {RowNames.VmId}"));
        (await host.Run("layout", "give", "namespace0.0", "--to", RowNames.VmId, "--yes")).AssertStatus(0);
        Assert.That(Record.DistinctFrom, Is.EqualTo(new[] { before }));
        var after = await host.Run("layout", "check", "--device", "namespace0.0", "--domain-xml", Domain());
        after.AssertStatus(0);
        Assert.That(after.Output, Does.Not.Contain(NvdimmCodes.IdentityUncertain));
        (await host.Run("layout", "check", "--device", "namespace0.0", "--domain-xml", Domain("other", RowNames.OtherVmId))).AssertStatus(3);
    }

    /// <summary>A device that the host does not show at the moment is known by its record.</summary>
    [Test]
    public async Task DeviceThatIsNotThere_IsGivenByItsRecord()
    {
        await RecordAsync(Before);
        host.HideFromSysfs();
        var run = await host.Run("layout", "give", $"uuid-{Uuid}", "--to", RowNames.VmId, "--yes");
        run.AssertStatus(0);
        Assert.That(run.Output, Does.Not.Contain("it holds"));
        Assert.That(Record.VmId, Is.EqualTo(RowNames.VmId));
    }

    [Test]
    public async Task DeviceThatNobodyKnows_Is3()
    {
        var run = await host.Run("layout", "give", "namespace7.0", "--to", "db", "--yes");
        run.AssertStatus(3);
        Assert.That(run.Error, Is.EqualTo("nvdimm: neither the ledger nor the listing has a device 'namespace7.0'.\n"));
        Assert.That(host.Ledger.List().Records, Is.Empty);
    }

    [Test]
    public async Task DamagedRecord_Is5AndStays()
    {
        await RecordAsync(Before);
        await File.WriteAllTextAsync(host.RecordFile, "{");
        (await host.Run("layout", "give", "namespace0.0", "--to", "db", "--yes")).AssertStatus(5);
        Assert.That(await File.ReadAllTextAsync(host.RecordFile), Is.EqualTo("{"));
    }

    [TestCase("layout", "give")]
    [TestCase("layout", "give", "namespace0.0")]
    [TestCase("layout", "give", "namespace0.0", "--to", " ")]
    [TestCase("layout", "give", "namespace0.0", "--to", "db", "--none")]
    public async Task WrongCommandLine_Is2(params string[] arguments) => (await ToolRun.Of(arguments)).AssertStatus(2);

    private string Domain(string? name = null, string? id = null) => host.Write("vm.xml", new RowDomain { Target = RowNames.EngineTarget }
        .Xml(host.Device.Path!, GuestArchitecture.X86_64)
        .Replace(RowNames.VmId, id ?? RowNames.VmId, StringComparison.Ordinal)
        .Replace($"<name>{RowNames.Vm}</name>", $"<name>{name ?? RowNames.Vm}</name>", StringComparison.Ordinal));

    private async Task RecordAsync(DeviceOwner owner)
    {
        (await host.Run("layout", "record", "--device", "namespace0.0", "--domain-xml", Domain(owner.VmName, owner.VmId))).AssertStatus(0);
        Assert.That(Record.Owner, Is.EqualTo(owner));
    }
}

using System.Text.Json.Nodes;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Tests.Start;
using Nvdimm.Extensions.Ownership;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Tests;

/// <summary>Whose device it is, by <c>nvdimm layout record</c>, <c>forget</c>, <c>import</c> and <c>adopt</c>.</summary>
public sealed class LayoutOwnerTests
{
    private const string OtherHost = "1234567890abcdef1234567890abcdef";
    private const string Adopting = "nvdimm layout adopt --state-folder ";

    private static readonly DeviceOwner Owner = new(RowNames.Vm, RowNames.VmId);

    private TestHost host = null!;

    [SetUp]
    public void MakeHost() => host = new TestHost(1024, RowNames.EngineOffset);

    [TearDown]
    public void RemoveHost() => host.Dispose();

    private LayoutRecord Record => host.Ledger.Find(DeviceIdentity.Of(host.Device)).Record!;

    private string OtherFolder => host.PathOf("elsewhere");

    private string Marker => Path.Combine(host.State, $"host-{MachineId.Of(host.PathOf())}");

    /// <summary>trials/guard.md 1</summary>
    [Test]
    public async Task Record_TakesTheOwnerFromTheDomain()
    {
        var run = await RecordAsync(0, RowNames.Vm, RowNames.VmId);
        Assert.That(run.Output, Does.EndWith($", {RowNames.Vm}'s\n"));
        Assert.That((Record.Owner, Record.OwnedBy), Is.EqualTo((Owner, OwnershipAct.FirstUse)));
    }

    /// <summary>trials/guard.md 1: without a domain, or with the same VM's, the owner stays.</summary>
    [Test]
    public async Task Record_Again_LeavesTheOwner()
    {
        await RecordAsync(0, RowNames.Vm, RowNames.VmId);
        var since = Record.OwnedSince;
        var run = await host.Run("layout", "record", "--device", "namespace0.0", "--strategy", "ovirt");
        run.AssertStatus(0);
        Assert.That(run.Output, Does.EndWith($", {RowNames.Vm}'s\n"));
        await RecordAsync(0, "renamed", RowNames.VmId.ToUpperInvariant());
        Assert.That((Record.Owner!.Is(null, RowNames.VmId), Record.OwnedSince, Record.OwnedBy), Is.EqualTo((true, since, OwnershipAct.FirstUse)));
    }

    /// <summary>trials/guard.md 1: recording another VM's domain takes nothing away.</summary>
    [Test]
    public async Task Record_ForAnotherVm_IsRefused()
    {
        await RecordAsync(0, RowNames.Vm, RowNames.VmId);
        var record = Record;
        var run = await RecordAsync(3, RowNames.OtherVm, RowNames.OtherVmId);
        Assert.That(run.Output, Does.StartWith("not recorded: namespace0.0\n").And.Contain($"nvdimm layout give namespace0.0 --to {RowNames.OtherVmId}"));
        Assert.That(Record, Is.EqualTo(record));
    }

    /// <summary>trials/guard.md 1: without a VM that is said, and the first one that starts is the owner.</summary>
    [Test]
    public async Task Record_WithoutVm_SaysThatItIsNobodys()
    {
        var run = await host.Run("layout", "record", "--device", "namespace0.0");
        run.AssertStatus(0);
        Assert.That(run.Output, Does.Contain("nobody's: the first VM that starts with it becomes its owner"));
        Assert.That((Record.Owner, Record.OwnedBy), Is.EqualTo(((DeviceOwner?)null, (OwnershipAct?)null)));
        await RecordAsync(0, RowNames.Vm, RowNames.VmId);
        Assert.That((Record.Owner, Record.OwnedBy), Is.EqualTo((Owner, OwnershipAct.FirstUse)));
    }

    /// <summary>trials/guard.md 6: seen and said, and of no weight here, until it is taken over.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public async Task Import_OfAnotherHostsRecords_DecidesNothingHere_UnlessTheyAreTakenOver(bool isForThisHost)
    {
        host.Device = host.Device with { Uuid = null };
        await RecordAsync(0, RowNames.Vm, RowNames.VmId);
        var export = Exported();
        var run = await host.Run(["layout", "import", export, .. isForThisHost ? new[] { "--for-this-host" } : []]);
        run.AssertStatus(0);
        Assert.That(run.Output, Does.StartWith("added: 1, there already: 0\n"));
        var check = await CheckAsync(RowNames.OtherVm, RowNames.OtherVmId);
        var record = host.Ledger.List().Records.Single();
        if (isForThisHost)
        {
            Assert.That(run.Output, Does.Not.Contain(NvdimmCodes.RecordOfOtherHost));
            Assert.That((record.Host, record.Owner, record.OwnedBy), Is.EqualTo((host.Ledger.Host, Owner, OwnershipAct.Imported)));
            check.AssertStatus(3);
            Assert.That(check.Output, Does.Contain(NvdimmCodes.UsedByOtherVm));
        }
        else
        {
            Assert.That(run.Output, Does.Contain(NvdimmCodes.RecordOfOtherHost).And.Contain(OtherHost).And.Contain("--for-this-host"));
            Assert.That((record.Host, host.Ledger.Find(record.Identity).Record), Is.EqualTo((OtherHost, (LayoutRecord?)null)));
        }
    }

    /// <summary>A uuid leads to the device itself, wherever it was: its owner is the owner here, which is said.</summary>
    [Test]
    public async Task Import_OfARecordWithUuid_KeepsTheOwnerOfADeviceThatHasMoved()
    {
        await RecordAsync(0, RowNames.Vm, RowNames.VmId);
        (await host.Run("layout", "import", Exported())).AssertStatus(0);
        var other = await CheckAsync(RowNames.OtherVm, RowNames.OtherVmId);
        other.AssertStatus(3);
        Assert.That(other.Output, Does.Contain(NvdimmCodes.UsedByOtherVm).And.Contain(NvdimmCodes.RecordOfOtherHost));
        (await CheckAsync(RowNames.Vm, RowNames.VmId)).AssertStatus(0);
    }

    [Test]
    public async Task Import_ForPrograms_NamesTheRecordsOfOtherHosts()
    {
        await RecordAsync(0, RowNames.Vm, RowNames.VmId);
        var run = await host.Run("layout", "import", Exported(), "--json");
        run.AssertStatus(0);
        Assert.That(((int)run.Json["added"]!, ToolRun.Codes(run.Json["findings"]).Single()), Is.EqualTo((1, NvdimmCodes.RecordOfOtherHost)));
    }

    /// <summary>The record of a device without uuid has its host in the name of its file.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public async Task Forget_OfARecordByName_NamesItsFile(bool isDamaged)
    {
        host.Device = host.Device with { Uuid = null };
        await RecordAsync(0, RowNames.Vm, RowNames.VmId);
        var file = Path.Combine(host.State, $"name-namespace0.0@{host.Ledger.Host}.json");
        var text = isDamaged ? "{" : await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, text);
        var run = await host.Run("layout", "forget", isDamaged ? Path.GetFileName(file) : "namespace0.0", "--yes");
        run.AssertStatus(0);
        Assert.That(File.Exists(file), Is.False);
        Assert.That(RealProgram.Run("/bin/sh", "-c", run.Output.Split("To undo it: ")[1].Trim()).ExitCode, Is.Zero);
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo(text));
    }

    /// <summary>trials/guard.md 11</summary>
    [TestCase(true)]
    [TestCase(false)]
    public async Task Adopt_MakesTheFolderThisHosts(bool isOfAnother)
    {
        Directory.Delete(host.State, recursive: true);
        if (isOfAnother)
        {
            StateFolder.Make(host.State, OtherHost);
            var before = await CheckAsync(RowNames.Vm, RowNames.VmId);
            Assert.That(before.Status, Is.Not.Zero);
            Assert.That(before.Output, Does.Contain(NvdimmCodes.StateFolderForeign).And.Contain(Adopting + host.State));
        }

        var run = await host.Run("layout", "adopt");
        run.AssertStatus(0);
        Assert.That(run.Output, Is.EqualTo($"{host.State} is this host's ({host.Ledger.Host}); it has 0 records\n"));
        Assert.That(File.Exists(Marker), Is.True);
        (await CheckAsync(RowNames.Vm, RowNames.VmId)).AssertStatus(0);
    }

    /// <summary>On a fresh machine each command that writes says what to run first; an adopted folder is all that it takes.</summary>
    [TestCase("layout", "record", "--device", "namespace0.0")]
    [TestCase("layout", "accept", "--device", "namespace0.0", "--strategy", "largest", "--finding", "moved")]
    [TestCase("layout", "give", "namespace0.0", "--to", "vm", "--yes")]
    [TestCase("layout", "share", "namespace0.0", "--vm", "one", "two")]
    public async Task WriteWithoutStateFolder_SaysInOneLineWhatToRunFirst(params string[] command)
    {
        host.Place(1026, command.Contains("accept", StringComparer.Ordinal) ? [TestHost.OffsetOf1026] : []);
        Directory.Delete(host.State, recursive: true);
        var refused = await host.Run(command);
        refused.AssertStatus(5);
        Assert.That(refused.Error, Does.StartWith($"nvdimm: There is no state folder {host.State}: ").And.Contain($"'{Adopting}{host.State}'"));
        Assert.That(refused.Error.TrimEnd('\n'), Does.Not.Contain("\n"));
        Assert.That(Directory.Exists(host.State), Is.False);
        (await host.Follow(Adopting + host.State)).AssertStatus(0);
        (await host.Run(command)).AssertStatus(0);
    }

    /// <summary>An export of this host's records restores a lost folder in one step: no VM can start in between.</summary>
    [Test]
    public async Task Import_OfThisHostsRecords_RestoresALostFolder()
    {
        await RecordAsync(0, RowNames.Vm, RowNames.VmId);
        var file = host.Write("export.json", host.Ledger.Export().Json);
        Directory.Delete(host.State, recursive: true);
        (await host.Run("layout", "import", file)).AssertStatus(0);
        Assert.That((File.Exists(Marker), host.Ledger.List().Records.Count), Is.EqualTo((true, 1)));
        Directory.Delete(host.State, recursive: true);
        var json = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        json["records"]![0]!["host"] = OtherHost;
        await File.WriteAllTextAsync(file, json.ToJsonString());
        var refused = await host.Run("layout", "import", file);
        refused.AssertStatus(5);
        Assert.That(refused.Error, Does.Contain($"'{Adopting}{host.State}'"));
        Assert.That(Directory.Exists(host.State), Is.False);
        (await host.Run("layout", "import", "--for-this-host", file)).AssertStatus(0);
        Assert.That(File.Exists(Marker), Is.True);
    }

    [Test]
    public async Task Adopt_ForPrograms_AndTwice_IsTheSame()
    {
        await RecordAsync(0, RowNames.Vm, RowNames.VmId);
        (await host.Run("layout", "adopt")).AssertStatus(0);
        var run = await host.Run("layout", "adopt", "--json");
        run.AssertStatus(0);
        Assert.That(((string?)run.Json["folder"], (string?)run.Json["host"], (int)run.Json["records"]!), Is.EqualTo((host.State, host.Ledger.Host, 1)));
    }

    /// <summary>A folder of an earlier version has records and no marker: it is this host's.</summary>
    [Test]
    public async Task FolderOfAnEarlierVersion_IsThisHosts()
    {
        await RecordAsync(0, RowNames.Vm, RowNames.VmId);
        File.Delete(Marker);
        (await CheckAsync(RowNames.Vm, RowNames.VmId)).AssertStatus(0);
        File.Delete(host.RecordFile);
        Assert.That((await CheckAsync(RowNames.Vm, RowNames.VmId)).Output, Does.Contain(NvdimmCodes.StateFolderForeign));
    }

    /// <summary>What the other host has exported; its records are gone from this one.</summary>
    private string Exported()
    {
        var other = new LayoutLedger(OtherFolder, TimeProvider.System, OtherHost);
        StateFolder.Make(OtherFolder, OtherHost);
        var record = Record;
        other.Save(new LayoutUse
        {
            Identity = record.Identity,
            Name = record.Name,
            Path = record.Path,
            Layout = record.Layout!,
            VmName = record.VmName,
            VmId = record.VmId,
            LabelHash = record.LabelHash,
            LabelSum = record.LabelSum,
            LabelSizes = record.LabelSizes,
            Mode = record.Mode,
        });
        host.Ledger.Forget(record.Identity);
        return host.Write("export.json", other.Export().Json);
    }

    private Task<ToolRun> CheckAsync(string name, string id) => host.Run("layout", "check", "--device", "namespace0.0", "--domain-xml", Domain(name, id));

    private async Task<ToolRun> RecordAsync(int status, string name, string id)
    {
        var run = await host.Run("layout", "record", "--device", "namespace0.0", "--domain-xml", Domain(name, id));
        run.AssertStatus(status);
        return run;
    }

    private string Domain(string name, string id) => host.Write("vm.xml", new RowDomain().Xml(host.Device.Path!, GuestArchitecture.X86_64)
        .Replace(RowNames.VmId, id, StringComparison.Ordinal)
        .Replace($"<name>{RowNames.Vm}</name>", $"<name>{name}</name>", StringComparison.Ordinal));
}

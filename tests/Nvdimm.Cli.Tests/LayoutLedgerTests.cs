using Newtonsoft.Json;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Cli.Tests;

/// <summary>The commands that read and write the ledger.</summary>
public sealed class LayoutLedgerTests
{
    private const string Key = "uuid-8ef81800-82b6-40ad-8962-6f0412bab47d";
    private const string Uuid = "8ef81800-82b6-40ad-8962-6f0412bab47d";

    private TestHost host = null!;

    [SetUp]
    public void MakeHost() => host = new TestHost(512, TestHost.Offset);

    [TearDown]
    public void RemoveHost() => host.Dispose();

    [Test]
    public async Task Record_ThenTheCheckIsTheSame()
    {
        var run = await host.Run("layout", "record", "--device", "namespace0.0", "--vm", TestFiles.PathOf("vm", "vm.example.json"));
        run.AssertStatus(0);
        Assert.That(run.Output, Is.EqualTo($"recorded: namespace0.0 as {Key}, database's\n"));
        var record = host.Ledger.Find(DeviceIdentity.Of(host.Device)).Record!;
        Assert.That((record.VmName, record.Layout!.LabelOffset, record.LabelHash?.Length), Is.EqualTo(("database", ByteSize.FromBytes(TestHost.Offset), 64)));
        var again = await host.Run("layout", "check", "--device", Uuid);
        again.AssertStatus(0);
        Assert.That(again.Output, Does.Contain("last use of namespace0.0: same, allowed\n").And.Contain(" by database"));
    }

    [Test]
    public async Task Record_OverADisagreeingVerdict_IsRefusedAndWritesNothing()
    {
        host.Place(1026, TestHost.OffsetOf1026);
        var run = await host.Run("layout", "record", "--device", "namespace0.0", "--strategy", "largest", "--json");
        run.AssertStatus(3);
        var device = run.Json["devices"]!.Single();
        Assert.That(((bool)device["recorded"]!, ToolRun.Codes(device["findings"]).Single()), Is.EqualTo((false, NvdimmCodes.LayoutMoved)));
        Assert.That(host.Kept, Is.Empty);
        var accepted = await host.Run("layout", "accept", "--device", "namespace0.0", "--strategy", "largest", "--finding", "moved");
        accepted.AssertStatus(0);
        (await host.Run("layout", "record", "--device", "namespace0.0", "--strategy", "largest")).AssertStatus(0);
        Assert.That(host.Ledger.Find(DeviceIdentity.Of(host.Device)).Record!.Layout!.BackendSize, Is.EqualTo(ByteSize.FromMiB(1026)));
    }

    [Test]
    public async Task Record_WhileAVmUsesIt_IsPossible_ButNotOfAnotherDevice()
    {
        host.Claims.TryClaim(DeviceIdentity.Of(host.Device), "namespace0.0", ClaimHolder.OfProcess("db", null, Environment.ProcessId));
        (await host.Run("layout", "record", "--device", "namespace0.0")).AssertStatus(0);
        host.Write("sys/block/pmem0/device/uuid", "\n");
        (await host.Run("layout", "record", "--device", "namespace0.0")).AssertStatus(3);
    }

    /// <summary>A record of its own would let every VM start with it.</summary>
    [Test]
    public async Task Record_OfANamespaceThatFellBackToItsRawArea_IsRefused()
    {
        (await host.Run("layout", "record", "--device", "namespace0.0")).AssertStatus(0);
        host.Device = host.Device with { Uuid = null, Mode = NamespaceMode.Raw };
        host.Place(514);
        var run = await host.Run("layout", "record", "--device", "namespace0.0");
        run.AssertStatus(3);
        Assert.That(run.Output, Does.Contain(NvdimmCodes.FellBackToRaw).And.Contain($"nvdimm layout forget {Key}"));
        Assert.That(host.Ledger.List().Records, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Record_OverADamagedRecord_Is5AndLeavesIt()
    {
        (await host.Run("layout", "record", "--device", "namespace0.0")).AssertStatus(0);
        await File.WriteAllTextAsync(host.RecordFile, "{");
        var run = await host.Run("layout", "record", "--device", "namespace0.0");
        run.AssertStatus(5);
        Assert.That(run.Output, Does.StartWith("not recorded: namespace0.0\nerror   NVDIMM_LEDGER_DAMAGED"));
        Assert.That(await File.ReadAllTextAsync(host.RecordFile), Is.EqualTo("{"));
    }

    [Test]
    public async Task Record_UnknownName_Is3()
    {
        var run = await host.Run("layout", "record", "--device", "nothing");
        run.AssertStatus(3);
        Assert.That(run.Error, Is.EqualTo("nvdimm: no device is named 'nothing'.\n'nvdimm list' shows all 1.\n"));
    }

    [TestCase("moved", true)]
    [TestCase(NvdimmCodes.LayoutMoved, true)]
    [TestCase("resized", false)]
    [TestCase("ambiguous", false)]
    [TestCase(NvdimmCodes.LayoutResized, false)]
    public async Task Accept_OnlyWhatWasFound(string finding, bool isAccepted)
    {
        host.Place(1026, TestHost.OffsetOf1026);
        var run = await host.Run("layout", "accept", "--device", "namespace0.0", "--strategy", "largest", "--finding", finding, "--by", "root", "--note", "blank it");
        run.AssertStatus(isAccepted ? 0 : 3);
        Assert.That(run.Error, isAccepted ? Is.Empty : Is.EqualTo($"nvdimm: '{finding}' is not what was found: the verdict is moved, and what can be accepted is NVDIMM_LAYOUT_MOVED; nothing was accepted.\n"));
        Assert.That(host.Kept.Any(), Is.EqualTo(isAccepted));
        var check = await host.Run("layout", "check", "--device", "namespace0.0", "--strategy", "largest");
        check.AssertStatus(isAccepted ? 0 : 3);
        Assert.That(check.Output, Does.Contain($"last use of namespace0.0: moved, {(isAccepted ? "accepted" : "refused")}\n"));
        if (isAccepted)
        {
            var accepted = host.Ledger.Find(DeviceIdentity.Of(host.Device)).Record!.Accepted.Single();
            Assert.That((accepted.By, accepted.Note), Is.EqualTo(("root", "blank it")));
        }
    }

    /// <summary>A device that is smaller and has its labels elsewhere: each is accepted for itself.</summary>
    [Test]
    public async Task Accept_OneOfTwo_LeavesTheOtherRefused()
    {
        (await host.Run("layout", "record", "--device", "namespace0.0")).AssertStatus(0);
        host.Place(1026, TestHost.Offset);
        var run = await host.Run("layout", "accept", "--device", "namespace0.0", "--finding", "moved", "--json");
        run.AssertStatus(0);
        Assert.That(ToolRun.Codes(run.Json["accepted"]), Is.EqualTo(new[] { NvdimmCodes.LayoutChanged, NvdimmCodes.LayoutMoved }));
        Assert.That(ToolRun.Codes(run.Json["remaining"]), Is.EqualTo(new[] { NvdimmCodes.LayoutResized }));
        (await host.Run("layout", "check", "--device", "namespace0.0")).AssertStatus(3);
        (await host.Run("layout", "accept", "--device", "namespace0.0", "--finding", NvdimmCodes.LayoutResized)).AssertStatus(0);
        (await host.Run("layout", "check", "--device", "namespace0.0")).AssertStatus(0);
    }

    [Test]
    public async Task Accept_WhereNothingIsRefused_Is3()
    {
        var run = await host.Run("layout", "accept", "--device", "namespace0.0", "--finding", "moved");
        run.AssertStatus(3);
        Assert.That(run.Error, Does.Contain("the verdict is same, and nothing is there to be accepted"));
    }

    [Test]
    public async Task Accept_DamagedRecord_CannotBe()
    {
        await File.WriteAllTextAsync(host.RecordFile, "{");
        (await host.Run("layout", "accept", "--device", "namespace0.0", "--finding", "unknown")).AssertStatus(3);
        (await host.Run("layout", "accept", "--device", "namespace0.0", "--finding", NvdimmCodes.LedgerDamaged)).AssertStatus(2);
    }

    [TestCase]
    [TestCase("namespace0.0")]
    [TestCase(Uuid)]
    [TestCase(Key)]
    public async Task Show_NamesTheDamagedToo(params string[] name)
    {
        (await host.Run("layout", "record", "--device", "namespace0.0", "--vm", TestFiles.PathOf("vm", "vm.example.json"))).AssertStatus(0);
        var good = await host.Run(["layout", "show", .. name]);
        good.AssertStatus(0);
        Assert.That(good.Output, Does.Match($@"\nnamespace0\.0\tdatabase\t402653184\t404619264\t\d{{4}}-[^\t]+\tovirt\t404750336\t\S+\t0\t\d{{4}}-[^\t]+\t{Key}\t-\n"));
        var damaged = host.Write("state/name-namespace9.0.json", "{");
        var run = await host.Run(["layout", "show", .. name, "--json"]);
        run.AssertStatus(5);
        Assert.That((string?)run.Json["records"]!.Single()["identity"], Is.EqualTo(Key));
        Assert.That((string?)run.Json["damaged"]!.Single()["arguments"]!["file"], Is.EqualTo(damaged));
        Assert.That((await host.Run("layout", "show")).Error, Does.Contain($"error   NVDIMM_LEDGER_DAMAGED: {damaged} is damaged"));
    }

    [Test]
    public async Task Show_Nothing_SaysWhy()
    {
        Directory.Delete(host.State, recursive: true);
        var run = await host.Run("layout", "show");
        run.AssertStatus(ExitStatus.BadInput);
        Assert.That((run.Output, run.Error), Is.EqualTo(("", $"nvdimm: there is no state folder {host.State}: no layout was recorded here. 'nvdimm host install' or 'nvdimm layout adopt' makes it.\n")));
        (await host.Run("layout", "show", "namespace0.0")).AssertStatus(ExitStatus.BadInput);
        Directory.CreateDirectory(host.State);
        (await host.Run("layout", "show", "namespace0.0")).AssertStatus(ExitStatus.Refused);
        run = await host.Run("layout", "show");
        run.AssertStatus(0);
        Assert.That((run.Output, run.Error), Is.EqualTo(("", $"No record in {host.State}.\n")));
    }

    [Test]
    public async Task Show_FolderThatCannotBeRead_Is5()
    {
        Directory.CreateDirectory(host.RecordFile);
        (await host.Run("layout", "show")).AssertStatus(5);
    }

    [TestCase("namespace0.0", false)]
    [TestCase(Uuid, false)]
    [TestCase(Key, true)]
    [TestCase(Key + ".json", true)]
    public async Task Forget_PutsAside_AndSaysHowToUndo(string name, bool isDamaged)
    {
        (await host.Run("layout", "record", "--device", "namespace0.0")).AssertStatus(0);
        if (isDamaged)
        {
            await File.WriteAllTextAsync(host.RecordFile, "{");
        }

        var before = await File.ReadAllTextAsync(host.RecordFile);
        var dry = await host.Run("layout", "forget", name);
        dry.AssertStatus(3);
        Assert.That(dry.Output, Does.Contain("nothing was changed"));
        Assert.That(File.Exists(host.RecordFile), Is.True);
        var run = await host.Run("layout", "forget", name, "--yes");
        run.AssertStatus(0);
        Assert.That(File.Exists(host.RecordFile), Is.False);
        var undo = run.Output.Split("To undo it: ")[1].Trim();
        Assert.That(RealProgram.Run("/bin/sh", "-c", undo).ExitCode, Is.Zero);
        Assert.That(await File.ReadAllTextAsync(host.RecordFile), Is.EqualTo(before));
    }

    [Test]
    public async Task Forget_WhatIsNotThere_Is3()
    {
        var run = await host.Run("layout", "forget", "../../etc/passwd", "--yes");
        run.AssertStatus(3);
        Assert.That(run.Error, Does.Contain("no record of '../../etc/passwd'"));
    }

    [Test]
    public async Task NothingFound_IsSaidInJson_Too()
    {
        var forget = await host.Run("layout", "forget", "namespace7.0", "--yes", "--json");
        forget.AssertStatus(3);
        Assert.That(forget.Json.ToString(Formatting.None), Is.EqualTo("""{"forgotten":false,"record":null,"keptAs":null}"""));

        var accept = await host.Run("layout", "accept", "--device", "namespace7.0", "--finding", "moved", "--json");
        Assert.That(accept.Status, Is.Not.Zero);
        Assert.That(accept.Json.ToString(Formatting.None), Is.EqualTo("""{"accepted":[],"remaining":[],"record":null}"""));
    }

    [Test]
    public async Task ExportAndImport_CarryTheRecords_AndOverwriteNothing()
    {
        (await host.Run("layout", "record", "--device", "namespace0.0")).AssertStatus(0);
        var file = host.PathOf("export.json");
        (await host.Run("layout", "export", file)).AssertStatus(0);
        (await host.Run("layout", "export", file)).AssertStatus(4);
        Assert.That((await host.Run("layout", "export", "-")).Output, Is.EqualTo(await File.ReadAllTextAsync(file)));
        var same = await host.Run("layout", "import", file, "--json");
        same.AssertStatus(0);
        Assert.That(((int)same.Json["added"]!, (int)same.Json["unchanged"]!), Is.EqualTo((0, 1)));

        (await host.Run("layout", "record", "--device", "namespace0.0", "--vm", TestFiles.PathOf("vm", "vm.example.json"))).AssertStatus(0);
        var conflict = await host.Run("layout", "import", file);
        conflict.AssertStatus(3);
        Assert.That(conflict.Output, Does.StartWith("nothing was imported\nerror   NVDIMM_LEDGER_CONFLICT"));
        (await host.Run("layout", "forget", "namespace0.0", "--yes")).AssertStatus(0);
        Assert.That((await host.Run("layout", "import", file)).Output, Is.EqualTo("added: 1, there already: 0\n"));
    }

    [Test]
    public async Task Export_WithADamagedRecord_Is5AndWritesTheRest()
    {
        (await host.Run("layout", "record", "--device", "namespace0.0")).AssertStatus(0);
        host.Write("state/name-namespace9.0.json", "{");
        var run = await host.Run("layout", "export", host.PathOf("export.json"), "--json");
        run.AssertStatus(5);
        Assert.That(ToolRun.Codes(run.Json["missing"]), Is.EqualTo(new[] { NvdimmCodes.LedgerDamaged }));
        Assert.That(await File.ReadAllTextAsync(host.PathOf("export.json")), Does.Contain(Key));
    }

    [Test]
    public async Task Import_OfADamagedFile_Is4_AndOverADamagedRecord5()
    {
        (await host.Run("layout", "import", host.Write("bad.json", "{"))).AssertStatus(4);
        (await host.Run("layout", "import", host.PathOf("none.json"))).AssertStatus(4);
        (await host.Run("layout", "record", "--device", "namespace0.0")).AssertStatus(0);
        (await host.Run("layout", "export", host.PathOf("export.json"))).AssertStatus(0);
        await File.WriteAllTextAsync(host.RecordFile, "{");
        (await host.Run("layout", "import", host.PathOf("export.json"))).AssertStatus(5);
        Assert.That(await File.ReadAllTextAsync(host.RecordFile), Is.EqualTo("{"));
    }

    [TestCase("layout", "check")]
    [TestCase("layout", "forget")]
    [TestCase("layout", "accept", "--device", "namespace0.0")]
    [TestCase("layout", "accept", "--device", "namespace0.0", "--finding", "first-use")]
    [TestCase("layout", "accept", "--device", "namespace0.0", "--finding", "moved", "--by", " ")]
    [TestCase("layout", "check", "--device", "a", "--vm", "v", "--arch", "ppc64")]
    [TestCase("layout", "record", "--device", "a", "--vm", "-", "--ndctl", "-")]
    public async Task WrongCommandLine_Is2(params string[] arguments) => (await ToolRun.Of(arguments)).AssertStatus(2);
}

using Newtonsoft.Json;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Cli.Tests;

/// <summary><c>nvdimm layout share</c>.</summary>
public sealed class LayoutShareTests
{
    private const string Key = "uuid-8ef81800-82b6-40ad-8962-6f0412bab47d";

    private TestHost host = null!;

    [SetUp]
    public void MakeHost() => host = new TestHost();

    [TearDown]
    public void RemoveHost() => host.Dispose();

    /// <summary>A device that the ledger knows, and one that only the listing has.</summary>
    [TestCase("namespace0.0", true)]
    [TestCase(Key, true)]
    [TestCase("namespace0.0", false)]
    [TestCase(Key, false)]
    [TestCase("8ef81800-82b6-40ad-8962-6f0412bab47d", false)]
    public async Task Share_IsRecordedAndShown_UntilItIsWithdrawn(string name, bool isRecorded)
    {
        if (isRecorded)
        {
            (await host.Run("layout", "record", "--device", "namespace0.0")).AssertStatus(0);
        }

        var run = await host.Run("layout", "share", name, "--vm", "db", "web", "--by", "root", "--note", "OCFS2");
        run.AssertStatus(0);
        Assert.That(run.Output, Is.EqualTo("namespace0.0 may be used at the same time by db, web\n"));
        var record = host.Ledger.Find(DeviceIdentity.Of(host.Device)).Record!;
        Assert.That(record.Layout is not null, Is.EqualTo(isRecorded));
        Assert.That(record.Sharing, Is.EqualTo(new DeviceSharing
        {
            Vms = ["db", "web"],
            At = record.Sharing!.At,
            By = "root",
            Note = "OCFS2",
        }));
        Assert.That((await host.Run("layout", "show")).Output, Does.Contain("db, web"));
        var shown = (await host.Run("layout", "show", "--json")).Json["records"]!.Single()["sharing"]!;
        Assert.That(shown["vms"]!.Select(vm => (string?)vm), Is.EqualTo(["db", "web"]));
        Assert.That(((string?)shown["by"], (string?)shown["note"]), Is.EqualTo(("root", "OCFS2")));

        var none = await host.Run("layout", "share", name, "--none");
        none.AssertStatus(0);
        Assert.That(none.Output, Is.EqualTo("namespace0.0 may be used by one VM at a time\n"));
        Assert.That(host.Ledger.Find(DeviceIdentity.Of(host.Device)).Record!.Sharing, Is.Null);
    }

    [Test]
    public async Task Share_ForPrograms_IsTheRecord()
    {
        var run = await host.Run("layout", "share", "namespace0.0", "--vm", "db", "--vm", "web", "--json");
        run.AssertStatus(0);
        Assert.That(((string?)run.Json["record"]!["identity"], run.Json["findings"]!.Count()), Is.EqualTo((Key, 0)));
    }

    [Test]
    public async Task DeviceThatNobodyKnows_Is3()
    {
        var run = await host.Run("layout", "share", "namespace7.0", "--vm", "db", "web", "--json");
        run.AssertStatus(3);
        Assert.That(run.Error, Is.EqualTo("nvdimm: neither the ledger nor the listing has a device 'namespace7.0'.\n"));
        Assert.That(run.Json.ToString(Formatting.None), Is.EqualTo("""{"record":null,"findings":[]}"""));
        Assert.That(host.Kept, Is.Empty);
    }

    [Test]
    public async Task DamagedRecord_Is5AndStays()
    {
        (await host.Run("layout", "record", "--device", "namespace0.0")).AssertStatus(0);
        await File.WriteAllTextAsync(host.RecordFile, "{");
        var run = await host.Run("layout", "share", "namespace0.0", "--vm", "db", "web");
        run.AssertStatus(5);
        Assert.That(run.Output, Does.StartWith("error   NVDIMM_LEDGER_DAMAGED"));
        Assert.That(await File.ReadAllTextAsync(host.RecordFile), Is.EqualTo("{"));
    }

    [TestCase("layout", "share")]
    [TestCase("layout", "share", "namespace0.0")]
    [TestCase("layout", "share", "namespace0.0", "--vm", "db")]
    [TestCase("layout", "share", "namespace0.0", "--vm", "db", "DB")]
    [TestCase("layout", "share", "namespace0.0", "--vm", "db", " ")]
    [TestCase("layout", "share", "namespace0.0", "--vm", "db", "web", "--none")]
    [TestCase("layout", "share", "namespace0.0", "--none", "--by", "")]
    public async Task WrongCommandLine_Is2(params string[] arguments) => (await ToolRun.Of(arguments)).AssertStatus(2);
}

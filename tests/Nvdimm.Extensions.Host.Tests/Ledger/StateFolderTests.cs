using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Fingerprints;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Ownership;

namespace Nvdimm.Extensions.Host.Tests.Ledger;

/// <summary>Nothing writes to a state folder that is missing or not this host's (trials/guard.md 11), and only this host's records restore it.</summary>
public sealed class StateFolderTests
{
    private const string Other = "1234567890abcdef1234567890abcdef";

    private static readonly FixedTime Time = new();

    private static readonly TestCaseData[] Writes =
    [
        Write("Save", folder => new LayoutLedger(folder, Time).Save(Samples.Use())),
        Write("SaveAll", folder => new LayoutLedger(folder, Time).SaveAll([Samples.Use()], [])),
        Write("Touch", folder => new LayoutLedger(folder, Time).Touch(Samples.Identity(), "a", "b", null, null, null)),
        Write("Share", folder => new LayoutLedger(folder, Time).Share(Samples.Identity(), "a", "b", ["one", "two"], "root")),
        Write("Give", folder => new LayoutLedger(folder, Time).Give(Samples.Identity(), "a", "b", new DeviceOwner("vm", null), [], [])),
        Write("Accept", folder => new LayoutLedger(folder, Time).Accept(Samples.Identity(), "a", "b", [], "root")),
        Write("Forget", folder => new LayoutLedger(folder, Time).Forget(Samples.Identity())),
        Write("Import", folder => new LayoutLedger(folder, Time).Import(ExportOf(Other), "a file")),
        Write("TryClaim", folder => new DeviceClaims(folder, Time).TryClaim(Samples.Identity(), "a", Holder)),
        Write("ClaimForStart", folder => new DeviceClaims(folder, Time).ClaimForStart([(Samples.Identity(), "a")], Holder)),
        Write("FingerprintStore", folder => new FingerprintStore(folder).Save(new HypervisorFingerprint
        {
            Scope = ConformanceScope.QemuAlone,
            Programs = [],
            Binaries = [],
            Seed = 1,
            Cases = 0,
            Mismatches = 0,
        })),
    ];

    private TemporaryFolder temporary = null!;

    private static ClaimHolder Holder => ClaimHolder.OfProcess("vm", vmId: null, Environment.ProcessId);

    private string Folder => temporary.PathOf("state");

    [SetUp]
    public void SetUp() => temporary = new TemporaryFolder();

    [TearDown]
    public void TearDown() => temporary.Dispose();

    [TestCaseSource(nameof(Writes))]
    public void Write_WhereTheFolderIsMissingOrNotThisHosts_IsRefused_AndLeavesItAsItIs(Action<string> write)
    {
        AssertRefused(write, "There is no state folder");
        Assert.That(Directory.Exists(Folder), Is.False);

        Directory.CreateDirectory(Folder);
        AssertRefused(write, "is marked for no host, ");
        Assert.That(Directory.EnumerateFileSystemEntries(Folder), Is.Empty);

        StateFolder.Make(Folder, Other);
        AssertRefused(write, $"is marked for {Other}, ");
        Assert.That(Directory.EnumerateFileSystemEntries(Folder).Select(Path.GetFileName), Is.EqualTo([$"host-{Other}"]));

        StateFolders.Made(Folder);
        Assert.That(() => write(Folder), Throws.Nothing);
    }

    /// <summary>A folder of an earlier version has records and no marker: what is written there stays this host's.</summary>
    [Test]
    public void Write_ToAFolderOfAnEarlierVersion_IsDone()
    {
        new LayoutLedger(StateFolders.Made(Folder), Time).Save(Samples.Use());
        File.Delete(Path.Combine(Folder, $"host-{MachineId.Of()}"));
        Assert.That(new LayoutLedger(Folder, Time).Save(Samples.Use(1)).Record, Is.Not.Null);
    }

    [TestCase(false, false)]
    [TestCase(true, false)]
    [TestCase(true, true)]
    public void Import_OfThisHostsRecords_RestoresTheFolder(bool isThere, bool isOfAnother)
    {
        var export = ExportOf(MachineId.Of());
        if (isThere)
        {
            Directory.CreateDirectory(Folder);
        }

        if (isOfAnother)
        {
            StateFolder.Make(Folder, Other);
        }

        Assert.That(new LayoutLedger(Folder, Time).Import(export, "a file"), Is.EqualTo(new LayoutImport(1, 0, [])));
        Assert.That(StateFolder.Refusal(Folder, MachineId.Of()), Is.Null);
        Assert.That(StateFolder.IsMarked(Folder, MachineId.Of()), Is.True);
    }

    [Test]
    public void Import_ForThisHost_RestoresTheFolder()
    {
        Assert.That(new LayoutLedger(Folder, Time).Import(ExportOf(Other), "a file", isForThisHost: true).Added, Is.EqualTo(1));
        Assert.That(StateFolder.IsMarked(Folder, MachineId.Of()), Is.True);
    }

    /// <summary>What is refused restores nothing.</summary>
    [Test]
    public void Import_ThatIsRefused_MakesNoFolderThisHosts()
    {
        var export = ExportOf(MachineId.Of());
        new LayoutLedger(StateFolders.Made(Folder, Other), Time, Other).Save(Samples.Use() with { VmName = "another" });
        var ledger = new LayoutLedger(Folder, Time);
        Assert.That(ledger.Import(export, "a file").Findings.Select(finding => finding.Code), Is.EqualTo([NvdimmCodes.LedgerConflict]));
        Assert.That(StateFolder.IsMarked(Folder, MachineId.Of()), Is.False);
        Assert.That(ledger.Import("{", "a file").IsRefused, Is.True);
        Assert.That(StateFolder.IsMarked(Folder, MachineId.Of()), Is.False);
    }

    [Test]
    public void Refusal_NamesTheCommandAsAShellReadsIt()
    {
        var odd = temporary.PathOf("it's $HOME");
        Assert.That(StateFolder.Refusal(odd, Other)!["adopt"], Is.EqualTo($"nvdimm layout adopt --state-folder '{temporary.Path}/it'\\''s $HOME'"));
    }

    private static TestCaseData Write(string name, Action<string> write) => new TestCaseData(write).SetArgDisplayNames(name);

    private static string ExportOf(string host)
    {
        using var elsewhere = new TemporaryFolder();
        var ledger = new LayoutLedger(StateFolders.Made(elsewhere.Path, host), Time, host);
        ledger.Save(Samples.Use());
        return ledger.Export().Json;
    }

    private void AssertRefused(Action<string> write, string reason)
    {
        var refused = Assert.Throws<LayoutLedgerException>(() => write(Folder))!;
        Assert.That((refused.Failure, refused.Path), Is.EqualTo((LedgerFailure.FolderRefused, Folder)));
        Assert.That(refused.Message, Does.Contain(reason).And.Contain($"'nvdimm layout adopt --state-folder {Folder}'"));
    }
}
